"""A leader leads a matter personally; the unit goes on answering for it."""

from __future__ import annotations

import pytest

from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road
from huiyin.people.models import Post


def post_of(road: Road, key: str) -> Post:
    return Post.objects.get(user=road.cast.users[key])


def test_a_leader_takes_a_matter_on(road: Road):
    matter = road.under_way()
    road.do(actions.lead_personally, matter, "vice")
    matter = Matter.objects.get(pk=matter.pk)
    assert matter.personal_lead == post_of(road, "vice")
    assert matter.lead_unit == road.cast.units["water"]


def test_the_office_names_the_leader(road: Road):
    matter = road.under_way()
    road.do(actions.lead_personally, matter, "office", leader=post_of(road, "mayor").pk)
    assert Matter.objects.get(pk=matter.pk).personal_lead == post_of(road, "mayor")


def test_a_leader_names_no_other_and_nobody_else_names_anybody(road: Road):
    matter = road.under_way()
    with pytest.raises(Refusal) as refused:
        road.do(actions.lead_personally, matter, "vice", leader=post_of(road, "mayor").pk)
    assert refused.value.code == "leader_missing"
    with pytest.raises(Refusal):
        road.do(actions.lead_personally, matter, "office", leader=post_of(road, "water").pk)
    for key in ("water", "outsider", "auditor"):
        with pytest.raises((Forbidden, NotFound)):
            road.do(actions.lead_personally, matter, key)


def test_it_is_ended_with_a_reason_by_that_leader_or_the_office(road: Road):
    matter = road.under_way()
    road.do(actions.lead_personally, matter, "mayor")
    with pytest.raises(Conflict) as refused:
        road.do(actions.end_personal_lead, matter, "vice", reason="我来")
    assert refused.value.code == "led_by_another"
    road.do(actions.end_personal_lead, matter, "office", reason="分工调整")
    assert Matter.objects.get(pk=matter.pk).personal_lead is None
