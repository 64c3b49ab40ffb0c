"""Who worked on a matter before it was passed on does not judge it; who had it without doing anything may."""

from __future__ import annotations

import pytest

from huiyin.door import options
from huiyin.errors import Conflict
from huiyin.matters import actions
from huiyin.matters.models import HandBack, Matter
from huiyin.matters.tests.road import Road
from huiyin.matters.tests.test_refer import referred
from huiyin.people import actions as people

pytestmark = pytest.mark.django_db


def _judge_of_water(road: Road) -> None:
    """The supervision officer holds a post in the water bureau too."""
    water = road.cast.units["water"].pk
    user = road.cast.users["office"]
    road.do(people.appoint, user, "secadmin", unit_id=water, role="liaison_officer")


def _submitted_by_parks(road: Road, matter: Matter) -> Matter:
    road.do(actions.set_plan, matter, "outsider", goal="年内通水", measures="自己的措施")
    road.do(
        actions.submit_completion,
        road.lead(matter),
        "outsider",
        text="都办完了",
        evidence=[road.evidence("outsider")],
    )
    return Matter.objects.get(pk=matter.pk)


def _work(road: Road, matter: Matter, what: str) -> None:
    if what == "report":
        road.do(actions.report_progress, road.lead(matter), "water", text="先行巡查", percent=20)
    else:
        road.do(actions.set_plan, matter, "water", goal="年内通水", measures="先行巡查")


@pytest.mark.parametrize("what", ["report", "plan"])
def test_who_worked_on_it_and_passed_it_on_does_not_verify_it(road: Road, what: str):
    matter = road.under_way(supporting=[])
    _work(road, matter, what)
    road.do(actions.take_over_referral, referred(road, matter), "outsider")
    done = _submitted_by_parks(road, matter)
    _judge_of_water(road)
    offered = {o.name: o for o in options(done, by=road.actor("office"))}
    assert offered["matter.verify"].code == "own_unit"
    with pytest.raises(Conflict, match="承办过"):
        road.do(actions.verify, done, "office", finding="看过了")


def test_who_passed_it_on_without_doing_anything_may_verify_it(road: Road):
    matter = road.under_way(supporting=[])
    road.do(actions.take_over_referral, referred(road, matter), "outsider")
    done = _submitted_by_parks(road, matter)
    _judge_of_water(road)
    road.do(actions.verify, done, "office", finding="看过了")
    assert Matter.objects.get(pk=done.pk).state == "verified"


def test_who_handed_it_back_at_once_may_verify_it(road: Road):
    matter = road.under_way(supporting=[])
    road.do(actions.hand_back, road.lead(matter), "water", reason="不属于本单位")
    row = HandBack.objects.get().assignment
    parks = road.cast.units["parks"].pk
    road.do(actions.rule_hand_back, row, "office", granted=True, reason="归园林", new_lead=parks)
    road.do(actions.sign_for, road.lead(matter), "outsider")
    done = _submitted_by_parks(road, matter)
    _judge_of_water(road)
    road.do(actions.verify, done, "office", finding="看过了")
    assert Matter.objects.get(pk=done.pk).state == "verified"
