"""Figures and days of a short text that somebody writes about a matter."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.reading import dates_in, limits_in, quantities_in
from huiyin.reading.tests.support import table

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建成60所，投资3.5亿元", [(60, "所"), (3.5, "亿元")]),
        ("八十三所幼儿园", [(83, "所")]),
        ("开出专列12趟", [(12, "趟")]),
        ("开出专列十二趟", [(12, "趟")]),
        ("没有数", []),
    ],
)
def test_figures_with_their_units(text, found):
    assert [(f.value, f.unit) for f in quantities_in(text, units=["趟"])] == found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("已于11月20日建成", ["2026-11-20"]),
        ("预计3月15日建成", ["2027-03-15"]),
        ("3月15日已经建成", ["2026-03-15"]),
        ("2027年3月31日", ["2027-03-31"]),
        ("年底前建成", ["2026-12-31"]),
        ("2月30日", []),
        ("没有日子", []),
    ],
)
def test_days_of_this_year_or_the_coming_one(text, days):
    found = dates_in(text, today=TODAY, ahead=["预计"])
    assert sorted({day.isoformat() for day in found}) == days


@pytest.mark.parametrize(("note", "base", "limits"), table("notes"))
def test_a_note_is_read_on_the_day_it_was_written(note, base, limits):
    found = limits_in(note, date.fromisoformat(base))
    assert "|".join(f"{limit.text}={limit.date or ''}" for limit in found) == limits
    assert all(limit.text in note and limit.why for limit in found)
    assert all(limit.date or limit.kind != "fixed" for limit in found)


class NationalDay:
    """A calendar that knows one holiday."""

    def is_workday(self, day: date) -> bool | None:
        return day.weekday() < 5 and not date(2027, 10, 1) <= day <= date(2027, 10, 7)


def test_working_days_of_a_note_are_those_of_the_office():
    (limit,) = limits_in("3个工作日内", date(2027, 9, 29), NationalDay())
    assert limit.date == "2027-10-11"
    (guessed,) = limits_in("3个工作日内", date(2039, 9, 28))
    assert "节假日尚未公布" in guessed.why
