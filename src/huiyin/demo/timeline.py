"""A year of steps put in order: which day, and which minute of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import groupby
from random import Random

OFFICE_HOURS = ((time(8, 35), time(11, 55)), (time(13, 40), time(17, 50)))


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

    Offsets decide the order, then phases; the steps of a day are scattered over its office hours,
    the same way each time.
    """
    today = now.date()
    ordered = sorted(steps, key=lambda step: (step.on, step.phase))
    for day, group in groupby(ordered, key=lambda step: working_day(today, step.on)):
        of_day = list(group)
        yield from zip(_moments(day, len(of_day), now), of_day, strict=True)


def _moments(day: date, count: int, now: datetime) -> list[datetime]:
    """Return `count` ascending moments of a day, all of them before `now`."""
    seconds = [
        second for first, last in OFFICE_HOURS for second in range(_second(first), _second(last))
    ]
    if day == now.date():
        elapsed = _second(now.time())
        seconds = [second for second in seconds if second < elapsed]
        if len(seconds) < count:  # it is early: the office began at midnight today
            seconds = list(range(elapsed)) or [0]
    midnight = datetime.combine(day, time(), tzinfo=now.tzinfo)
    if len(seconds) < count:
        return [midnight + timedelta(microseconds=place) for place in range(count)]
    chosen = sorted(Random(day.toordinal()).sample(seconds, count))  # noqa: S311 - nothing secret
    return [midnight + timedelta(seconds=second) for second in chosen]


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
