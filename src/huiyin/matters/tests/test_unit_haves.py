"""七有 of a unit: what its open matters have and lack, counted from data."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.errors import NotFound
from huiyin.matters.queries.unit_haves import unit_haves


def page_of(road, who="office", unit="water"):
    return unit_haves(road.cast.units[unit].pk, viewer=road.actor(who), today=clock.today())


def test_what_is_missing_is_counted_have_by_have(road):
    road.planned()
    road.under_way()
    page = page_of(road)
    assert page.total == 2
    columns = {column.name: column for column in page.columns}
    assert (columns["计划"].full, columns["计划"].none) == (1, 1)
    assert (columns["措施"].full + columns["措施"].half, columns["措施"].none) == (1, 1)


def test_closed_matters_are_not_counted(road):
    road.closed()
    assert page_of(road).lines == []


@pytest.mark.parametrize("who", ["water", "water_head", "vice", "mayor", "auditor"])
def test_those_who_have_to_do_with_it_see_it(road, who):
    road.planned()
    assert page_of(road, who).total == 1


def test_strangers_do_not(road):
    road.planned(supporting=[])
    with pytest.raises(NotFound):
        page_of(road, "schools")


def test_the_page_costs_the_same_for_one_matter_and_for_six(road, signed_in):
    client, url = signed_in("office"), f"/units/{road.cast.units['water'].pk}/haves/"
    counts = []
    for _n in range(2):
        road.planned()
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
