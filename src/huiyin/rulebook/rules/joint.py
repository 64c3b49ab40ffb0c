"""Rules of working together: when a supporting unit's part is due, when a consultation slip is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.calendar import Calendar, add_months
from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.units import unit_of_time
from huiyin.rulebook.rules.words import SOURCES

SLIPS: Mapping[str, Promise] = {
    "opinion": _("征求意见"),
    "countersign": _("会签"),
    "disclosure": _("政府信息公开征求意见"),
}
"""What another unit may be asked for; each kind has its own limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointHandling:
    """A supporting unit's part is due some days before the whole; for some sources, months after dispatch."""

    before_days: int
    months: Mapping[str, int] = field(default_factory=dict)

    def part_due(self, *, source: str, start: date, due_on: date | None) -> date | None:
        """When a part sent on `start` is due; None for a part of what has no due day."""
        if due_on is None:
            return None
        months = self.months.get(source)
        if months:
            return min(add_months(start, months), due_on)
        before = due_on - timedelta(days=self.before_days)
        return before if before > start else due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """The limit of one kind of slip, and whether silence is consent after it."""

    kind: str
    days: int
    unit: str
    silence_consents: bool
    basis: str

    def due_on(self, start: date, days: Calendar) -> date:
        """The last day for the answer to a slip sent on `start`, which is not counted."""
        if self.unit == "working":
            return days.add_working_days(start, self.days)[0]
        return start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulting:
    """The rows by kind (`SLIPS`)."""

    rows: tuple[SlipRow, ...]

    def row_for(self, kind: str) -> SlipRow:
        return next(row for row in self.rows if row.kind == kind)


def _joint(body: Body) -> JointHandling:
    months = {row["source"]: row["months"] for row in body["rows"]}
    return JointHandling(before_days=body["before_days"], months=months)


def _consulting(body: Body) -> Consulting:
    return Consulting(rows=tuple(SlipRow(**row) for row in body["rows"]))


def _every_kind_of_slip(body: Body) -> Problems:
    there = {row["kind"] for row in body["rows"]}
    lacking = [str(label) for kind, label in SLIPS.items() if kind not in there]
    if not lacking:
        return {}
    return {"rows": [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]}


JOINT_HANDLING: Sheet[JointHandling] = Sheet(
    code="joint_handling",
    label=_("会办"),
    about=_("配合单位那一份什么时候反馈：比事项时限早几天；有的来源从交办起按月算。"),
    build=_joint,
    values=(Column(name="before_days", label=_("比事项时限早几天"), kind=CellKind.INT, most=60),),
    rows=(
        Column(name="source", label=_("来源"), kind=CellKind.CHOICE, choices=SOURCES),
        Column(name="months", label=_("交办后几个月"), kind=CellKind.INT, least=1, most=12),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("source",),
)

CONSULTING: Sheet[Consulting] = Sheet(
    code="consulting",
    label=_("征求意见和会签"),
    about=_("被征求意见的单位几天内答复；逾期未复不算同意，规则写明视为同意的除外。"),
    build=_consulting,
    rows=(
        Column(name="kind", label=_("种类"), kind=CellKind.CHOICE, choices=SLIPS),
        Column(name="days", label=_("期限"), kind=CellKind.INT, least=1, most=60),
        unit_of_time("working", "calendar"),
        Column(name="silence_consents", label=_("逾期未复视为同意"), kind=CellKind.FLAG),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("kind",),
    check=_every_kind_of_slip,
)
