"""七有 of a unit: over the matters it answers for, what is there and what is missing, computed from data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.errors import NotFound
from huiyin.matters.models import Matter
from huiyin.matters.queries.haves import seven_haves
from huiyin.matters.queries.lights import light_of
from huiyin.matters.rules import OPEN, Have, SevenHaves, Shown
from huiyin.people.models import Unit

MOST = 100
"""Matters of a unit listed at most, the earliest due first; the counts are of those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One matter with its light and its seven haves."""

    matter: Matter
    shown: Shown
    haves: SevenHaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One have over all matters: how many have it, half of it, none of it."""

    name: str
    full: int
    half: int
    none: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHaves:
    """The page of one unit."""

    unit: Unit
    lines: list[Line]
    columns: list[Column]
    total: int

    @property
    def complete(self) -> int:
        """Matters that lack none of the seven."""
        lacking = (Have.HALF, Have.NONE)
        return sum(
            1 for line in self.lines if not any(h in lacking for _n, h, _w in line.haves.rows())
        )


def unit_haves(pk: int, *, viewer: Actor, today: date) -> UnitHaves:
    """The unit's open matters with their haves, as far as the viewer may see them; six queries."""
    unit = Unit.objects.visible_to(viewer).filter(pk=pk).first()
    seen = Matter.objects.visible_to(viewer).filter(lead_unit_id=pk, state__in=OPEN)
    if unit is None or not (viewer.sees_all or pk in viewer.unit_ids() or seen.exists()):
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    rows = seen.select_related("plan", "notice", "lead_unit").prefetch_related(
        "milestones", "reports", "verifications"
    )
    listed = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST])
    lines = [_line(matter, today) for matter in listed]
    total = len(listed) if len(listed) < MOST else seen.count()
    return UnitHaves(unit=unit, lines=lines, columns=_columns(lines), total=total)


def _line(matter: Matter, today: date) -> Line:
    return Line(
        matter=matter,
        shown=light_of(matter, today),
        haves=seven_haves(
            matter,
            plan=getattr(matter, "plan", None),
            milestones=list(matter.milestones.all()),
            reports=list(matter.reports.all()),
            checks=list(matter.verifications.all()),
            today=today,
        ),
    )


def _columns(lines: list[Line]) -> list[Column]:
    counts: dict[str, Counter[Have]] = {}
    for line in lines:
        for name, have, _words in line.haves.rows():
            counts.setdefault(str(name), Counter())[have] += 1
    return [
        Column(name=name, full=found[Have.FULL], half=found[Have.HALF], none=found[Have.NONE])
        for name, found in counts.items()
    ]
