"""Counting time limits: calendar days, working days, months; and days during which a clock stood.

The day it starts is not counted; a period of months ends on the same day of its last month.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from huiyin.rulebook.rules.calendar import Calendar, add_months

Stop = tuple[date, date]
"""The first day a clock stood and the day it ran again (counted no more)."""


def counted(
    start: date, n: int, unit: str, days: Calendar, *, roll: bool = True
) -> tuple[date, bool]:
    """The last day of a period of `n` (`calendar`, `working`, `months`), and whether a year had no table.

    `roll` moves an end that falls on a day off to the next working day.
    """
    if unit == "working":
        return days.add_working_days(start, n)
    end = add_months(start, n) if unit == "months" else start + timedelta(days=n)
    return days.on_or_after(end) if roll else (end, False)


def with_stops(due_on: date, stops: Iterable[Stop], unit: str, days: Calendar) -> tuple[date, bool]:
    """The due day moved on by the time the clock stood (suspension, hearing, opinions of third parties).

    A limit in working days gives back working days, any other calendar days; stops that overlap
    count once, and one that began after the due day gives nothing back.
    """
    was = due_on
    for stop in merged(stops):
        if stop[0] > due_on:
            break
        due_on = moved_on(due_on, stop, unit, days)
    return due_on, due_on > was and due_on.year not in days.years


def moved_on(day: date, stop: Stop, unit: str, days: Calendar) -> date:
    """A day moved on by the time one stop lasted: by working days or, for any other unit, calendar days."""
    stood = lasted(stop, unit, days)
    if unit != "working":
        return day + timedelta(days=stood)
    return days.add_working_days(day, stood)[0] if stood else day


def lasted(stop: Stop, unit: str, days: Calendar) -> int:
    """How many days one stop lasted: working days or, for any other unit, calendar days."""
    first, until = stop
    if unit != "working":
        return (until - first).days
    return days.working_days_between(first - timedelta(days=1), until - timedelta(days=1))


def merged(stops: Iterable[Stop]) -> list[Stop]:
    """The stops in order, those that overlap or touch made one."""
    found: list[Stop] = []
    for first, until in sorted(stop for stop in stops if stop[0] < stop[1]):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((first, until))
    return found
