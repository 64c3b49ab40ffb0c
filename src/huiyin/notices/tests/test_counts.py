"""How often was urged: a column of the register, a fact for the office on a unit's page."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from huiyin import clock
from huiyin.matters.tests.road import at_noon
from huiyin.notices.actions import remind
from huiyin.notices.queries.counts import times_urged
from huiyin.notices.tests.conftest import at_eight


def test_days_are_counted_not_steps(road, morning):
    with at_eight(date(2026, 11, 9)):
        matter = road.under_way(due_on=date(2026, 11, 23), supporting=[])
    for day in (23, 24, 30):  # on the 30th two rungs at once
        morning(date(2026, 11, day))
    assert times_urged([matter.pk]) == {matter.pk: 3}


def test_the_exported_register_has_the_count(road, signed_in):
    matter = road.under_way()
    road.do(remind, matter, "office")
    with at_noon(clock.today(), later=4):
        road.do(remind, matter, "office")
    answer = signed_in("office").post("/matters/export/")
    head, row = list(load_workbook(io.BytesIO(answer.content)).active.values)[:2]
    assert row[head.index("催办次数")] == 2


@pytest.mark.parametrize(("who", "sees"), [("office", True), ("water", False), ("auditor", False)])
def test_the_office_reads_it_on_the_page_of_the_unit(road, signed_in, cast, who, sees):
    road.do(remind, road.under_way(), "office")
    page = signed_in(who).get(f"/units/{cast.units['water'].pk}/").content.decode()
    assert ("人工催办 1 条，涉及 1 件事项" in page) == sees


def test_the_office_reminding_itself_is_no_urging(road, morning):
    with at_eight(date(2026, 9, 1)):
        matter = road.under_way(nature="standing", due_on=None, interval="monthly", supporting=[])
    morning(date(2026, 9, 30))
    assert times_urged([matter.pk]) == {}
