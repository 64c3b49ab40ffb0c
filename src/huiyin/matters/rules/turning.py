"""The days on which a light turns, from three inputs: days left, progress against the plan, reports.

Pure: a scheme and a calendar in, dates out. Each turning date keeps its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from huiyin.matters.rules.states import Reason
from huiyin.rulebook.rules import Calendar, LightScheme

Candidate = tuple[date, Reason]
Point = tuple[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a matter that its light depends on.

    `milestones` are (day, done). `with_unit`: the unit has the next move, so that it may be late.
    """

    start: date | None
    due_on: date | None
    percent: int | None = None
    urgent: bool = False
    milestones: Sequence[tuple[date, bool]] = ()
    next_report_on: date | None = None
    last_reported_on: date | None = None
    unchanged: int = 0
    returned: bool = False
    with_unit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """The days on which a light turns: near, behind, gravely behind, late (the first late day)."""

    behind_on: date | None = None
    behind_why: str = ""
    attention_on: date | None = None
    grave_on: date | None = None
    grave_why: str = ""
    late_on: date | None = None


def turning(known: Known, scheme: LightScheme, days: Calendar) -> Turning:
    """When the light of a matter turns if nothing more is done, from what is known now."""
    behind_on, behind_why = _first(_behind(known, scheme, days))
    grave_on, grave_why = _first(_grave(known, scheme, days))
    due_on = known.due_on
    return Turning(
        behind_on=behind_on,
        behind_why=behind_why,
        attention_on=scheme.near_from(due_on, urgent=known.urgent) if due_on else None,
        grave_on=grave_on,
        grave_why=grave_why,
        late_on=scheme.late_from(due_on) if due_on else None,
    )


def expected(points: Sequence[Point], day: date) -> float:
    """Percent that the plan asks for on a day: straight between its points, flat outside."""
    for (d0, p0), (d1, p1) in pairwise(points):
        if day <= d1:
            return p0 + (p1 - p0) * max((day - d0).days, 0) / max((d1 - d0).days, 1)
    return float(points[-1][1]) if points else 0.0


def trajectory(start: date, due_on: date, milestones: Sequence[date] = ()) -> list[Point]:
    """The plan as points: an equal share up to each milestone, the rest up to the due day."""
    steps = sorted(day for day in milestones if start < day < due_on)
    share = 100 / (len(steps) + 1)
    inner = [(day, round(share * place)) for place, day in enumerate(steps, start=1)]
    return [(start, 0), *inner, (due_on, 100)]


def _first(found: Iterator[Candidate]) -> tuple[date | None, str]:
    """The earliest of the days, the first named reason among equals."""
    return min(found, key=lambda one: one[0], default=(None, ""))


def _behind(known: Known, scheme: LightScheme, days: Calendar) -> Iterator[Candidate]:
    yield from _progress(known, scheme, scheme.behind)
    if scheme.milestones:
        for day, done in known.milestones:
            if not done:
                yield day + timedelta(days=1), Reason.MILESTONE
    yield from _report(known, scheme.report_late, days)
    if not known.with_unit:
        return
    since = known.last_reported_on or known.start
    if since is not None and 0 < scheme.unchanged_reports <= known.unchanged:
        yield since, Reason.UNCHANGED
    if since is not None and known.returned and scheme.returned_is_behind:
        yield since, Reason.RETURNED


def _grave(known: Known, scheme: LightScheme, days: Calendar) -> Iterator[Candidate]:
    yield from _progress(known, scheme, scheme.behind_far)
    if scheme.report_far:
        yield from _report(known, scheme.report_far + 1, days)


def _progress(known: Known, scheme: LightScheme, points: int) -> Iterator[Candidate]:
    """The day from which the plan leads what was reported by so many points."""
    start, due_on = known.start, known.due_on
    if not points or start is None or due_on is None or start >= due_on:
        return
    steps = [day for day, _done in known.milestones] if scheme.milestones else []
    day = _reaches(trajectory(start, due_on, steps), (known.percent or 0) + points)
    if day is not None:
        yield day, Reason.PROGRESS


def _reaches(points: Sequence[Point], wanted: int) -> date | None:
    """The first day on which the plan asks for `wanted` percent; None when it never does."""
    for (d0, p0), (d1, p1) in pairwise(points):
        if p1 >= wanted:
            need = -(-(d1 - d0).days * max(wanted - p0, 0) // max(p1 - p0, 1))
            return d0 + timedelta(days=need)
    return None


def _report(known: Known, late: int, days: Calendar) -> Iterator[Candidate]:
    """The n-th working day after a report was due."""
    if late and known.with_unit and known.next_report_on is not None:
        yield days.add_working_days(known.next_report_on, late)[0], Reason.REPORT
