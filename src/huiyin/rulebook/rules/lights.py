"""The light scheme: from when a matter is near its date, behind, or overdue. Comparisons only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.words import COLOURS, COPIED, LIGHTS, SHAPES, SIGNERS

_NOT_COUNTED = _("填0表示不计。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a light looks: shape, word and colour together, never colour alone.

    `slip` is the paper that goes with the colour (蓝单、黄单、红单), "" for none; `signer` signs it, the
    unit answers it within `answer_days` working days, and `copied_to` (`words.COPIED`) have a copy.
    """

    light: str
    word: str
    shape: str
    colour: str
    slip: str = ""
    signer: str = "none"
    answer_days: int = 0
    copied_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LightScheme:
    """Thresholds of three inputs: days left, progress against the plan, reports. 0 means: not counted.

    Days are calendar days, `report_late*` working days, `behind*` points of progress. A report late
    by `report_late` to `report_far` days, progress from `behind` points short of the plan, a
    milestone that has passed undone, `unchanged_reports` reports in a row without news, or one
    return at verification make a matter behind; more than `report_far` days or `behind_far` points
    make it gravely behind, which is red as passing its due date is.
    """

    name: str
    near_days: int
    near_days_urgent: int
    behind: int
    behind_far: int
    milestones: bool
    report_late: int
    report_far: int
    unchanged_reports: int
    returned_is_behind: bool
    marks: tuple[Mark, ...]

    def near_from(self, due_on: date, *, urgent: bool = False) -> date:
        """The first day on which a matter due on `due_on` is near its date."""
        return due_on - timedelta(days=self.near_days_urgent if urgent else self.near_days)

    def late_from(self, due_on: date) -> date:
        """The first day on which it is overdue: the day after it was due."""
        return due_on + timedelta(days=1)

    def mark(self, light: str) -> Mark:
        """The looks of a light."""
        return next(mark for mark in self.marks if mark.light == light)


def _scheme(body: Body) -> LightScheme:
    values = {name: value for name, value in body.items() if name != "rows"}
    marks = tuple(Mark(**{**row, "copied_to": tuple(row["copied_to"])}) for row in body["rows"])
    return LightScheme(marks=marks, **values)


def _check(body: Body) -> Problems:
    problems: Problems = {}
    if 0 < body["behind_far"] <= body["behind"]:
        problems["behind_far"] = [_now("应大于“滞后”的百分点。")]
    if 0 < body["report_far"] <= body["report_late"]:
        problems["report_far"] = [_now("应大于“滞后”的天数。")]
    for number, row in enumerate(body["rows"]):
        if row["slip"] and row["signer"] == "none":
            problems[f"rows-{number}-signer"] = [_now("发单要写明由谁签发。")]
    lacking = [str(label) for light, label in LIGHTS.items() if light not in _lights(body)]
    if lacking:
        problems["rows"] = [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]
    if len({row["shape"] for row in body["rows"]}) < len(body["rows"]):
        problems["rows"] = [_now("每盏灯的形状要各不相同，黑白打印也要分得清。")]
    return problems


def _lights(body: Body) -> set[str]:
    return {row["light"] for row in body["rows"]}


LIGHT_SCHEME: Sheet[LightScheme] = Sheet(
    code="lights",
    label=_("亮灯规则"),
    about=_("什么时候算临期、滞后、逾期。改动后按新规则重新计算。"),
    build=_scheme,
    values=(
        Column(name="name", label=_("规则名称"), kind=CellKind.TEXT),
        Column(
            name="near_days",
            label=_("临期：到期前几天（一般）"),
            kind=CellKind.INT,
            least=1,
            most=90,
        ),
        Column(
            name="near_days_urgent", label=_("临期：到期前几天（急件）"), kind=CellKind.INT, most=90
        ),
        Column(
            name="behind",
            label=_("滞后：进度落后几个百分点起"),
            kind=CellKind.INT,
            most=100,
            help=_NOT_COUNTED,
        ),
        Column(
            name="behind_far",
            label=_("严重滞后：落后几个百分点起"),
            kind=CellKind.INT,
            most=100,
            help=_NOT_COUNTED,
        ),
        Column(
            name="report_late",
            label=_("滞后：反馈迟交几个工作日起"),
            kind=CellKind.INT,
            most=60,
            help=_NOT_COUNTED,
        ),
        Column(
            name="report_far",
            label=_("严重滞后：反馈迟交超过几个工作日"),
            kind=CellKind.INT,
            most=90,
            help=_NOT_COUNTED,
        ),
        Column(
            name="unchanged_reports",
            label=_("滞后：连续几次反馈没有变化"),
            kind=CellKind.INT,
            most=12,
            help=_NOT_COUNTED,
        ),
        Column(
            name="milestones",
            label=_("办理方案有节点的，按节点算序时进度，节点逾期即为滞后"),
            kind=CellKind.FLAG,
        ),
        Column(name="returned_is_behind", label=_("核查退回一次即为滞后"), kind=CellKind.FLAG),
    ),
    rows=(
        Column(name="light", label=_("灯"), kind=CellKind.CHOICE, choices=LIGHTS),
        Column(name="word", label=_("显示的字"), kind=CellKind.TEXT),
        Column(name="shape", label=_("形状"), kind=CellKind.CHOICE, choices=SHAPES),
        Column(name="colour", label=_("颜色"), kind=CellKind.CHOICE, choices=COLOURS),
        Column(name="slip", label=_("发什么单"), kind=CellKind.TEXT, optional=True),
        Column(name="signer", label=_("由谁签发"), kind=CellKind.CHOICE, choices=SIGNERS),
        Column(
            name="answer_days",
            label=_("几个工作日内回应"),
            kind=CellKind.INT,
            most=60,
            optional=True,
        ),
        Column(name="copied_to", label=_("抄送"), kind=CellKind.SEVERAL, choices=COPIED),
    ),
    key=("light",),
    check=_check,
    grows=True,
)
