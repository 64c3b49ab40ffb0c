"""Rules of checks beyond the claim: draws, the look back at the effect, and the strike-off of problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.calendar import add_months
from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.words import CHECKED_KINDS

ENDING_KINDS = {kind: label for kind, label in CHECKED_KINDS.items() if kind != "standing"}
"""Kinds of matters that end, and so may be looked back at; a standing one is checked at its interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How many matters a draw takes, by when they are checked, what was checked too lately to be drawn."""

    share: int
    at_least: int
    days: int
    not_again: int

    def size(self, population: int) -> int:
        """How many of a population are drawn: the share of it, at least so many, at most all."""
        return min(population, max(self.at_least, ceil(population * self.share / 100)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Months after closing when one looks whether it had an effect; kinds without are not looked at."""

    months: Mapping[str, int] = field(default_factory=dict)

    def look_on(self, kind: str, closed_on: date) -> date | None:
        """The day of the look back at a matter closed on a day; None when the rule wants none."""
        months = self.months.get(kind, 0)
        return add_months(closed_on, months) if months else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOffRule:
    """Whether a problem is struck off by signature and publication, and for how many working days."""

    required: bool
    publish_days: int


def _all_kinds_looked_at(body: Body) -> Problems:
    there = {row["kind"] for row in body["rows"]}
    lacking = [str(label) for kind, label in ENDING_KINDS.items() if kind not in there]
    if not lacking:
        return {}
    return {"rows": [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]}


DRAWS: Sheet[Draws] = Sheet(
    code="draws",
    label=_("抽查"),
    about=_("随机抽多少、几天内查完、多久内查过的不再抽。"),
    build=lambda body: Draws(**body),
    values=(
        Column(name="share", label=_("抽取比例（%）"), kind=CellKind.INT, least=1, most=100),
        Column(name="at_least", label=_("至少抽几件"), kind=CellKind.INT, least=1, most=200),
        Column(name="days", label=_("几个工作日内查完"), kind=CellKind.INT, least=1, most=60),
        Column(name="not_again", label=_("多少天内查过的不再抽"), kind=CellKind.INT, most=365),
    ),
)

EFFECTS: Sheet[Effects] = Sheet(
    code="effects",
    label=_("见效回头看"),
    about=_("办结之后几个月回头看有没有见效。"),
    build=lambda body: Effects(months={row["kind"]: row["months"] for row in body["rows"]}),
    rows=(
        Column(name="kind", label=_("性质"), kind=CellKind.CHOICE, choices=ENDING_KINDS),
        Column(name="months", label=_("办结后几个月（0 为不看）"), kind=CellKind.INT, most=36),
    ),
    key=("kind",),
    check=_all_kinds_looked_at,
)

STRIKE_OFF: Sheet[StrikeOffRule] = Sheet(
    code="strike_off",
    label=_("整改销号"),
    about=_("问题整改：申请、核查、领导签字、内部公示、备案，一步不少。"),
    build=lambda body: StrikeOffRule(**body),
    values=(
        Column(name="required", label=_("整改事项须经签字、公示才能销号"), kind=CellKind.FLAG),
        Column(
            name="publish_days", label=_("公示几个工作日（0 为不公示）"), kind=CellKind.INT, most=30
        ),
    ),
)
