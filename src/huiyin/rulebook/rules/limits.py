"""Time limits: due dates by kind of source, intervals of standing matters, the objection window."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.units import unit_of_time
from huiyin.rulebook.rules.words import (
    CLOCKS,
    FREQUENCIES,
    SOURCES,
    UNITS_OF_TIME,
    URGENCIES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """Days from the start (not counted) for one kind of source at one urgency.

    `unit` is `calendar`, `working`, `months` or `year_end`: the 31st of December, or that of the
    next year when fewer than `days` days are left. Or it is a clock of the sheet of legal limits
    (`words.CLOCKS`), which says how long and by which article; a number stands in one sheet only.
    """

    source: str
    urgency: str
    days: int
    unit: str
    basis: str

    @property
    def clock(self) -> str:
        """The legal limit the row goes by; "" when it has a number of its own."""
        return self.unit if self.unit in CLOCKS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDefaults:
    """Default due dates; `roll` moves one that falls on a holiday to the next working day."""

    rows: tuple[DueRow, ...]
    roll: bool

    def row_for(self, source: str, urgency: str) -> DueRow:
        """The row for a source and urgency; that of normal urgency when none is more exact."""
        found = {(row.source, row.urgency): row for row in self.rows}
        return found.get((source, urgency)) or found[source, "normal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """How often a standing matter is reported and checked; `at_least` days before the first report."""

    report: str
    check: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWindow:
    """How long after signing a unit may hand a matter back."""

    days: int
    unit: str


def _due(body: Body) -> DueDefaults:
    return DueDefaults(rows=tuple(DueRow(**row) for row in body["rows"]), roll=body["roll"])


def _due_problems(body: Body) -> Problems:
    return _every_source_has_a_normal_row(body) | _numbers_stand_in_one_sheet(body)


def _numbers_stand_in_one_sheet(body: Body) -> Problems:
    problems: Problems = {}
    for number, row in enumerate(body["rows"]):
        if row["unit"] in CLOCKS and row["days"]:
            problems[f"rows-{number}-days"] = [_now("按法定时限的不填天数，以法定时限为准。")]
        if row["unit"] not in CLOCKS and not row["days"]:
            problems[f"rows-{number}-days"] = [_now("请填整数。")]
    return problems


def _every_source_has_a_normal_row(body: Body) -> Problems:
    there = {row["source"] for row in body["rows"] if row["urgency"] == "normal"}
    lacking = [str(label) for source, label in SOURCES.items() if source not in there]
    if not lacking:
        return {}
    return {
        "rows": [_now("缺少“一般”时限的来源：%(names)s。") % {"names": _now("、").join(lacking)}]
    }


DUE_DEFAULTS: Sheet[DueDefaults] = Sheet(
    code="due_defaults",
    label=_("时限默认"),
    about=_("原话没有写明时限时，按来源和缓急给出建议时限。"),
    build=_due,
    values=(
        Column(name="roll", label=_("届满日遇节假日的，顺延到下一个工作日"), kind=CellKind.FLAG),
    ),
    rows=(
        Column(name="source", label=_("来源"), kind=CellKind.CHOICE, choices=SOURCES),
        Column(name="urgency", label=_("缓急"), kind=CellKind.CHOICE, choices=URGENCIES),
        Column(name="days", label=_("期限"), kind=CellKind.INT, least=1, most=730, optional=True),
        replace(
            unit_of_time(*UNITS_OF_TIME),
            choices={
                **UNITS_OF_TIME,
                **{
                    code: format_lazy(_("按法定时限：{what}"), what=CLOCKS[code]) for code in CLOCKS
                },
            },
        ),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("source", "urgency"),
    check=_due_problems,
    grows=True,
)

INTERVALS: Sheet[Intervals] = Sheet(
    code="intervals",
    label=_("长期事项周期"),
    about=_("没有办结点的事项多久报一次、多久核查一次。"),
    build=lambda body: Intervals(**body),
    values=(
        Column(name="report", label=_("反馈周期"), kind=CellKind.CHOICE, choices=FREQUENCIES),
        Column(name="check", label=_("核查周期"), kind=CellKind.CHOICE, choices=FREQUENCIES),
        Column(
            name="at_least",
            label=_("首次反馈前至少天数"),
            kind=CellKind.INT,
            most=180,
            help=_("交办离周期末不足这个天数的，首次反馈放到下一个周期末。"),
        ),
    ),
)

OBJECTION_WINDOW: Sheet[ObjectionWindow] = Sheet(
    code="objection_window",
    label=_("异议期"),
    about=_("签收后多久内可以提出“不属于本单位”并退回。"),
    build=lambda body: ObjectionWindow(**body),
    values=(
        Column(name="days", label=_("期限"), kind=CellKind.INT, least=1, most=60),
        unit_of_time("working", "calendar"),
    ),
)
