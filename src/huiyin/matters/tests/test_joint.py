"""Joint handling: each supporting unit answers for its part, the lead for the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Assignment, Matter, UnitList
from huiyin.matters.rules import MatterState
from huiyin.matters.tests.road import Road


def part_of(matter: Matter, key: str = "schools") -> Assignment:
    return matter.assignments.exclude(state="ended").get(unit__code=key)


def test_a_part_is_due_by_rule_before_the_whole(road: Road):
    part = part_of(road.dispatched())
    assert part.due_on == clock.today() + timedelta(days=25)
    assert "会办" in part.due_why


def test_a_part_of_a_suggestion_is_due_after_a_month(road: Road):
    matter = road.dispatched(source_kind="reply", due_on=clock.today() + timedelta(days=90))
    due = part_of(matter).due_on
    assert due is not None
    assert 28 <= (due - clock.today()).days <= 31


def test_the_office_gives_a_unit_its_own_part(road: Road):
    part = part_of(road.under_way())
    day = clock.today() + timedelta(days=9)
    road.do(actions.set_part, part, "office", task="核对校舍面积", due_on=day)
    part.refresh_from_db()
    assert (part.task, part.due_on) == ("核对校舍面积", day)
    late = clock.today() + timedelta(days=99)
    with pytest.raises(Refusal) as refused:
        road.do(actions.set_part, part, "office", task="核对", due_on=late)
    assert refused.value.code == "bad_due"
    with pytest.raises(Forbidden):
        road.do(actions.set_part, part, "water", task="核对")


def test_one_more_unit_helps_and_signs_for_its_list(road: Road):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"]
    road.do(actions.add_supporting, matter, "office", unit=parks.pk, task="移栽行道树")
    part = part_of(matter, "parks")
    assert (part.role, part.state, part.task) == ("supporting", "sent", "移栽行道树")
    assert UnitList.objects.filter(unit=parks, state="sent").exists()
    with pytest.raises(Refusal) as refused:
        road.do(actions.add_supporting, matter, "office", unit=parks.pk)
    assert refused.value.code == "already_has_a_part"


def test_a_unit_finishes_its_own_part_and_the_lead_does_not(road: Road):
    matter = road.under_way()
    part = part_of(matter)
    road.do(actions.finish_part, part, "schools", text="校舍面积已核对")
    part.refresh_from_db()
    assert part.finished_on == clock.today()
    for row, who, code in (
        (part, "schools", "part_is_finished"),
        (road.lead(matter), "water", "lead_has_no_part"),
    ):
        with pytest.raises(Conflict) as refused:
            road.do(actions.finish_part, row, who, text="完")
        assert refused.value.code == code


def test_the_lead_records_how_a_unit_responded(road: Road):
    part = part_of(road.under_way())
    road.do(actions.report_progress, part, "schools", text="面积已核对一半")
    road.do(actions.record_response, part, "water", response="late", note="晚了两天")
    part.refresh_from_db()
    assert (part.response, part.response_note) == ("late", "晚了两天")
    with pytest.raises(Refusal) as refused:
        road.do(actions.record_response, part, "water", response="none", note="没来")
    assert refused.value.code == "it_did_respond"
    for key in ("schools", "office", "outsider"):
        with pytest.raises((Forbidden, NotFound)):
            road.do(actions.record_response, part, key, response="in_time")


def test_silence_is_recorded_with_what_became_of_the_part(road: Road):
    part = part_of(road.under_way())
    with pytest.raises(Refusal) as refused:
        road.do(actions.record_response, part, "water", response="none")
    assert refused.value.fields == {"note": ["必填"]}


def test_completion_names_the_parts_nobody_answered(road: Road):
    matter = road.planned()
    claim = {"text": "办完了", "evidence": [road.evidence("water")]}
    with pytest.raises(Refusal) as refused:
        road.do(actions.submit_completion, road.lead(matter), "water", **claim)
    assert refused.value.code == "parts_unanswered"
    assert "市教育局" in str(refused.value.sentence)
    claim["parts_note"] = "校舍面积由本局现场测得"
    road.do(actions.submit_completion, road.lead(matter), "water", **claim)
    part = part_of(matter)
    assert (part.response, part.response_note) == ("none", "校舍面积由本局现场测得")
    assert Matter.objects.get(pk=matter.pk).state == MatterState.SUBMITTED


def test_a_part_that_was_answered_needs_no_word(road: Road):
    matter = road.planned()
    road.do(actions.finish_part, part_of(matter), "schools", text="已核对")
    claim = {"text": "办完了", "evidence": [road.evidence("water")]}
    road.do(actions.submit_completion, road.lead(matter), "water", **claim)


def test_the_office_releases_a_part_but_never_the_lead(road: Road):
    matter = road.under_way()
    part = part_of(matter)
    road.do(actions.hand_back, part, "schools", reason="不属于本单位")
    road.do(actions.release_part, part, "office", reason="不再需要")
    part.refresh_from_db()
    assert part.state == "ended"
    assert part.hand_backs.get().ruling == "granted"
    with pytest.raises(Conflict) as refused:
        road.do(actions.release_part, road.lead(matter), "office", reason="换人")
    assert refused.value.code == "lead_is_not_released"
