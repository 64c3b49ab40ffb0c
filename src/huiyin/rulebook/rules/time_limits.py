"""Time limits that a law or local rule sets, each with its article; what may extend it, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.errors import Refusal
from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Sheet
from huiyin.rulebook.rules.units import unit_of_time
from huiyin.rulebook.rules.words import CLOCKS, FIELDS, FIELDS_OF


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One clock: how long, how much longer it may become (0: not at all), and its article."""

    clock: str
    days: int
    unit: str
    extension: int
    basis: str

    @property
    def label(self) -> str:
        """信访事项办结60天."""
        amount = {"what": CLOCKS[self.clock], "n": self.days}
        match self.unit:
            case "months":
                return _now("%(what)s%(n)d个月") % amount
            case "working":
                return _now("%(what)s%(n)d个工作日") % amount
        return _now("%(what)s%(n)d天") % amount


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """Every clock a place works by."""

    rows: tuple[TimeLimit, ...]

    def limit(self, clock: str) -> TimeLimit:
        """The row of a clock (`words.CLOCKS`); raises Refusal when there is none of that name."""
        for row in self.rows:
            if row.clock == clock:
                return row
        raise Refusal(
            _now("没有“%(limit)s”这一条时限规则。") % {"limit": clock[:40]},
            code="no_such_limit",
            next_step=_now("请从列出的时限中选择，或直接填办结时限。"),
            fields={"limit": [_now("请重新选择")]},
        )

    def fields(self, source: str) -> list[tuple[str, list[TimeLimit]]]:
        """The clocks by what they belong to; those that fit a kind of source come first."""
        first = FIELDS_OF.get(source, ())
        order = [*first, *(name for name in FIELDS if name not in first)]
        found: dict[str, list[TimeLimit]] = {}
        for name in order:
            rows = [row for row in self.rows if row.clock.partition("_")[0] == name]
            found.setdefault(str(FIELDS[name]), []).extend(rows)
        return [(label, rows) for label, rows in found.items() if rows]


def _limits(body: Body) -> TimeLimits:
    return TimeLimits(rows=tuple(TimeLimit(**row) for row in body["rows"]))


TIME_LIMITS: Sheet[TimeLimits] = Sheet(
    code="time_limits",
    label=_("法定时限"),
    about=_(
        "法律法规和本地规定写明的期限，逐条注明条文；立项、拟办时可选用，“时限默认”里按来源引用。"
    ),
    build=_limits,
    rows=(
        Column(name="clock", label=_("事项"), kind=CellKind.CHOICE, choices=CLOCKS),
        Column(name="days", label=_("期限"), kind=CellKind.INT, least=1, most=730),
        unit_of_time("calendar", "working", "months"),
        Column(name="extension", label=_("最多延长"), kind=CellKind.INT, most=365),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT),
    ),
    key=("clock",),
    grows=True,
)
