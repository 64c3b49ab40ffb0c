"""Working days with moved holidays: the office's calendar first, then the published one, then weekends."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import chinese_calendar


class Calendar(Protocol):
    """Which days are worked; None for a day it does not know."""

    def is_workday(self, date: dt.date) -> bool | None: ...


def is_workday(day: dt.date, calendar: Calendar | None) -> tuple[bool, bool]:
    """Whether a day is worked, and whether that is known rather than guessed from the weekday."""
    known = calendar.is_workday(day) if calendar else None
    if known is not None:
        return known, True
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:  # a year whose holidays have not been published yet
        return day.weekday() < 5, False


def add_workdays(start: dt.date, count: int, calendar: Calendar | None) -> tuple[dt.date, str]:
    """The day that many working days later, and a note when holidays had to be guessed."""
    day, left, sure = start, min(count, 400), True
    while left > 0:
        day += dt.timedelta(days=1)
        worked, known = is_workday(day, calendar)
        sure = sure and known
        left -= worked
    return day, "" if sure else "（该年节假日尚未公布，仅按周末推算）"
