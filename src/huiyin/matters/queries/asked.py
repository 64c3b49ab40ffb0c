"""What was asked about a matter and waits for somebody's answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import (
    Consultation,
    Coordination,
    DrawnCheck,
    Matter,
    Referral,
    ReportRequest,
    Slip,
    StrikeOff,
    Suspension,
    Variation,
)
from huiyin.matters.rules import ON_ITS_WAY, AskState, DrawnState, Ruling, SlipState

WAITING: tuple[tuple[Any, dict[str, object]], ...] = (
    (Variation, {"ruling": Ruling.PENDING}),
    (Suspension, {"resumed_on": None}),
    (Referral, {"ruling": Ruling.PENDING}),
    (Consultation, {"state": AskState.OPEN}),
    (Coordination, {"state": AskState.OPEN}),
    (ReportRequest, {"state": AskState.OPEN}),
    (DrawnCheck, {"state": DrawnState.OPEN}),
    (StrikeOff, {"state__in": ON_ITS_WAY}),
    (Slip, {"state__in": (SlipState.WAITING, SlipState.ISSUED), "received_at": None}),
)
"""Kinds of rows that wait, and which of them still do."""

REMEMBERED: tuple[Any, ...] = (Variation, Suspension, Slip)
"""Kinds of rows that the page shows for ever, once there are any."""


def flagged(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """The matters, each knowing which kinds of rows wait on it or ever stood, without a query more."""
    waits = {_flag(kind): Exists(_rows(kind, which)) for kind, which in WAITING}
    had = {f"had_{kind._meta.model_name}": Exists(_rows(kind, {})) for kind in REMEMBERED}
    return rows.annotate(**waits, **had)


def asked(matter: Matter) -> list[OfficeFact]:
    """Rows that wait for an answer on a `flagged` matter: one query for each kind that is there."""
    found: list[Any] = []
    for kind, which in WAITING:
        if getattr(matter, _flag(kind)):
            found.extend(kind._default_manager.filter(matter=matter, **which))
    for row in found:
        row.matter = matter
    return found


def _flag(kind: Any) -> str:
    """`waits_referral`: the name under which a flagged matter knows that a row of a kind waits."""
    return f"waits_{kind._meta.model_name}"


def _rows(kind: Any, which: dict[str, object]) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind._default_manager.filter(matter=OuterRef("pk"), **which)
    return rows
