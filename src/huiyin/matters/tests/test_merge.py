"""合并: one of two carries on; nothing asked gets a later date by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.trail import trail

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
