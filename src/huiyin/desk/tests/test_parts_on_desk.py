"""Parts on desks: who arranged them is asked to verify, nobody counts them twice."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.tests.conftest import a_unit
from huiyin.matters.tests.road import at_noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(road, cast) -> Matter:
    """A part of the education bureau's matter, with a kindergarten."""
    station = a_unit(cast, "k1", "云溪市第一幼儿园", kind="station", parent=cast.units["schools"])
    whole = road.under_way(lead=cast.units["schools"].pk, supporting=[])
    done = road.do(actions.break_down, whole, "schools", rows=[PartRow(unit=station.pk)])
    return Matter.objects.get(pk=done.facts["parts"][0])


def titles(road, key: str) -> dict[str, list[str]]:
    found = desk_of(road.actor(key), today=clock.today())
    return {str(one.heading): [str(e.title) for e in one.entries] for one in found.sections}


def test_the_unit_of_the_part_is_asked_to_sign(road, part):
    assert "待签收" in titles(road, "k1")


def test_who_arranged_it_is_asked_to_verify_and_the_office_is_not(road, part):
    road.do(actions.sign_list, UnitList.objects.get(unit=part.lead_unit, state="sent"), "k1")
    road.do(actions.set_plan, part, "k1", goal="开园", measures="改造")
    evidence = [road.evidence("k1")]
    road.do(actions.submit_completion, road.lead(part), "k1", text="已开园", evidence=evidence)
    assert titles(road, "schools")["分解出去、等本单位的"] == [part.title]
    assert "该去看的" not in titles(road, "office")


def test_an_overdue_part_counts_once_for_those_who_see_the_whole(road, part):
    with at_noon(part.due_on, later=2):
        for key in ("office", "mayor", "vice"):
            assert titles(road, key)["逾期的"] == [part.parent.title]


def test_what_a_unit_volunteered_stands_on_its_desk_until_it_is_dispatched(road):
    office = road.cast.jurisdiction
    road.do(actions.volunteer, office, "water", title="汛前排查全部泵站")
    assert titles(road, "water")["本单位主动立项"] == ["汛前排查全部泵站"]
