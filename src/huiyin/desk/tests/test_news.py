"""News of the working day before stays news over a weekend."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.desk.queries.waiting import last_work_day, working_week


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 11, 18), date(2026, 11, 17)),
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 11, 21), date(2026, 11, 20)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 11, 23), date(2026, 11, 20)),
    ],
)
def test_the_day_before_is_a_day_at_work(today, before):
    assert last_work_day(today) == before


def test_the_coming_week_has_five_days():
    assert [day.day for day in working_week(date(2026, 11, 20))] == [23, 24, 25, 26, 27]
