"""What a rule proposes for a cell, with the sentence that explains it and the rule behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.errors import Words
from huiyin.rulebook.queries.bodies import InForce
from huiyin.rulebook.rules import DueRow, TimeLimit, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value a rule proposes, with the sentence that explains it and the rule behind it."""

    value: str
    label: Words
    why: str
    rule: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueProposal:
    """A proposed due date; `flagged` when it was counted in a year without a holiday table.

    `unit` is what it was counted in; `limit` is the legal limit it goes by, when it does.
    """

    on: date
    why: str
    rule: str
    number: int
    flagged: bool
    unit: str
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalProposal:
    """A proposed rhythm: report and check intervals and the day of the first report."""

    freq: str
    check: str
    first_on: date
    label: Words
    why: str
    rule: str
    number: int


def source_label(kind: str) -> Words:
    """`minutes` → 会议纪要; the code itself when unknown."""
    return words.SOURCES.get(kind, kind)


def due_words(row: DueRow) -> str:
    """`会议纪要事项20天`, `领导批示急件3个工作日`, `政府工作报告事项到年底`."""
    what = _("事项") if row.urgency == "normal" else words.URGENCIES[row.urgency]
    if row.unit == "year_end":
        return _("%(source)s%(what)s到年底") % {"source": source_label(row.source), "what": what}
    amounts = {"source": source_label(row.source), "what": what, "n": row.days}
    if row.unit == "months":
        return _("%(source)s%(what)s%(n)d个月") % amounts
    if row.unit == "working":
        return _("%(source)s%(what)s%(n)d个工作日") % amounts
    return _("%(source)s%(what)s%(n)d天") % amounts


def due_proposal(
    rule: InForce[Any],
    row: DueRow | TimeLimit,
    what: str,
    end: tuple[date, bool],
    *,
    clock: str = "",
) -> DueProposal:
    """The day a row of a rule ends on, with why; `end` says whether a year without holidays was counted in."""
    on, flagged = end
    why = _("%(what)s，%(rule)s") % {"what": what, "rule": rule.cited}
    if row.basis:
        why = _("%(why)s（%(basis)s）") % {"why": why, "basis": row.basis}
    if flagged:
        why = _("%(why)s；%(year)d年节假日未定") % {"why": why, "year": on.year}
    return DueProposal(
        on=on,
        why=why,
        rule=rule.code,
        number=rule.number,
        flagged=flagged,
        unit=row.unit,
        limit=clock,
    )


def proposal(rule: InForce[Any], value: str, label: Words, about: Words) -> Proposal:
    """A value a rule proposes, explained by what it is about and the version of the rule."""
    why = _("%(about)s，%(rule)s") % {"about": about, "rule": rule.cited}
    return Proposal(value=value, label=label, why=why, rule=rule.code, number=rule.number)
