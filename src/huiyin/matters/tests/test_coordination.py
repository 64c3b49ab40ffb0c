"""What a unit cannot settle goes to the lowest level that can, one step at a time, and comes down the same way."""

from __future__ import annotations

import pytest

from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Coordination, Matter
from huiyin.matters.rules import AskState, Level
from huiyin.matters.tests.road import Road


def asked(road: Road) -> Coordination:
    matter = road.under_way()
    done = road.do(actions.ask_coordination, matter, "water", question="征地补偿由谁出")
    return Coordination.objects.get(pk=done.facts["coordination"])


def raised(road: Road, row: Coordination, by: str, **given) -> Coordination:
    done = road.do(actions.raise_coordination, row, by, **({"reason": "涉及两位分管领导"} | given))
    return Coordination.objects.get(pk=done.facts["coordination"])


def test_the_leader_in_charge_is_asked_first(road: Road):
    row = asked(road)
    assert row.to_post is not None
    assert (row.level, row.to_post.user.username) == (Level.LEADER, "vice")
    assert row.to_why == "由分管领导答复"
    road.do(actions.answer_coordination, row, "vice", answer="由市财政安排")
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by_name) == ("answered", "由市财政安排", "沈岚")


def test_without_a_leader_in_charge_the_principal_leader_is_asked(road: Road):
    matter = road.dispatched(lead=road.cast.units["parks"].pk, supporting=[])
    road.do(actions.sign_for, road.lead(matter), "outsider")
    done = road.do(actions.ask_coordination, matter, "outsider", question="移树谁批")
    row = Coordination.objects.get(pk=done.facts["coordination"])
    assert row.to_post is not None
    assert row.to_post.user.username == "mayor"
    road.do(actions.answer_coordination, row, "mayor", answer="园林中心批")


@pytest.mark.parametrize("key", ["office", "water", "schools"])
def test_nobody_else_answers_for_the_leader(road: Road, key: str):
    row = asked(road)
    with pytest.raises(Forbidden):
        road.do(actions.answer_coordination, row, key, answer="我看可以")


def test_no_level_is_skipped_and_going_up_needs_a_reason(road: Road):
    row = asked(road)
    for given, code in (
        ({"reason": " "}, "reason_missing"),
        ({"level": "executive_meeting"}, "level_is_skipped"),
    ):
        with pytest.raises(Refusal) as refused:
            raised(road, row, "vice", **given)
        assert refused.value.code == code


def test_it_goes_up_to_the_executive_meeting_and_the_answer_comes_down(road: Road):
    first = asked(road)
    second = raised(road, first, "vice", level="special_meeting")
    third = raised(road, second, "office")
    assert [second.level, third.level] == [Level.SPECIAL_MEETING, Level.EXECUTIVE_MEETING]
    with pytest.raises(Conflict) as highest:
        raised(road, third, "office")
    assert highest.value.code == "highest_level"
    with pytest.raises(Refusal) as refused:
        road.do(actions.answer_coordination, third, "office", answer="市财政出")
    assert refused.value.fields == {"basis": ["必填"]}
    given = {"answer": "市财政出", "basis": "市政府常务会议纪要〔2026〕9号"}
    road.do(actions.answer_coordination, third, "office", **given)
    states = Coordination.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [AskState.ANSWERED] * 3
    assert Coordination.objects.get(pk=third.pk).basis == given["basis"]


def test_the_clock_runs_on_while_it_is_open(road: Road):
    row = asked(road)
    matter = Matter.objects.get(pk=row.matter_id)
    assert matter.state == "under_way"
    assert matter.late_on is not None


def test_the_unit_takes_its_question_back_with_all_its_levels(road: Road):
    first = asked(road)
    second = raised(road, first, "office")
    with pytest.raises((Forbidden, NotFound)):
        road.do(actions.take_back_coordination, second, "outsider")
    road.do(actions.take_back_coordination, second, "water")
    assert set(Coordination.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_nobody_records_the_answer_to_what_the_own_unit_asked(road: Road):
    matter = road.under_way(lead=road.cast.units["office"].pk, supporting=[])
    done = road.do(actions.ask_coordination, matter, "office", question="编制谁定")
    row = Coordination.objects.get(pk=done.facts["coordination"])
    second = raised(road, row, "mayor")
    given = {"answer": "定了", "basis": "专题会议纪要3号"}
    with pytest.raises(Conflict) as refused:
        road.do(actions.answer_coordination, second, "office", **given)
    assert refused.value.code == "coordination_of_own_unit"
    road.do(actions.answer_coordination, second, "mayor", **given)
