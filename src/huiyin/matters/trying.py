"""A light scheme tried on history: what every open matter would have looked like, today and at past ends of months.

Nothing is saved. Of past days only what the rows still tell is known: dispatch, due day as it then
was, progress and milestones. Whether a report was late then is not, and the trial says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.matters.clocks import known
from huiyin.matters.models import Matter, Milestone, Report, Variation
from huiyin.matters.rules import OPEN, Known, Light, MatterState, Nature, Shown, shown, turning
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import Calendar, LightScheme
from huiyin.rulebook.rules.words import LIGHTS
from huiyin.rulebook.trials import Line, Moved, Pair, Trial

MONTHS = 6
LISTED = 50
COLUMNS = (Light.ONTIME, Light.NEAR, Light.BEHIND, Light.GRAVE, Light.OVERDUE)
WORDS = {Light.ONTIME: LIGHTS["on_time"]} | {light: LIGHTS[light] for light in COLUMNS[1:]}


@dataclass(slots=True, kw_only=True)
class Past:
    """One matter with what is known of its past: reports, milestones, and due days that were moved."""

    matter: Matter
    reports: list[tuple[date, int]] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    moved: list[tuple[date, date]] = field(default_factory=list)

    def open_on(self, day: date) -> bool:
        """Whether it was dispatched and not closed at the end of that day."""
        start, closed = self.matter.dispatched_on, self.matter.closed_on
        return start is not None and start <= day and (closed is None or closed > day)

    def known_on(self, day: date) -> Known:
        """What was known of it then."""
        said = [percent for on, percent in self.reports if on <= day]
        due_on = next((was for on, was in self.moved if on > day), self.matter.due_on)
        return Known(
            start=self.matter.dispatched_on,
            due_on=due_on,
            percent=said[-1] if said else None,
            urgent=self.matter.urgency != "normal",
            milestones=[
                (step.due_on, step.done_on is not None and step.done_on <= day)
                for step in self.milestones
            ],
        )


def try_lights(jurisdiction_id: int, before: LightScheme, after: LightScheme, today: date) -> Trial:
    """How many matters would be each colour under either scheme, and which change today."""
    days = rulebook.calendar(jurisdiction_id, on=today)
    rows = _past(jurisdiction_id, since=_month_ends(today)[-1])
    now = [row for row in rows if row.matter.state in OPEN]
    pairs = [
        _pair(row.matter, known(row.matter, row.milestones), before, after, days, today)
        for row in now
    ]
    lines = [_line(_("今天"), pairs)]
    for day in _month_ends(today):
        then = [
            _pair(row.matter, row.known_on(day), before, after, days, day)
            for row in rows
            if row.open_on(day)
        ]
        lines.append(_line(_("%(year)d年%(month)d月底") % _year_month(day), then))
    changed = [
        (row.matter, was, becomes)
        for row, (was, becomes) in zip(now, pairs, strict=True)
        if was.light != becomes.light
    ]
    return Trial(
        columns=[WORDS[light] for light in COLUMNS],
        lines=lines,
        moved=[_moved(*one) for one in changed[:LISTED]],
        moved_total=len(changed),
        note=_("过去各月按当时的时限、进度和节点推算；当时反馈是否迟交已无从查考，不计在内。"),
    )


def _past(jurisdiction_id: int, *, since: date) -> list[Past]:
    """Dated matters that were open at some time since then; four queries."""
    matters = Matter.objects.filter(
        jurisdiction_id=jurisdiction_id,
        dispatched_on__isnull=False,
        due_on__isnull=False,
        state__in=[*OPEN, MatterState.CLOSED],
    ).exclude(nature=Nature.STANDING)
    rows = {
        matter.pk: Past(matter=matter)
        for matter in matters.exclude(closed_on__lte=since).order_by("due_on", "pk")
    }
    for step in Milestone.objects.filter(matter__in=rows):
        rows[step.matter_id].milestones.append(step)
    said = Report.objects.filter(
        matter__in=rows, percent__isnull=False, assignment__role="lead"
    ).order_by("reported_at", "pk")
    for matter_id, at, percent in said.values_list("matter_id", "reported_at", "percent"):
        rows[matter_id].reports.append((clock.day_of(at), percent or 0))
    varied = Variation.objects.filter(
        matter__in=rows, ruling="granted", due_was__isnull=False, decided_at__isnull=False
    ).order_by("decided_at", "pk")
    for change in varied:
        if change.decided_at is not None and change.due_was is not None:
            rows[change.matter_id].moved.append((clock.day_of(change.decided_at), change.due_was))
    return list(rows.values())


def _month_ends(today: date) -> list[date]:
    """The last days of the months before this one, the latest first."""
    ends, day = [], today
    for _n in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends


def _year_month(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month}


def _pair(
    matter: Matter,
    what: Known,
    before: LightScheme,
    after: LightScheme,
    days: Calendar,
    on: date,
) -> tuple[Shown, Shown]:
    """The matter's light on a day under either scheme."""
    was, becomes = (
        shown(
            state=MatterState.UNDER_WAY,
            nature=matter.nature,
            due_on=what.due_on,
            turning=turning(what, scheme, days),
            next_check_on=None,
            today=on,
        )
        for scheme in (before, after)
    )
    return was, becomes


def _line(label: str, pairs: Iterable[tuple[Shown, Shown]]) -> Line:
    seen: Sequence[tuple[Light, Light]] = [(was.light, becomes.light) for was, becomes in pairs]
    return Line(
        label=label,
        pairs=[
            Pair(
                was=sum(was == light for was, _becomes in seen),
                becomes=sum(becomes == light for _was, becomes in seen),
            )
            for light in COLUMNS
        ],
    )


def _moved(matter: Matter, was: Shown, becomes: Shown) -> Moved:
    return Moved(
        title=matter.title,
        url=reverse("matters:matter", args=[matter.pk]),
        was=was.word,
        becomes=becomes.word,
        why=becomes.why,
    )
