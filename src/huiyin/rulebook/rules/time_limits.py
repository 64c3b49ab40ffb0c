"""Time limits that a law or local rule sets, each with its article; what may extend it, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Sheet
from huiyin.rulebook.rules.units import unit_of_time
from huiyin.rulebook.rules.words import CLOCKS


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One clock: how long, how much longer it may become (0: not at all), and its article."""

    clock: str
    days: int
    unit: str
    extension: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """Every clock a place works by."""

    rows: tuple[TimeLimit, ...]

    def limit(self, clock: str) -> TimeLimit:
        """The row of a clock (`words.CLOCKS`)."""
        return next(row for row in self.rows if row.clock == clock)


def _limits(body: Body) -> TimeLimits:
    return TimeLimits(rows=tuple(TimeLimit(**row) for row in body["rows"]))


TIME_LIMITS: Sheet[TimeLimits] = Sheet(
    code="time_limits",
    label=_("法定时限"),
    about=_("法律法规和本地规定写明的期限，逐条注明条文；办理中各处引用。"),
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
