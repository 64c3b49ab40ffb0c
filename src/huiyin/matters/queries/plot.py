"""The plot of progress, worked out on the server: plan, reports, verified points, due day, today.

Pure geometry: days and percentages in, coordinates of one 760 × 204 drawing out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from huiyin.matters.rules import trajectory

LEFT, RIGHT, TOP, BOTTOM = 40.0, 700.0, 26.0, 176.0
CLOSE = 190
"""Units of the drawing within which two words meet."""
ROOM = 0.06
"""Share of the time line left free at its end, so that a word fits beside the last line."""
MONTHS_SHOWN = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in the drawing with the day and percentage it stands for."""

    x: float
    y: float
    day: date
    percent: int

    @property
    def is_right(self) -> bool:
        """Whether its words must stand to its left to have room."""
        return self.x > RIGHT - 40

    @property
    def is_high(self) -> bool:
        """Whether its words must stand below it, because the day's names are above."""
        return self.y < TOP + 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The first of a month on the time line."""

    x: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Everything `_plot.html` draws; `late` is the x and width of the days past due."""

    start: date
    due_on: date
    due_x: float
    today: date | None
    today_x: float
    plan: str
    plan_label: tuple[float, float]
    reported: str
    last_reported: Point | None
    verified: list[Point]
    last_verified: Point | None
    late: tuple[float, float] | None
    ticks: list[Tick]

    @property
    def today_is_close(self) -> bool:
        """Whether the words of today and of the due day would stand on each other."""
        return 0 <= self.due_x - self.today_x < CLOSE


Values = Iterable[tuple[date, int]]


def plot(
    *,
    start: date,
    due_on: date,
    today: date,
    closed_on: date | None,
    reported: Values,
    verified: Values,
    steps: Sequence[date] = (),
) -> Plot:
    """The drawing of a dated matter dispatched on `start`; it ends at the day it was closed.

    `steps` are the days of the plan's milestones, where the light follows them.
    """
    said, seen = sorted(reported), sorted(verified)
    stop = closed_on or today
    last = max([due_on, stop, start + timedelta(days=7), *(day for day, _p in [*said, *seen])])
    end = last + timedelta(days=max(round((last - start).days * ROOM), 1))

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - start).days / (end - start).days, 1)

    plan = [_point(x, day, percent) for day, percent in trajectory(start, due_on, steps)]
    points = [_point(x, day, percent) for day, percent in said]
    dots = [_point(x, day, percent) for day, percent in seen]
    return Plot(
        start=start,
        due_on=due_on,
        due_x=x(due_on),
        today=None if closed_on else today,
        today_x=x(stop),
        plan=" ".join(f"{p.x},{p.y}" for p in plan),
        plan_label=_half_way(plan),
        reported=" ".join(f"{p.x},{p.y}" for p in [_point(x, start, 0), *points]) if points else "",
        last_reported=points[-1] if points else None,
        verified=dots,
        last_verified=dots[-1] if dots else None,
        late=(x(due_on), round(x(stop) - x(due_on), 1)) if stop > due_on else None,
        ticks=[Tick(x=x(day), day=day) for day in _months(start, end)],
    )


def _point(x: Callable[[date], float], day: date, percent: int) -> Point:
    return Point(
        x=x(day),
        y=round(BOTTOM - (BOTTOM - TOP) * min(max(percent, 0), 100) / 100, 1),
        day=day,
        percent=percent,
    )


def _half_way(plan: Sequence[Point]) -> tuple[float, float]:
    """The place on the plan's line at half its height, where its word stands."""
    middle = (TOP + BOTTOM) / 2
    for one, other in pairwise(plan):
        if other.y <= middle < one.y:
            along = (one.y - middle) / (one.y - other.y)
            return round(one.x + (other.x - one.x) * along, 1), middle
    return plan[0].x, middle


def _months(start: date, end: date) -> Sequence[date]:
    """First days of months between the two, thinned so that their names fit."""
    days: list[date] = []
    day = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= end:
        days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return days[:: -(-len(days) // MONTHS_SHOWN)] if days else days
