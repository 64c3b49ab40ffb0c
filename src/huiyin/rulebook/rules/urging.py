"""The urging ladder (催办): on which day whom, with which slip, and how long until the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.calendar import Calendar
from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.units import unit_of_time
from huiyin.rulebook.rules.words import COLOURS, SOURCES

CLOCKS: Mapping[str, Promise] = {
    "due": _("办结时限"),
    "report": _("应反馈日"),
    "sign": _("交办日"),
    "consult": _("意见期限"),
    "check": _("应检查日"),
}
"""What the days of a step are counted from."""
RUNGS: Mapping[str, Promise] = {
    "liaison": _("联络员"),
    "head": _("单位负责人"),
    "leader": _("分管领导"),
    "principal": _("主要领导"),
    "office": _("督查室"),
}
"""Whom a step is addressed to, the lowest first."""
WHICH: Mapping[str, Promise] = {
    "any": _("不分缓急"),
    "normal": _("一般"),
    "urgent": _("急件、特急"),
}
SLIPS: Mapping[str, Promise] = {name: COLOURS[name] for name in ("blue", "amber", "red")}
BY: Mapping[str, Promise] = {"clock": _("按规则自动催办"), "hand": _("只由人催办")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of the ladder: `days` from the day the clock names, negative before it."""

    clock: str
    days: int
    unit: str
    which: str
    to: str
    slip: str
    basis: str

    def fits(self, urgency: str) -> bool:
        """Whether the step is meant for a matter of that urgency."""
        return self.which in ("any", "normal" if urgency == "normal" else "urgent")

    def day(self, base: date, days: Calendar) -> date:
        """The day of the step for a clock that counts from `base`."""
        if self.unit == "working" and self.days > 0:
            return days.add_working_days(base, self.days)[0]
        return base + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """The ladder with its manners: the hour, holidays, cool-down, and whether what goes well is urged.

    A step missed (machine off, cool-down) is made up for within `catch_up` days, later never.
    """

    hour: int
    cool_down: int
    catch_up: int
    healthy: bool
    workdays_only: bool
    steps: tuple[Step, ...]

    def runs_on(self, day: date, days: Calendar) -> bool:
        """Whether the clock urges at all on that day."""
        return not self.workdays_only or days.on_or_after(day)[0] == day

    def sent_on(self, step: Step, base: date, days: Calendar) -> date:
        """The day on which a step is really sent: its own, or the next working day."""
        day = step.day(base, days)
        return days.on_or_after(day)[0] if self.workdays_only else day


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingScope:
    """Which kinds of source the clock leaves to people (practice: auto-urge only for chosen flows)."""

    by_hand: frozenset[str]


def _urging(body: Body) -> Urging:
    values = {name: value for name, value in body.items() if name != "rows"}
    return Urging(steps=tuple(Step(**row) for row in body["rows"]), **values)


def _check(body: Body) -> Problems:
    problems: Problems = {}
    for number, row in enumerate(body["rows"]):
        if row["days"] < 0 and row["clock"] not in ("due", "consult"):
            problems[f"rows-{number}-days"] = [_now("只有办结时限、征求意见期限可以提前催办。")]
        elif row["days"] < 0 and row["unit"] == "working":
            problems[f"rows-{number}-unit"] = [_now("到期以前的，按天数算。")]
        if (row["to"] == "office") != (row["clock"] == "check"):
            problems[f"rows-{number}-to"] = [_now("应检查的提醒督查室，其余的催办承办一方。")]
    return problems


URGING: Sheet[Urging] = Sheet(
    code="urging",
    label=_("催办阶梯"),
    about=_("到哪一天催谁。临近、到期、逾期逐级向上；已办结、撤销、并入、中止的一律不催。"),
    build=_urging,
    values=(
        Column(name="hour", label=_("每天几点催办"), kind=CellKind.INT, most=23),
        Column(
            name="cool_down",
            label=_("同一事项对同一人，间隔几天才能再催"),
            kind=CellKind.INT,
            least=1,
            most=60,
        ),
        Column(name="catch_up", label=_("错过的催办，几天以内补发"), kind=CellKind.INT, most=30),
        Column(name="healthy", label=_("进度正常的事项，到期以前也催"), kind=CellKind.FLAG),
        Column(name="workdays_only", label=_("只在工作日催办"), kind=CellKind.FLAG),
    ),
    rows=(
        Column(name="clock", label=_("从哪天算"), kind=CellKind.CHOICE, choices=CLOCKS),
        Column(
            name="days",
            label=_("第几天"),
            kind=CellKind.INT,
            least=-90,
            most=180,
            help=_("负数是到期以前。"),
        ),
        unit_of_time("calendar", "working"),
        Column(name="which", label=_("缓急"), kind=CellKind.CHOICE, choices=WHICH),
        Column(name="to", label=_("催谁"), kind=CellKind.CHOICE, choices=RUNGS),
        Column(name="slip", label=_("单色"), kind=CellKind.CHOICE, choices=SLIPS),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("clock", "days", "which", "to"),
    check=_check,
)

URGING_SCOPE: Sheet[UrgingScope] = Sheet(
    code="urging_scope",
    label=_("催办范围"),
    about=_("哪些来源的事项按阶梯自动催办，哪些只由人催办。没有列出的自动催办。"),
    build=lambda body: UrgingScope(
        by_hand=frozenset(row["source"] for row in body["rows"] if row["by"] == "hand")
    ),
    rows=(
        Column(name="source", label=_("来源"), kind=CellKind.CHOICE, choices=SOURCES),
        Column(name="by", label=_("怎么催"), kind=CellKind.CHOICE, choices=BY),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("source",),
)
