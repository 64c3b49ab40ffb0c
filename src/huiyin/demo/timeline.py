"""A year of steps put in order: which day, and which minute of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import groupby

MORNING, EVENING = time(8, 40), time(17, 40)


class Phase(IntEnum):
    """What comes before what on one day."""

    FOUND = 0
    TAKE_IN = 1
    REVIEW = 2
    REGISTER = 3
    PROPOSE = 4
    APPROVE = 5
    ISSUE = 6
    SIGN = 7
    RULE = 8
    PLAN = 9
    REPORT = 10
    SUBMIT = 11
    CHECK = 12
    CLOSE = 13
    DELIVER = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something somebody does `on` days from today."""

    on: int
    phase: Phase
    run: Callable[[], None]


def working_day(today: date, offset: int) -> date:
    """Return the day, or the Monday after a weekend; never later than today."""
    day = today + timedelta(days=offset)
    if day.weekday() >= 5:
        day += timedelta(days=7 - day.weekday())
    return min(day, today)


def in_order(steps: Iterable[Step], *, now: datetime) -> Iterator[tuple[datetime, Step]]:
    """Yield each step with its moment, none after `now`, no two at one moment.

    Offsets decide the order, then phases; the steps of a day are spread over its office hours.
    """
    today = now.date()
    ordered = sorted(steps, key=lambda step: (step.on, step.phase))
    for day, group in groupby(ordered, key=lambda step: working_day(today, step.on)):
        of_day = list(group)
        first, last = _hours(day, now)
        gap = (last - first) / (len(of_day) + 1)
        for place, step in enumerate(of_day, start=1):
            yield first + place * gap, step


def _hours(day: date, now: datetime) -> tuple[datetime, datetime]:
    """Return between which moments somebody works on a day; today only until now."""
    first = datetime.combine(day, MORNING, tzinfo=now.tzinfo)
    last = datetime.combine(day, EVENING, tzinfo=now.tzinfo)
    if day == now.date():
        first, last = min(first, now - timedelta(minutes=30)), min(last, now)
        first = max(first, datetime.combine(day, time(), tzinfo=now.tzinfo))
    return first, last
