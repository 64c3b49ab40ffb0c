"""A problem is struck off by steps: checked, signed by the leader, published inside, recorded."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.door import options
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.queries.page import matter_page
from huiyin.matters.rules import MatterState, StrikeOffState
from huiyin.matters.tests.road import SETTLED, Road, at_noon
from huiyin.matters.trail import trail
from huiyin.rulebook.actions import amend
from huiyin.rulebook.models import Rule

FOUND = {"finding": "到现场看了，防护栏已装好"}
ANSWERED = {name: SETTLED[name] for name in ("summary", "addressee", "answer")}


@pytest.fixture
def checked(road: Road) -> Matter:
    """A problem whose rectification was checked and found as reported."""
    matter = road.submitted(nature="problem")
    road.do(actions.verify, matter, "office", **FOUND)
    return Matter.objects.get(pk=matter.pk)


def sign(road: Road, matter: Matter, by: str = "vice"):
    row = matter.strike_offs.get(state="checked")
    road.do(actions.sign_strike_off, row, by, opinion="同意销号")
    return matter.strike_offs.get(pk=row.pk)


def test_a_problem_is_not_struck_off_on_one_screen(road):
    with pytest.raises(Conflict, match="一步一步"):
        road.do(actions.settle, road.submitted(nature="problem"), "office", **SETTLED)


def test_a_problem_goes_through_every_step(road, checked):
    row = sign(road, checked)
    assert row.signed_by_name
    assert row.signed_post_id
    assert Matter.objects.get(pk=checked.pk).state == MatterState.ACCEPTED
    road.do(actions.publish_strike_off, row, "office")
    row.refresh_from_db()
    with at_noon(row.published_until, later=1):
        road.do(actions.close_out, checked, "office", **ANSWERED)
    row.refresh_from_db()
    assert row.state == StrikeOffState.RECORDED
    assert Matter.objects.get(pk=checked.pk).state == MatterState.CLOSED


def test_the_office_does_not_accept_in_the_leaders_place(road, checked):
    with pytest.raises(Conflict, match="签字"):
        road.do(actions.accept, checked, "office")
    with pytest.raises(Forbidden):
        sign(road, checked, by="office")
    with pytest.raises(Forbidden):
        sign(road, checked, by="water_head")


def test_nothing_is_recorded_while_it_is_published(road, checked):
    row = sign(road, checked)
    with pytest.raises(Conflict, match="公示"):
        road.do(actions.close_out, checked, "office", **ANSWERED)
    road.do(actions.publish_strike_off, row, "office")
    row.refresh_from_db()
    with at_noon(row.published_until), pytest.raises(Conflict, match="为止"):
        road.do(actions.close_out, checked, "office", **ANSWERED)


def test_an_objection_brings_the_problem_back_to_its_unit(road, checked):
    row = sign(road, checked)
    road.do(actions.publish_strike_off, row, "office")
    with pytest.raises(Refusal):
        road.do(actions.object_to_strike_off, row, "office", objection=" ")
    road.do(actions.object_to_strike_off, row, "office", objection="北段还缺两处")
    matter = Matter.objects.get(pk=checked.pk)
    assert (matter.state, matter.sent_back) == (MatterState.UNDER_WAY, 1)
    assert matter.strike_offs.get().state == StrikeOffState.VOID


def test_a_second_time_round_it_is_signed_again(road, checked):
    road.do(actions.send_back, checked, "office", reason="照片看不清")
    road.do(
        actions.submit_completion,
        road.lead(checked),
        "water",
        text="补拍了",
        evidence=[road.evidence("water")],
    )
    road.do(actions.verify, checked, "office", **FOUND)
    states = list(checked.strike_offs.order_by("pk").values_list("state", flat=True))
    assert states == [StrikeOffState.VOID, StrikeOffState.CHECKED]


def test_each_is_offered_what_is_theirs(road, checked):
    row = checked.strike_offs.get()
    assert "strike_off.sign" in {o.name for o in options(row, by=road.actor("vice")) if o.allowed}
    assert not [o for o in options(row, by=road.actor("water")) if o.allowed]


def test_its_page_leads_through_the_steps(road, checked, signed_in):
    page = signed_in("vice").get(f"/matters/{checked.pk}/").content.decode()
    assert "签字验收" in page
    sent = signed_in("vice").post(
        f"/matters/{checked.pk}/do/strike-off-sign/",
        {"opinion": "同意", "about": checked.strike_offs.get().pk, "request_key": "k1"},
    )
    assert sent.status_code == 302
    assert "内部公示" in signed_in("office").get(f"/matters/{checked.pk}/").content.decode()


def test_a_task_needs_no_signature(road):
    road.do(actions.settle, road.submitted(), "office", **SETTLED)


def test_a_place_that_wants_no_publication_closes_after_the_signature(road, checked, cast):
    rule = Rule.objects.get(jurisdiction_id=cast.jurisdiction.pk, code="strike_off")
    body = {"required": True, "publish_days": 0}
    given = {"source": "云溪市整改销号办法", "reason": "件数少", "effective_on": clock.today()}
    road.do(amend, rule, "secadmin", body=body, **given)
    row = sign(road, checked)
    road.do(actions.publish_strike_off, row, "office")
    road.do(actions.close_out, checked, "office", **ANSWERED)
    assert Matter.objects.get(pk=checked.pk).state == MatterState.CLOSED


def test_everybody_of_the_office_reads_what_is_published(road, checked, signed_in):
    road.do(actions.publish_strike_off, sign(road, checked), "office")
    assert checked.title in signed_in("schools").get("/published/").content.decode()


def test_the_leader_finds_it_among_the_checks(road, checked, signed_in):
    assert checked.title in signed_in("office").get("/verification/").content.decode()


def test_a_problem_that_was_opened_again_is_struck_off_anew(road, checked):
    """What was recorded is void, with its days in sight: the rectification did not last."""
    row = sign(road, checked)
    road.do(actions.publish_strike_off, row, "office")
    row.refresh_from_db()
    with at_noon(row.published_until, later=1):
        road.do(actions.close_out, checked, "office", **ANSWERED)
        road.do(actions.reopen, checked, "office", reason="护栏又倒了")
        row.refresh_from_db()
        assert (row.state, row.objection) == (StrikeOffState.VOID, "护栏又倒了")
        assert row.recorded_at is not None
        road.do(
            actions.submit_completion,
            road.lead(checked),
            "water",
            text="护栏已重新浇筑",
            evidence=[road.evidence("water")],
            parts_note="由本局一并办理",
        )
        road.do(actions.verify, checked, "office", **FOUND)
    assert Matter.objects.get(pk=checked.pk).state == MatterState.VERIFIED
    assert sorted(checked.strike_offs.values_list("state", flat=True)) == ["checked", "void"]


def test_what_the_office_put_right_itself_a_leader_publishes_and_records(road, signed_in):
    """The office stands back from its own problem; the next authority takes every step of it."""
    matter = road.of_the_office()
    road.do(actions.verify, matter, "mayor", finding="台账补齐了")
    row = sign(road, matter, by="mayor")
    with pytest.raises(Conflict, match="由单位以外的人"):
        road.do(actions.publish_strike_off, row, "office")
    with pytest.raises(NotFound):
        road.do(actions.publish_strike_off, row, "vice")  # not of that leader's portfolio
    page = matter_page(matter.pk, viewer=road.actor("mayor"), today=clock.today())
    assert (page.answering.who, page.next) == ("罗文山市长", "内部公示整改结果")
    assert "督查室也在办这件事" in page.answering.people
    assert "内部公示" in signed_in("mayor").get(f"/matters/{matter.pk}/").content.decode()
    road.do(actions.publish_strike_off, row, "mayor")
    told = trail(Matter.objects.get(pk=matter.pk), today=clock.today())[0]
    assert "督查室承办这件事，依回避规则由罗文山市长公示" in told.rest
    row.refresh_from_db()
    with at_noon(row.published_until, later=1):
        road.do(actions.close_out, matter, "mayor", **ANSWERED)
    assert Matter.objects.get(pk=matter.pk).state == MatterState.CLOSED


def test_the_page_says_who_has_the_next_step(road, checked):
    def said() -> tuple[str, str]:
        page = matter_page(checked.pk, viewer=road.actor("office"), today=clock.today())
        return page.answering.who, page.next

    assert said() == ("沈岚副市长", "签字验收整改：谁验收、谁负责")
    row = sign(road, checked)
    assert said() == ("督查室", "内部公示整改结果")
    road.do(actions.publish_strike_off, row, "office")
    assert said() == ("督查室", "公示期满，销号备案，把结果答复来源")


def test_a_leader_also_holds_an_objection_right_in_the_offices_place(road):
    matter = road.submitted(nature="problem", supporting=[road.cast.units["office"].pk])
    road.do(actions.verify, matter, "vice", **FOUND)
    row = sign(road, matter)
    road.do(actions.publish_strike_off, row, "vice")
    road.do(actions.object_to_strike_off, row, "vice", objection="北段还缺两处")
    assert Matter.objects.get(pk=matter.pk).state == MatterState.UNDER_WAY


def test_a_leader_leaves_to_the_office_what_is_the_offices(road, checked):
    row = sign(road, checked)
    for leader in ("vice", "mayor"):
        with pytest.raises(Forbidden):
            road.do(actions.publish_strike_off, row, leader)
