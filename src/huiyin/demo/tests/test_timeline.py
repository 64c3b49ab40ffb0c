"""A year of steps is put in order, and nothing happens after now."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from huiyin.demo.timeline import OFFICE_HOURS, Phase, Step, in_order, working_day

ZONE = ZoneInfo("Asia/Shanghai")
SUNDAY = date(2026, 6, 14)


def moments(now, *places):
    steps = [Step(on=on, phase=phase, run=lambda: None) for on, phase in places]
    return list(in_order(steps, now=now))


@pytest.mark.parametrize(
    ("offset", "day"),
    [
        (-1, SUNDAY),
        (0, SUNDAY),
        (-2, date(2026, 6, 12)),
        (-8, date(2026, 6, 8)),
        (-7, date(2026, 6, 8)),
    ],
)
def test_nobody_works_on_a_weekend_but_today(offset, day):
    assert working_day(SUNDAY, offset) == day


def test_the_offset_goes_before_the_phase():
    now = datetime(2026, 6, 17, 16, 0, tzinfo=ZONE)
    found = moments(now, (-4, Phase.PLAN), (-3, Phase.SIGN), (-4, Phase.SIGN))
    assert [(step.on, step.phase) for _moment, step in found] == [
        (-4, Phase.SIGN),
        (-4, Phase.PLAN),
        (-3, Phase.SIGN),
    ]
    assert [moment for moment, _step in found] == sorted({moment for moment, _step in found})


def test_a_past_day_has_office_hours():
    now = datetime(2026, 6, 17, 16, 0, tzinfo=ZONE)
    for moment, _step in moments(now, *[(-1, Phase.REPORT)] * 40):
        assert any(first <= moment.time() <= last for first, last in OFFICE_HOURS)


@pytest.mark.parametrize(
    "clock", [time(0, 0), time(0, 0, 20), time(7, 0), time(12, 30), time(23, 59)]
)
def test_nothing_happens_after_now(clock):
    now = datetime.combine(SUNDAY, clock, tzinfo=ZONE)
    found = [moment for moment, _step in moments(now, *[(0, Phase.REPORT)] * 30)]
    assert found == sorted(set(found))
    assert all(moment.date() == SUNDAY for moment in found)
    if clock > time(0, 0):
        assert max(found) < now


def test_the_same_steps_have_the_same_moments():
    now = datetime(2026, 6, 17, 16, 0, tzinfo=ZONE)
    places = [(-9, Phase.REPORT), (-9, Phase.CHECK), (0, Phase.CLOSE)]
    assert [m for m, _s in moments(now, *places)] == [m for m, _s in moments(now, *places)]
