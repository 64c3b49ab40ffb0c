"""单位主动立项: a unit's own matter, proposed by the office like every other."""

from __future__ import annotations

import pytest

from huiyin.errors import Forbidden, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter

pytestmark = pytest.mark.django_db


def volunteer(road, by: str = "water", **more) -> Matter:
    given = {"title": "汛前排查全部泵站", "acceptance": "逐站有记录"} | more
    done = road.do(actions.volunteer, road.cast.jurisdiction, by, **given)
    return Matter.objects.get(pk=done.facts["matter"])


def test_it_stands_in_the_register_marked_as_volunteered(road):
    water = road.cast.units["water"]
    matter = volunteer(road)
    assert (matter.volunteered_by, matter.lead_unit, matter.state) == (water, water, "registered")
    assert (matter.origin, matter.acceptance) == ("own", "逐站有记录")
    assert matter.due_on is not None


def test_the_unit_sees_it_at_once_others_do_not(road):
    matter = volunteer(road)
    assert Matter.objects.visible_to(road.actor("water")).filter(pk=matter.pk).exists()
    assert not Matter.objects.visible_to(road.actor("schools")).filter(pk=matter.pk).exists()


def test_it_takes_the_usual_way(road):
    notice = road.issued(volunteer(road))
    assert notice.matters.get().state == "dispatched"


def test_not_for_another_unit_and_not_by_an_auditor(road):
    with pytest.raises(Refusal) as refused:
        volunteer(road, unit=road.cast.units["schools"].pk)
    assert refused.value.code == "not_own_unit"
    with pytest.raises(Forbidden):
        volunteer(road, by="auditor")


def test_a_title_is_needed(road):
    with pytest.raises(Refusal):
        volunteer(road, title=" ")
