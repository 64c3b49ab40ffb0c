"""Reporting rhythm: how often a unit is asked, healthy matters less and red ones more; when asking again is one too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.calendar import Calendar
from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.words import ANY_SOURCE, RHYTHMS, SOURCES, URGENCIES

DAYS = {"weekly": 7, "half_monthly": 15, "monthly": 30, "quarterly": 90}
"""Calendar days between two reports before any factor; `once` and `milestone` are not counted in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmRow:
    """The rhythm of matters from a source, of an urgency, that last `length` days or more."""

    source: str
    urgency: str
    length: int
    rhythm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythms:
    """Rows, the factor in percent by light, and its bounds; what makes asking again worth a reason.

    `enough_days`: a report newer than that is shown first to who asks again. `ask_days`: working
    days until a report asked for is due. `same`: a healthy unit may say “没有变化” in one click.
    """

    ontime: int
    near: int
    behind: int
    red: int
    at_least: int
    at_most: int
    same: bool
    enough_days: int
    ask_days: int
    rows: tuple[RhythmRow, ...]

    def rhythm(self, *, source: str, urgency: str, length: int) -> str:
        """The rhythm for a matter: of the rows that fit, its own source first, then the longest."""
        fitting = [
            row
            for row in self.rows
            if row.source in (source, ANY_SOURCE)
            and row.urgency == urgency
            and row.length <= length
        ]
        best = max(fitting, key=lambda row: (row.source == source, row.length), default=None)
        return best.rhythm if best else "once"

    def gap(self, rhythm: str, light: str) -> int | None:
        """Days to the next report under a light (`ontime`, `near`, `behind`, `red`); None: not counted in days."""
        base = DAYS.get(rhythm)
        if base is None:
            return None
        percent = {"ontime": self.ontime, "near": self.near, "behind": self.behind, "red": self.red}
        days = base * percent.get(light, 100) // 100
        return min(max(days, self.at_least), max(self.at_most, base))

    def next_on(self, start: date, rhythm: str, light: str, days: Calendar) -> date | None:
        """The day of the next report, a day on which people work."""
        gap = self.gap(rhythm, light)
        return None if gap is None else days.on_or_after(start + timedelta(days=gap))[0]


def _build(body: Body) -> Rhythms:
    values = {name: value for name, value in body.items() if name != "rows"}
    return Rhythms(rows=tuple(RhythmRow(**row) for row in body["rows"]), **values)


def _red_is_asked_no_less(body: Body) -> Problems:
    """Healthy matters are asked less often, red ones more: never the other way round."""
    order = ("ontime", "near", "behind", "red")
    for calmer, graver in pairwise(order):
        if body[graver] > body[calmer]:
            return {graver: [_now("越不正常的应当问得越勤，不能比前一项大。")]}
    if body["at_most"] < body["at_least"]:
        return {"at_most": [_now("应不少于最少天数。")]}
    return {}


def _percent(name: str, label: object) -> Column:
    return Column(name=name, label=label, kind=CellKind.INT, least=10, most=400)  # type: ignore[arg-type]


RHYTHM: Sheet[Rhythms] = Sheet(
    code="rhythm",
    label=_("反馈频次"),
    about=_("有时限的事项多久反馈一次：正常的少问，滞后的多问；近期报过的，再要须说明理由。"),
    build=_build,
    values=(
        _percent("ontime", _("按期的，间隔为平时的百分之几")),
        _percent("near", _("临期的，间隔为平时的百分之几")),
        _percent("behind", _("滞后的，间隔为平时的百分之几")),
        _percent("red", _("逾期和严重滞后的，间隔为平时的百分之几")),
        Column(name="at_least", label=_("间隔最少几天"), kind=CellKind.INT, least=1, most=30),
        Column(name="at_most", label=_("间隔最多几天"), kind=CellKind.INT, least=7, most=365),
        Column(
            name="enough_days",
            label=_("几天内报过的，再要情况须说明为什么不够"),
            kind=CellKind.INT,
            most=90,
        ),
        Column(
            name="ask_days",
            label=_("要情况的，几个工作日内报"),
            kind=CellKind.INT,
            least=1,
            most=30,
        ),
        Column(name="same", label=_("按期的可以一键报“没有变化”"), kind=CellKind.FLAG),
    ),
    rows=(
        Column(
            name="source",
            label=_("来源"),
            kind=CellKind.CHOICE,
            choices={ANY_SOURCE: _("各类来源"), **SOURCES},
        ),
        Column(name="urgency", label=_("缓急"), kind=CellKind.CHOICE, choices=URGENCIES),
        Column(name="length", label=_("办理期限不少于几天"), kind=CellKind.INT, most=730),
        Column(name="rhythm", label=_("反馈频次"), kind=CellKind.CHOICE, choices=RHYTHMS),
    ),
    key=("source", "urgency", "length"),
    check=_red_is_asked_no_less,
)
