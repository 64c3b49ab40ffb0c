"""请再看一眼: a unit's report held against its matter, from the rows: see `answers` for the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from huiyin import clock
from huiyin.actors import Actor
from huiyin.ledger.models import Event
from huiyin.matters.answers import concerns, pressing
from huiyin.matters.models import Assignment, Matter, Report
from huiyin.matters.rules import AssignmentRole
from huiyin.matters.rules.concerns import Concern, Demand, Said

BEFORE = 3
"""Earlier reports of the same unit that a text is compared with."""


def demand_of(matter: Matter) -> Demand:
    """What holds now; an amount or a day that was changed by decision is held to as changed."""
    return Demand(
        words=f"{matter.goal}\n{matter.acceptance}",
        quantity=matter.quantity,
        unit=matter.quantity_unit,
        due_on=None if matter.is_standing else matter.due_on,
    )


def at_report(
    assignment: Assignment,
    *,
    text: str,
    today: date,
    plans: str = "",
    completion: bool = False,
    percent: int | None = None,
    amount: Decimal | None = None,
) -> list[Concern]:
    """The questions put to a unit about what it is about to report on its part."""
    before = list(assignment.reports.all()[:BEFORE])
    said = Said(text=text, plans=plans, completion=completion, percent=percent, amount=amount)
    found = _asked(assignment, before, said, today)
    return pressing(found, completion=completion)


def of_claim(matter: Matter, claim: Report | None) -> list[Concern]:
    """The questions about a report that stands, as of the day it was sent."""
    if claim is None:
        return []
    earlier = matter.reports.filter(assignment_id=claim.assignment_id).exclude(pk__gte=claim.pk)
    claim.assignment.matter = matter
    said = Said(
        text=claim.text,
        plans=claim.next_step,
        completion=claim.kind == Report.Kind.COMPLETION,
        percent=claim.percent,
        amount=claim.amount,
    )
    on = clock.day_of(claim.reported_at)
    return _asked(claim.assignment, list(earlier[:BEFORE]), said, on)


def already_sent(actor: Actor, key: str) -> bool:
    """Whether a request of this key has been done before."""
    rows = Event.objects.filter(jurisdiction_id=actor.jurisdiction_id, request=key)
    return bool(rows.exists())


def _asked(
    assignment: Assignment,
    before: Sequence[Report],
    said: Said,
    today: date,
) -> list[Concern]:
    lead = assignment.role == AssignmentRole.LEAD
    said = replace(
        said,
        earlier=[row.text for row in before],
        earlier_percent=next((row.percent for row in before if row.percent is not None), None),
        earlier_amount=next((row.amount for row in before if row.amount is not None), None),
    )
    return concerns(said, demand_of(assignment.matter) if lead else None, today=today)
