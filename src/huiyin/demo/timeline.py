"""A year of steps put in order: which day, and which minute of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter
from random import Random

FULL_SWING = time(10)
"""Before this hour what would happen today has happened the working day before."""
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
    ASK = 12
    CHECK = 13
    STRIKE_OFF = 14
    CLOSE = 15
    DELIVER = 16
    URGE = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something somebody does `on` days from today; `at` an hour when it has one."""

    on: int
    phase: Phase
    run: Callable[[], None]
    at: time | None = None


Days = Iterable[tuple[date, Iterable[Step]]]


def last_day(now: datetime) -> date:
    """Return the day on which somebody was last at work: today from ten o'clock on working days."""
    day = now.date() if now.time() >= FULL_SWING else now.date() - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def working_day(day: date, last: date) -> date:
    """Return the day, or the Monday after a weekend; never later than the last day at work."""
    if day.weekday() >= 5:
        day += timedelta(days=7 - day.weekday())
    return min(day, last)


def in_order(steps: Sequence[Step], *, now: datetime) -> Iterator[tuple[datetime, Step]]:
    """Yield each step with its moment, none after `now`, no two at one moment.

    Offsets decide the order, then phases; the steps of a day are scattered over its office hours,
    the same way each time.
    """
    today, last = now.date(), last_day(now)
    scattered = [step for step in steps if step.at is None]
    ordered = sorted(scattered, key=lambda step: (step.on, step.phase))
    days = groupby(ordered, key=lambda step: working_day(today + timedelta(days=step.on), last))
    yield from merge(_in_office_hours(days, now), _by_the_clock(steps, now), key=itemgetter(0))


def _in_office_hours(days: Days, now: datetime) -> Iterator[tuple[datetime, Step]]:
    for day, group in days:
        of_day = list(group)
        yield from zip(_moments(day, len(of_day), now), of_day, strict=True)


def _by_the_clock(steps: Iterable[Step], now: datetime) -> Iterator[tuple[datetime, Step]]:
    """Yield the steps that have an hour, on every day of the week, as far as the hour has struck."""
    for step in sorted(steps, key=lambda step: step.on):
        if step.at is not None:
            day = now.date() + timedelta(days=step.on)
            moment = datetime.combine(day, step.at, tzinfo=now.tzinfo)
            if moment < now:
                yield moment, step


def _moments(day: date, count: int, now: datetime) -> list[datetime]:
    """Return `count` ascending moments in the office hours of a day, all of them before `now`."""
    end = _second(now.time()) if day == now.date() else _second(time.max)
    hours = [range(_second(first), min(_second(last), end)) for first, last in OFFICE_HOURS]
    chosen = Random(day.toordinal()).sample([*hours[0], *hours[1]], count)  # noqa: S311 - no secret
    midnight = datetime.combine(day, time(), tzinfo=now.tzinfo)
    return [midnight + timedelta(seconds=second) for second in sorted(chosen)]


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
