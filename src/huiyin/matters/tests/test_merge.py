"""合并: one of two carries on; nothing asked gets a later date by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.ledger.verify import verify
from huiyin.matters import actions
from huiyin.matters.models import DrawnCheck, Matter
from huiyin.matters.queries.drawing import draw_page
from huiyin.matters.trail import trail
from huiyin.people.actions import end_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(road) -> tuple[Matter, Matter]:
    """Two matters of the water bureau, the second due earlier."""
    return road.under_way(), road.under_way(
        title="城北泵站通水", due_on=clock.today() + timedelta(days=20)
    )


def merge(road, one: Matter, into: Matter, by: str = "office", **more):
    return road.do(actions.merge, one, by, into=into.pk, reason="两件是一回事", **more)


def test_the_other_matter_carries_it_on(road, two):
    one, other = two
    before = Event.objects.count()
    merge(road, one, other)
    one.refresh_from_db()
    assert (one.state, one.merged_into) == ("merged", other)
    assert set(one.assignments.values_list("state", flat=True)) == {"ended"}
    assert Event.objects.count() == before + 2
    assert "并入" in trail(one, today=clock.today())[0].lead
    assert one.number in trail(other, today=clock.today())[0].rest


def test_a_later_date_would_be_an_extension(road, two):
    one, other = two
    with pytest.raises(Refusal) as refused:
        merge(road, other, one)
    assert refused.value.code == "later_than_asked"


def test_another_lead_has_to_be_wanted(road, two):
    one, _other = two
    third = road.issued(lead=road.cast.units["parks"].pk, supporting=[]).matters.get()
    with pytest.raises(Refusal) as refused:
        merge(road, one, third)
    assert refused.value.code == "other_lead"
    merge(road, one, third, other_lead=True)
    one.refresh_from_db()
    assert one.merged_into == third


def test_what_is_said_to_be_done_is_not_merged(road, two):
    done = road.submitted(due_on=clock.today() + timedelta(days=5))
    with pytest.raises(Conflict):
        merge(road, done, two[1])
    with pytest.raises(Refusal) as refused:
        merge(road, two[0], done)
    assert refused.value.code == "carrier_not_open"


def test_what_waits_for_an_answer_is_answered_first(road, two):
    one, other = two
    road.do(actions.hand_back, road.lead(one), "water", reason="应由住建局办")
    with pytest.raises(Refusal) as refused:
        merge(road, one, other)
    assert refused.value.code == "something_waits"


def test_not_into_itself_and_not_by_a_unit(road, two):
    one, other = two
    with pytest.raises(Refusal):
        merge(road, one, one)
    with pytest.raises(Forbidden):
        merge(road, one, other, by="water")


def test_two_registered_ones_are_merged_before_anybody_has_them(road):
    one, other = road.registered(), road.registered(title="城北泵站")
    merge(road, one, other)
    one.refresh_from_db()
    assert one.state == "merged"


def part(matter: Matter, unit: str, road):
    rows = matter.assignments.exclude(state="ended")
    return rows.filter(unit=road.cast.units[unit]).first()


@pytest.fixture
def helped(road) -> tuple[Matter, Matter]:
    """The first is supported by schools, with a task; the second by nobody, and due ten days earlier."""
    one = road.under_way(supporting=[road.cast.units["schools"].pk])
    row = one.assignments.get(role="supporting")
    road.do(actions.set_part, row, "office", task="迁走校门口的管线", due_on=one.due_on)
    other = road.under_way(
        title="城北泵站通水", supporting=[], due_on=clock.today() + timedelta(days=20)
    )
    return one, other


def test_a_supporting_unit_comes_over_with_its_part(road, helped):
    one, other = helped
    road.do(actions.report_progress, part(one, "schools", road), "schools", text="已经勘测")
    before = part(one, "schools", road)
    done = merge(road, one, other)
    assert done.facts["came_names"] == ["市教育局"]
    after = part(other, "schools", road)
    assert (after.role, after.state, after.came_by) == ("supporting", "signed", "merge")
    assert after.task == "迁走校门口的管线"
    assert after.signed_at == before.signed_at
    assert after.objection_until == before.objection_until
    assert after.last_reported_on == clock.today()
    assert after.due_on == other.due_on < before.due_on
    assert other.assignments.exclude(state="ended").get(role="lead").unit == other.lead_unit


def test_what_it_has_not_signed_for_stands_on_a_list_of_the_other_notice(road):
    one = road.dispatched()
    other = road.under_way(
        title="城北泵站通水", supporting=[], due_on=clock.today() + timedelta(days=20)
    )
    merge(road, one, other)
    row = part(other, "schools", road)
    assert row.state == "sent"
    assert row.unit_list.notice == other.notice
    road.do(actions.sign_list, row.unit_list, "schools")
    assert part(other, "schools", road).state == "signed"


def test_a_unit_that_has_a_part_there_keeps_that_one(road):
    schools, parks = road.cast.units["schools"].pk, road.cast.units["parks"].pk
    one = road.dispatched(supporting=[schools, parks])
    road.do(actions.set_part, part(one, "schools", road), "office", task="迁走校门口的管线")
    other = road.dispatched(
        title="校园排水",
        lead=schools,
        supporting=[parks],
        due_on=clock.today() + timedelta(days=9),
    )
    done = merge(road, one, other, other_lead=True)
    assert done.facts["came_names"] == []
    assert done.facts["stayed_names"] == ["市教育局", "市园林中心"]
    assert done.facts["former_lead"] == "市水利局"
    assert other.assignments.exclude(state="ended").count() == 2
    assert part(other, "schools", road).role == "lead"


def test_what_was_asked_of_it_is_asked_there(road, helped):
    one, other = helped
    for unit in ("schools", "water"):
        asked = part(one, unit, road)
        road.do(actions.ask_report, asked, "office", reason="常务会要听", not_enough="还缺数字")
    parks = road.cast.units["parks"].pk
    road.do(actions.consult, one, "water", units=[parks], question="行道树怎么移")
    road.do(actions.ask_coordination, one, "water", question="补偿由谁出")
    merge(road, one, other)
    assert not one.report_requests.exists()
    requests = {row.assignment.unit.code: row for row in other.report_requests.all()}
    assert requests["schools"].assignment == part(other, "schools", road)
    assert requests["water"].assignment == part(other, "water", road)
    slip = other.consultations.get()
    road.do(actions.answer_consultation, slip, "outsider", answer="可以移栽")
    road.do(actions.answer_coordination, other.coordinations.get(), "vice", answer="财政补助")
    road.do(actions.report_progress, part(other, "schools", road), "schools", text="管线迁移过半")
    assert other.report_requests.get(assignment__unit__code="schools").state == "answered"


def test_a_question_to_the_unit_that_leads_now_is_taken_back(road):
    one = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.consult, one, "water", units=[parks], question="行道树怎么移")
    other = road.issued(
        title="绿道排水", lead=parks, supporting=[], due_on=clock.today() + timedelta(days=9)
    ).matters.get()
    merge(road, one, other, other_lead=True)
    assert other.consultations.get().state == "withdrawn"


def test_the_stories_tell_who_came_and_what_came_with_them(road, helped):
    one, other = helped
    road.do(actions.ask_report, part(one, "schools", road), "office", reason="常务会要听")
    merge(road, one, other)
    gone, kept = trail(one, today=clock.today())[0], trail(other, today=clock.today())[0]
    assert "市教育局到那一件继续配合" in gone.rest
    assert "市教育局随之配合本件" in kept.rest
    assert "1 项一并转来" in kept.rest


def test_a_task_that_does_not_come_over_is_in_the_story(road):
    one, other = (
        road.under_way(),
        road.under_way(title="城北泵站通水", due_on=clock.today() + timedelta(days=20)),
    )
    road.do(actions.set_part, part(one, "schools", road), "office", task="迁走校门口的管线")
    merge(road, one, other)
    kept = trail(other, today=clock.today())[0]
    assert kept.quote == "市教育局：迁走校门口的管线"
    assert "市教育局原来的份并到一起" in kept.rest


def test_proposed_supporting_units_come_over_before_anybody_has_it(road):
    schools, parks = road.cast.units["schools"].pk, road.cast.units["parks"].pk
    one = road.registered(supporting=[schools])
    other = road.registered(title="城北泵站", supporting=[parks])
    merge(road, one, other)
    rows = other.assignments.filter(role="supporting", state="proposed")
    assert sorted(row.unit.code for row in rows) == ["parks", "schools"]


def test_the_page_of_the_one_kept_shows_the_unit_that_came(road, helped, signed_in):
    one, other = helped
    merge(road, one, other)
    page = signed_in("schools").get(f"/matters/{other.pk}/").content.decode()
    assert "迁走校门口的管线" in page
    assert "市教育局" in page
    form = signed_in("office").get(f"/matters/{other.pk}/do/merge/").content.decode()
    assert "配合单位带着各自的份转过去" in form


def draw_of(road, size: int) -> int:
    done = road.do(actions.make_draw, road.cast.jurisdiction, "office", size=size)
    return int(done.facts["draw"])


def test_a_drawn_check_is_made_where_the_words_are_now(road, signed_in):
    """Merging is no way round a check; the draw can still be repeated by everybody."""
    one = road.under_way()
    draw = draw_of(road, 1)
    other = road.under_way(title="城北泵站通水", due_on=clock.today() + timedelta(days=20))
    merge(road, one, other)
    check = DrawnCheck.objects.get()
    assert (check.state, check.matter, check.merged_from) == ("open", other, one)
    assert draw_page(draw, viewer=road.actor("office")).repeats
    assert "抽中待查的 1 项到那一件去查" in trail(one, today=clock.today())[0].rest
    assert "抽中待查的 1 项随之在本件查" in trail(other, today=clock.today())[0].rest
    page = signed_in("office").get(f"/verification/draws/{draw}/").content.decode()
    assert f"登记号 {one.pk}，已并入本件" in page
    assert verify().faults == []
    road.do(actions.record_drawn_check, check, "office", finding="两处都看了")


def test_where_both_were_drawn_one_look_does_for_both(road, two):
    one, other = two
    draw_of(road, 2)
    merge(road, one, other)
    states = dict(DrawnCheck.objects.values_list("matter", "state"))
    assert states == {one.pk: "dropped", other.pk: "open"}
    assert "抽查与已抽中的一并进行，不另查" in trail(one, today=clock.today())[0].rest


def test_a_check_is_made_although_the_other_one_of_the_draw_was_dropped(road, two):
    one, other = two
    draw = draw_of(road, 2)
    dropped = DrawnCheck.objects.get(matter=other)
    road.do(actions.drop_drawn_check, dropped, "office", reason="刚查过")
    merge(road, one, other)
    check = DrawnCheck.objects.get(merged_from=one)
    assert (check.state, check.matter) == ("open", other)
    assert draw_page(draw, viewer=road.actor("office")).repeats


def test_who_led_it_personally_leads_the_one_that_carries_it(road, two):
    one, other = two
    road.do(actions.lead_personally, one, "vice")
    merge(road, one, other)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.personal_lead is None
    assert other.personal_lead.user.name == "沈岚"
    assert "沈岚副市长接着领办那一件" in trail(one, today=clock.today())[0].rest
    assert "沈岚副市长随之领办本件" in trail(other, today=clock.today())[0].rest


def test_one_leader_leads_a_matter_personally(road, two):
    one, other = two
    road.do(actions.lead_personally, one, "vice")
    road.do(actions.lead_personally, other, "mayor")
    merge(road, one, other)
    other.refresh_from_db()
    assert other.personal_lead.user.name == "罗文山"
    assert "沈岚副市长不再领办" in trail(one, today=clock.today())[0].rest


def test_who_has_left_leads_nothing_on(road, two):
    one, other = two
    road.do(actions.lead_personally, one, "vice")
    road.do(end_post, Matter.objects.get(pk=one.pk).personal_lead, "secadmin")
    merge(road, one, other)
    other.refresh_from_db()
    assert other.personal_lead is None
