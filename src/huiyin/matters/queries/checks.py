"""核查: what waits for the office after a unit has spoken, in order of consequence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.matters.models import (
    CloseOut,
    DrawnCheck,
    HandBack,
    Matter,
    Report,
    StrikeOff,
)
from huiyin.matters.queries.drawing import waiting_drawn, waiting_effects, waiting_strike_offs
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.planned import know_plans
from huiyin.matters.queries.shaping import without_parts
from huiyin.matters.rules import ON_ITS_WAY, MatterState, Nature, Shown

MOST = 100
"""Lines of one kind; the count says when there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A matter that waits, with its light and what the unit said last."""

    matter: Matter
    shown: Shown
    claim: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Everything that waits, by kind; the counts are of all, the lists of at most MOST each."""

    submitted: list[Waiting]
    unfinished: list[Waiting]
    objections: list[HandBack]
    standing: list[Waiting]
    answers: list[CloseOut]
    strike_offs: list[StrikeOff]
    drawn: list[DrawnCheck]
    effects: list[Matter]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def checks(*, viewer: Actor, today: date) -> Checks:
    """What waits to be verified, accepted, ruled, checked and recorded as delivered."""
    seen: QuerySet[Matter] = Matter.objects.visible_to(viewer)
    if not viewer.has(*UNIT_STAFF):  # parts are verified by the unit that arranged them
        seen = without_parts(seen, viewer)
    mine = seen.select_related("lead_unit", "notice")
    submitted = mine.filter(state=MatterState.SUBMITTED).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    # A rectification on its way to be struck off stands in a list of its own.
    by_steps = StrikeOff.objects.filter(state__in=ON_ITS_WAY)
    unfinished = (
        mine.filter(state__in=(MatterState.VERIFIED, MatterState.ACCEPTED))
        .exclude(pk__in=by_steps.values("matter_id"))
        .order_by("moved_at")
    )
    standing = mine.filter(
        state=MatterState.UNDER_WAY, nature=Nature.STANDING, next_check_on__lte=today
    ).order_by("next_check_on", "pk")
    objections = HandBack.objects.filter(
        ruling=HandBack.Ruling.PENDING, assignment__matter__in=Matter.objects.visible_to(viewer)
    ).select_related(
        "assignment__unit", "assignment__matter__lead_unit", "assignment__matter__notice"
    )
    answers = CloseOut.objects.filter(
        delivered_at=None, matter__in=Matter.objects.visible_to(viewer)
    ).select_related("matter__notice")
    listed: dict[str, list[Any]] = {
        "submitted": list(submitted[:MOST]),
        "unfinished": list(unfinished[:MOST]),
        "objections": list(objections.order_by("raised_at")[:MOST]),
        "standing": list(standing[:MOST]),
        "answers": list(answers.order_by("answered_at")[:MOST]),
    }
    whole: dict[str, Any] = {
        "submitted": submitted,
        "unfinished": unfinished,
        "objections": objections,
        "standing": standing,
        "answers": answers,
    }
    strike_offs = waiting_strike_offs(viewer=viewer, today=today)
    drawn, effects = waiting_drawn(viewer=viewer), waiting_effects(viewer=viewer, today=today)
    know_plans([*listed["submitted"], *listed["unfinished"], *listed["standing"]], today)
    counts = {name: _count(rows, whole[name]) for name, rows in listed.items()}
    return Checks(
        submitted=_with_claims(listed["submitted"], today),
        unfinished=[Waiting(matter=m, shown=light_of(m, today)) for m in listed["unfinished"]],
        objections=listed["objections"],
        standing=[Waiting(matter=m, shown=light_of(m, today)) for m in listed["standing"]],
        answers=listed["answers"],
        strike_offs=strike_offs,
        drawn=list(drawn),
        effects=effects,
        counts=counts
        | {"strike_offs": len(strike_offs), "drawn": len(drawn), "effects": len(effects)},
    )


def _count(listed: list[Any], rows: Any) -> int:
    """How many there are; asked of the database only when the list was cut."""
    return len(listed) if len(listed) < MOST else rows.count()


def _with_claims(matters: Iterable[Matter], today: date) -> list[Waiting]:
    """Each submitted matter with the unit's claim: two queries for all."""
    rows = list(matters)
    claims: dict[int, Report] = {}
    said = Report.objects.filter(matter__in=[m.pk for m in rows], kind=Report.Kind.COMPLETION)
    for report in said.order_by("reported_at"):
        claims[report.matter_id] = report
    return [Waiting(matter=m, shown=light_of(m, today), claim=claims.get(m.pk)) for m in rows]
