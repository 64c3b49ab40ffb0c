"""The same cells of many matters are filled in one act, whole or not at all."""

from __future__ import annotations

import pytest

from huiyin.errors import Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter


def _fill(road, by, *matters, **cells):
    return road.do(
        actions.fill_many, road.cast.jurisdiction, by, matters=[m.pk for m in matters], **cells
    )


def test_every_matter_has_its_own_event_under_one_request(road):
    one, two = road.registered(), road.registered()
    _fill(road, "office", one, two, check_method="phone")
    told = Event.objects.filter(action__in=("matter.fill", "matter.fill_many")).order_by("position")
    assert [event.action for event in told] == ["matter.fill", "matter.fill", "matter.fill_many"]
    assert len({event.request.split("/")[0] for event in told}) == 1


@pytest.mark.parametrize("who", ["water", "mayor", "vice", "auditor", "outsider"])
def test_only_the_office_may(road, who):
    matter = road.registered()
    with pytest.raises(Refusal):
        _fill(road, who, matter, check_method="phone")


def test_when_one_has_left_the_table_none_is_filled(road):
    open_one, gone = road.registered(), road.registered()
    road.proposed(gone)
    with pytest.raises(Refusal):
        _fill(road, "office", open_one, gone, check_method="phone")
    assert Matter.objects.get(pk=open_one.pk).check_method == open_one.check_method


def test_nothing_chosen_is_refused(road):
    with pytest.raises(Refusal) as refused:
        _fill(road, "office", check_method="phone")
    assert refused.value.code == "nothing_to_fill"


def test_defaults_return_with_their_rule(road):
    matter = road.registered(acceptance="手填")
    _fill(road, "office", matter, restore=["acceptance"])
    assert Matter.objects.get(pk=matter.pk).filled["acceptance"]["from"] == "rule"
