"""A year of steps is put in order, and nothing happens after now."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from huiyin.demo.timeline import OFFICE_HOURS, Phase, Step, in_order, last_day, working_day

ZONE = ZoneInfo("Asia/Shanghai")
SUNDAY = datetime(2026, 6, 14, 15, 0, tzinfo=ZONE)


def moments(now, *places):
    steps = [Step(on=on, phase=phase, run=lambda: None) for on, phase in places]
    return list(in_order(steps, now=now))


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 6, 17, 10, 0, tzinfo=ZONE), date(2026, 6, 17)),
        (datetime(2026, 6, 17, 9, 59, tzinfo=ZONE), date(2026, 6, 16)),
        (SUNDAY, date(2026, 6, 12)),
        (datetime(2026, 6, 15, 7, 0, tzinfo=ZONE), date(2026, 6, 12)),
    ],
)
def test_the_last_day_at_work_is_never_a_weekend_nor_an_early_morning(now, last):
    assert last_day(now) == last


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 6, 6), date(2026, 6, 8)),
        (date(2026, 6, 7), date(2026, 6, 8)),
        (date(2026, 6, 10), date(2026, 6, 10)),
        (date(2026, 6, 13), date(2026, 6, 12)),
        (date(2026, 6, 14), date(2026, 6, 12)),
    ],
)
def test_what_falls_on_a_weekend_is_done_on_monday_or_was_done_by_now(day, moved):
    assert working_day(day, last_day(SUNDAY)) == moved


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


@pytest.mark.parametrize("clock", [time(0, 0), time(7, 0), time(10, 0), time(12, 30), time(23, 59)])
@pytest.mark.parametrize("day", [date(2026, 6, 12), SUNDAY.date()], ids=str)
def test_nothing_happens_after_now(clock, day):
    now = datetime.combine(day, clock, tzinfo=ZONE)
    found = [moment for moment, _step in moments(now, *[(0, Phase.REPORT), (-1, Phase.SIGN)] * 30)]
    assert found == sorted(set(found))
    assert max(found) < now


def test_the_same_steps_have_the_same_moments():
    now = datetime(2026, 6, 17, 16, 0, tzinfo=ZONE)
    places = [(-9, Phase.REPORT), (-9, Phase.CHECK), (0, Phase.CLOSE)]
    assert [m for m, _s in moments(now, *places)] == [m for m, _s in moments(now, *places)]


def test_the_clock_runs_at_its_hour_on_every_day_and_not_before_it_struck():
    now = datetime(2026, 6, 15, 7, 59, tzinfo=ZONE)
    by_clock = [Step(on=on, phase=Phase.URGE, run=lambda: None, at=time(8)) for on in (-2, -1, 0)]
    people = [Step(on=-4, phase=Phase.REPORT, run=lambda: None)] * 3
    found = list(in_order([*people, *by_clock], now=now))
    at_eight = [moment for moment, step in found if step.phase is Phase.URGE]
    assert [moment.isoformat()[:16] for moment in at_eight] == [
        "2026-06-13T08:00",
        "2026-06-14T08:00",
    ]
    assert [moment for moment, _step in found] == sorted(moment for moment, _step in found)
