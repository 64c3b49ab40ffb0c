"""任务分解: parts with units of their own, every one of them or none; the whole waits for its parts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import Cast

from huiyin import clock
from huiyin.door import options
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow, allotted
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.tests.road import Road
from huiyin.matters.trail import trail
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


def give(road: Road, whole: Matter, units: list[Unit], **more: Any) -> list[Matter]:
    """The parts, one a unit."""
    amount = more.pop("quantity", Decimal(100))
    rows = [PartRow(unit=unit.pk, quantity=amount, **more) for unit in units]
    done = road.do(actions.break_down, whole, "schools", rows=rows)
    return list(Matter.objects.filter(pk__in=done.facts["parts"]).order_by("part"))


def test_the_parts_are_dispatched_at_once_under_the_approval_of_the_whole(road, whole, stations):
    parts = give(road, whole, stations)
    assert [part.number for part in parts] == [f"{whole.number}-{n}" for n in (1, 2, 3)]
    first = parts[0]
    assert (first.state, first.parent, first.notice) == ("dispatched", whole, whole.notice)
    assert first.due_on == whole.due_on == first.baseline.due_on
    assert first.acceptance == whole.acceptance
    assert first.late_on == whole.late_on
    assert first.assignments.get().came_by == "break_down"


def test_each_unit_signs_for_its_own_list(road, whole, stations):
    part = give(road, whole, stations)[0]
    unit_list = UnitList.objects.get(unit=stations[0], state="sent")
    assert unit_list.notice == whole.notice
    road.do(actions.sign_list, unit_list, "k1")
    part.refresh_from_db()
    assert part.state == "under_way"


def test_one_event_on_each_part_and_one_on_the_whole(road, whole, stations):
    before = Event.objects.count()
    give(road, whole, stations)
    assert Event.objects.count() == before + len(stations) + 1


def test_what_is_wrong_is_said_row_by_row_and_nothing_is_half_done(road, whole, stations):
    late = whole.due_on + timedelta(days=1)
    rows = [
        PartRow(unit=stations[0].pk),
        PartRow(unit=road.cast.units["water"].pk),
        PartRow(unit=stations[1].pk, due_on=late, quantity=Decimal(-1)),
        PartRow(unit=stations[0].pk),
    ]
    with pytest.raises(Refusal) as refused:
        road.do(actions.break_down, whole, "schools", rows=rows)
    assert set(refused.value.fields) == {"rows.2", "rows.3", "rows.4"}
    assert len(refused.value.fields["rows.3"]) == 2
    assert not whole.children.exists()


def test_a_later_date_wants_its_reason(road, whole, stations):
    late = whole.due_on + timedelta(days=9)
    part = give(road, whole, stations[:1], due_on=late, later_because="寒假后才能开工")[0]
    assert part.due_on == late


def test_sending_the_same_table_again_gives_nothing_out_twice(road, whole, stations):
    give(road, whole, stations)
    with pytest.raises(Refusal) as refused:
        give(road, whole, stations)
    assert refused.value.code == "bad_rows"
    assert whole.children.count() == 3


def test_what_the_parts_lack_of_the_whole_is_counted(road, whole, stations):
    give(road, whole, stations)
    sums = allotted(whole, [])
    assert (sums.total, sums.short) == (Decimal(300), Decimal(200))


def test_only_the_lead_or_the_office_breaks_down(road, whole, stations):
    for who, refusal in (("outsider", NotFound), ("k1", NotFound), ("auditor", Forbidden)):
        with pytest.raises(refusal):
            road.do(actions.break_down, whole, who, rows=[PartRow(unit=stations[0].pk)])
    done = road.do(actions.break_down, whole, "office", rows=[PartRow(unit=stations[0].pk)])
    assert done.facts["count"] == 1


def test_a_unit_breaks_down_once_a_lower_government_once_more(road, whole, stations, county):
    part = give(road, whole, stations[:1])[0]
    road.do(actions.sign_list, UnitList.objects.get(unit=stations[0], state="sent"), "k1")
    with pytest.raises(Conflict) as refused:
        road.do(actions.break_down, part, "k1", rows=[PartRow(unit=stations[1].pk)])
    assert refused.value.code == "broken_down_enough"
    county_unit, bureau = county
    theirs = give(road, whole, [county_unit])[0]
    road.do(actions.sign_list, UnitList.objects.get(unit=county_unit, state="sent"), "county")
    done = road.do(actions.break_down, theirs, "county", rows=[PartRow(unit=bureau.pk)])
    third = Matter.objects.get(pk=done.facts["parts"][0])
    assert (third.parent, third.part) == (theirs, 3)
    road.do(actions.sign_list, UnitList.objects.get(unit=bureau, state="sent"), "cbureau")
    with pytest.raises(Conflict):
        road.do(actions.break_down, third, "cbureau", rows=[PartRow(unit=stations[1].pk)])


def done_part(road: Road, part: Matter, who: str) -> Matter:
    """The part's unit signs, plans and says that it is done."""
    unit_list = UnitList.objects.filter(unit=part.lead_unit, state="sent").first()
    if unit_list is not None:
        road.do(actions.sign_list, unit_list, who)
    road.do(actions.set_plan, part, who, goal="开园", measures="改造用房")
    road.do(
        actions.submit_completion,
        road.lead(part),
        who,
        text="一百个学位已开放报名",
        evidence=[road.evidence(who)],
    )
    return Matter.objects.get(pk=part.pk)


SETTLED = {
    "finding": "现场清点，一百个",
    "summary": "按期完成",
    "addressee": "市教育局",
    "answer": "一百个学位已开放。",
}


def test_who_arranged_the_part_verifies_it_and_its_own_unit_never(road, whole, stations):
    part = done_part(road, give(road, whole, stations)[0], "k1")
    with pytest.raises(Forbidden):
        road.do(actions.settle, part, "k1", **SETTLED)
    with pytest.raises(NotFound):
        road.do(actions.settle, part, "k2", **SETTLED)
    road.do(actions.settle, part, "schools", **SETTLED)
    part.refresh_from_db()
    assert part.state == "closed"


def test_the_whole_is_not_said_to_be_done_while_parts_are_open(road, whole, stations):
    parts = give(road, whole, stations[:1])
    road.do(actions.set_plan, whole, "schools", goal="五百个", measures="分到各园")
    claim = {"text": "五百个学位", "evidence": [road.evidence("schools")]}
    with pytest.raises(Conflict) as refused:
        road.do(actions.submit_completion, road.lead(whole), "schools", **claim)
    assert refused.value.code == "lead_parts_are_open"
    road.do(actions.settle, done_part(road, parts[0], "k1"), "schools", **SETTLED)
    road.do(actions.submit_completion, road.lead(whole), "schools", **claim)
    assert Matter.objects.get(pk=whole.pk).state == "submitted"


def test_withdrawing_the_whole_asks_about_its_open_parts(road, whole, stations):
    give(road, whole, stations)
    with pytest.raises(Refusal) as refused:
        road.do(actions.withdraw, whole, "office", reason="政策取消")
    assert refused.value.code == "parts_still_open"
    road.do(actions.withdraw, whole, "office", reason="政策取消", with_parts=True)
    assert set(Matter.objects.filter(parent=whole).values_list("state", flat=True)) == {"withdrawn"}


def test_the_story_says_who_was_given_how_much(road, whole, stations):
    parts = give(road, whole, stations)
    today = clock.today()
    told = trail(Matter.objects.get(pk=whole.pk), today=today)[0]
    assert "任务分解" in told.lead
    assert "300" in told.rest
    assert any("分解" in entry.lead for entry in trail(parts[0], today=today))


def test_the_verb_is_offered_to_those_who_may(road, whole, cast: Cast):
    offered = {option.name for option in options(whole, by=cast.actor("schools"))}
    assert "matter.break_down" in offered
    assert "matter.break_down" not in {o.name for o in options(whole, by=cast.actor("outsider"))}


def test_who_arranged_the_part_rules_on_an_objection_within_its_own_reach(road, whole, stations):
    part = give(road, whole, stations[:1])[0]
    road.do(actions.sign_list, UnitList.objects.get(unit=stations[0], state="sent"), "k1")
    road.do(actions.hand_back, road.lead(part), "k1", reason="本园没有空余用房")
    ruling = {"granted": True, "reason": "确无用房"}
    with pytest.raises(Refusal) as refused:
        road.do(
            actions.rule_hand_back,
            road.lead(part),
            "schools",
            new_lead=road.cast.units["water"].pk,
            **ruling,
        )
    assert refused.value.code == "out_of_reach"
    road.do(actions.rule_hand_back, road.lead(part), "schools", new_lead=stations[1].pk, **ruling)
    part.refresh_from_db()
    assert (part.lead_unit, part.state) == (stations[1], "dispatched")
