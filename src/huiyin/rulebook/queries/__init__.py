"""Reads of the rulebook: the version in force on a day, and the proposals rules make.

Which version is in force is asked of the database each time; a page that needs many answers asks
once, through `book`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.rulebook.models import Rule, RuleVersion
from huiyin.rulebook.queries.bodies import InForce, brought_up, kept_lights
from huiyin.rulebook.queries.books import Book
from huiyin.rulebook.queries.proposals import DueProposal, IntervalProposal, Proposal, source_label
from huiyin.rulebook.rules import (
    ACCEPTANCE,
    APPROVAL,
    CHECKS,
    DUE_DEFAULTS,
    HOLIDAYS,
    INTERVALS,
    SHEETS,
    TIME_LIMITS,
    Calendar,
    Change,
    differences,
)

__all__ = [
    "Book",
    "DueProposal",
    "InForce",
    "IntervalProposal",
    "Proposal",
    "VersionLine",
    "acceptance_default",
    "approver",
    "book",
    "brought_up",
    "calendar",
    "check_default",
    "due_default",
    "history",
    "in_force",
    "interval_default",
    "kept_lights",
    "rules_of",
    "source_label",
]


def book(jurisdiction_id: int, *codes: str) -> Book:
    """All rules of a jurisdiction (or those named) in one query, for a page with many cells."""
    return Book(jurisdiction_id, codes)


def in_force(jurisdiction_id: int, code: str, on: date) -> InForce[Any]:
    """The rule of a code as it stands on a day; as shipped when it was never adopted."""
    return Book(jurisdiction_id, [code]).stands(SHEETS[code], on)


def calendar(jurisdiction_id: int, *, on: date) -> Calendar:
    """The working days known on a day."""
    return Book(jurisdiction_id, [HOLIDAYS.code]).calendar(on)


def due_default(
    jurisdiction_id: int, *, source_kind: str, urgency: str = "normal", start: date
) -> DueProposal:
    """See `Book.due_default`."""
    asked = Book(jurisdiction_id, [DUE_DEFAULTS.code, TIME_LIMITS.code, HOLIDAYS.code])
    return asked.due_default(source_kind=source_kind, urgency=urgency, start=start)


def interval_default(jurisdiction_id: int, *, start: date) -> IntervalProposal:
    """See `Book.interval_default`."""
    return Book(jurisdiction_id, [INTERVALS.code]).interval_default(start=start)


def check_default(jurisdiction_id: int, *, kind: str, on: date) -> Proposal:
    """See `Book.check_default`."""
    return Book(jurisdiction_id, [CHECKS.code]).check_default(kind=kind, on=on)


def acceptance_default(jurisdiction_id: int, *, quoted: str, on: date) -> Proposal:
    """See `Book.acceptance_default`."""
    return Book(jurisdiction_id, [ACCEPTANCE.code]).acceptance_default(quoted=quoted, on=on)


def approver(jurisdiction_id: int, *, source_kind: str, on: date) -> Proposal:
    """See `Book.approver`."""
    return Book(jurisdiction_id, [APPROVAL.code]).approver(source_kind=source_kind, on=on)


def rules_of(jurisdiction_id: int) -> list[Rule]:
    """Every rule of a jurisdiction, in the order of the settings."""
    order = {code: place for place, code in enumerate(SHEETS)}
    rows = Rule.objects.filter(jurisdiction_id=jurisdiction_id, code__in=order)
    return sorted(rows, key=lambda rule: order[rule.code])


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of a rule as its history shows it: what it changed against the one before."""

    version: RuleVersion
    changes: list[Change]


def history(rule: Rule) -> list[VersionLine]:
    """Every version of a rule, the newest first, each with what it changed."""
    versions = list(rule.versions.order_by("-number"))
    sheet = SHEETS[rule.code]
    befores: list[RuleVersion | None] = [*versions[1:], None]
    return [
        VersionLine(
            version=version,
            changes=differences(
                sheet, brought_up(sheet, before.body), brought_up(sheet, version.body)
            )
            if before
            else [],
        )
        for version, before in zip(versions, befores, strict=True)
    ]
