"""A consultation slip: another unit is asked, has a clock of its own, and silence is seen."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Consultation, Matter
from huiyin.matters.rules import AskState
from huiyin.matters.tests.road import Road, at_noon


def slip(road: Road, by: str = "water", **given) -> Consultation:
    matter = road.under_way(supporting=[])
    units = [road.cast.units["parks"].pk]
    done = road.do(
        actions.consult, matter, by, **({"units": units, "question": "树怎么移"} | given)
    )
    return Consultation.objects.get(pk=done.facts["slips"][0])


def test_the_asked_unit_has_its_own_clock_by_rule(road: Road):
    asked = slip(road)
    assert asked.due_on > clock.today()
    assert "征求意见" in asked.due_why
    assert (asked.from_unit.code, asked.to_unit.code) == ("water", "parks")
    assert not asked.silence_consents


def test_silence_is_consent_only_where_the_law_says_so(road: Road):
    asked = slip(road, kind="disclosure")
    assert asked.silence_consents
    assert (asked.due_on - clock.today()).days >= 15


def test_the_asked_unit_sees_the_matter_and_can_only_answer(road: Road):
    asked = slip(road)
    assert Matter.objects.visible_to(road.actor("outsider")).filter(pk=asked.matter_id).exists()
    for verb, given in (
        (actions.set_plan, {"goal": "一", "measures": "二"}),
        (actions.consult, {"units": [road.cast.units["schools"].pk], "question": "问"}),
    ):
        with pytest.raises(Forbidden):
            road.do(verb, asked.matter, "outsider", **given)
    road.do(actions.answer_consultation, asked, "outsider", answer="移到北侧")
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by_name) == ("answered", "移到北侧", "石磊")


def test_a_late_answer_is_taken_and_says_that_it_is_late(road: Road):
    asked = slip(road)
    with at_noon(asked.due_on, later=2):
        done = road.do(actions.answer_consultation, asked, "outsider", answer="无意见")
    assert done.facts["late"] is True


def test_who_asked_takes_it_back_and_others_do_not(road: Road):
    asked = slip(road, by="office")
    assert asked.from_unit.code == "office"
    with pytest.raises(NotFound):
        road.do(actions.take_back_consultation, asked, "schools")
    road.do(actions.take_back_consultation, asked, "office")
    asked.refresh_from_db()
    assert asked.state == AskState.WITHDRAWN
    with pytest.raises(Conflict):
        road.do(actions.answer_consultation, asked, "outsider", answer="迟了")


def test_the_same_unit_is_not_asked_twice_at_once_nor_the_lead_itself(road: Road):
    asked = slip(road)
    for unit in (asked.to_unit_id, road.cast.units["water"].pk):
        with pytest.raises(Refusal) as refused:
            road.do(actions.consult, asked.matter, "water", units=[unit], question="再问")
        assert refused.value.code == "already_asked"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"question": " "}, "question_missing"),
        ({"units": []}, "units_missing"),
        ({"kind": "x"}, "bad_value"),
    ],
)
def test_what_is_missing_is_said(road: Road, given, code):
    with pytest.raises(Refusal) as refused:
        slip(road, **given)
    assert refused.value.code == code
