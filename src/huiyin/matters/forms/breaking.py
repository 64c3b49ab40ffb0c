"""Rows of a break-down as typed, pasted or read from a spreadsheet, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.matters import breaking, brought
from huiyin.matters.breaking import PartRow
from huiyin.matters.cell_days import NoDay, When, day_in
from huiyin.matters.models import Matter
from huiyin.people.models import Post, Unit
from huiyin.people.queries import directory_of
from huiyin.web import tables

LONGEST = 2000
BLANK_ROWS = 3
HEADS: Mapping[str, tuple[Promise, tuple[str, ...]]] = {
    "unit": (gettext_lazy("单位"), brought.UNIT),
    "title": (gettext_lazy("事项"), brought.TITLE),
    "quantity": (gettext_lazy("数量"), ("数量", "任务数", "目标数", "下达数", "指标")),
    "due": (gettext_lazy("时限"), brought.DUE),
    "acceptance": (gettext_lazy("验收标准"), brought.STANDARD),
    "leader": (gettext_lazy("分管领导"), ("分管领导", "责任领导", "领导")),
    "later": (gettext_lazy("时限晚的理由"), ("时限晚的理由", "理由", "说明", "备注")),
}
"""Column → its head as we write it, and the heads by which we know it."""
_AMOUNT = re.compile(r"(-?\d[\d,，]*(?:\.\d+)?)\s*(\D{0,8})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as it stands in the table, with what is wrong with it; `take` false leaves it out."""

    unit: str = ""
    title: str = ""
    quantity: str = ""
    due: str = ""
    acceptance: str = ""
    leader: str = ""
    later: str = ""
    take: bool = True
    errors: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, name) for name in HEADS)


COLUMNS = tuple(field.name for field in fields(Line) if field.name in HEADS)


def proposed(units: Iterable[Unit], matter: Matter) -> list[Line]:
    """A row for each unit directly below the lead, to be filled in."""
    lead = matter.lead_unit_id
    own = [unit for unit in units if lead in (unit.parent_id, unit.line_superior_id)]
    return [Line(unit=unit.name) for unit in own]


def typed(data: Any) -> list[Line]:
    """The rows of the form, blank ones left out."""
    columns = {name: data.getlist(f"row_{name}") for name in COLUMNS}
    left_out = set(data.getlist("skip"))
    count = min(max((len(values) for values in columns.values()), default=0), breaking.MOST + 50)
    found = []
    for place in range(count):
        cells: dict[str, Any] = {
            name: values[place].strip()[:LONGEST] if place < len(values) else ""
            for name, values in columns.items()
        }
        line = Line(**cells, take=str(place) not in left_out)
        if not line.is_blank:
            found.append(line)
    return found


def from_table(cells: Sequence[Sequence[object]]) -> list[Line]:
    """The rows of a table under its head; without one, the columns are those of ours in order."""
    columns = {name: names for name, (_label, names) in HEADS.items()}
    rows = brought.rows_of(cells, columns, needed=("unit",), without_header=True)
    if not rows:
        raise tables.unreadable(_("表里没有一行可以读出来。"))
    if len(rows) > breaking.MOST:
        raise tables.unreadable(_("一次最多分解 %(n)d 行，请分几次。") % {"n": breaking.MOST})
    return [Line(**_cells(row)) for row in rows]


def _cells(row: brought.Row) -> dict[str, Any]:
    return {name: text[:LONGEST] for name, text in row.texts.items()}


class Reader:
    """Lines → parts, names → units and leaders of the directory."""

    def __init__(self, matter: Matter, units: Sequence[Unit], leaders: Sequence[Post]) -> None:
        self.matter = matter
        self.names = {unit.pk: unit.name for unit in units}
        self.directory = directory_of(units)
        self.leaders = {post.user.name: post.pk for post in leaders}

    def read(self, lines: Sequence[Line], *, today: date) -> tuple[list[Line], list[PartRow]]:
        """Every line with what is wrong with it; the rows to give out, in their order."""
        when = When(today=today, since=today)
        made = [self._row(line, when) if line.take else (None, ()) for line in lines]
        rows = [row for row, _errors in made if row is not None]
        found = iter(breaking.faults(self.matter, rows, today=today))
        told = []
        for line, (row, errors) in zip(lines, made, strict=True):
            more = next(found) if row is not None else []
            told.append(_told(line, row, tuple(dict.fromkeys([*errors, *more]))))
        return told, rows

    def _row(self, line: Line, when: When) -> tuple[PartRow | None, tuple[str, ...]]:
        errors: list[str] = []
        unit = self._unit(line.unit, errors)
        row = PartRow(
            unit=unit or 0,
            title=line.title,
            acceptance=line.acceptance,
            quantity=self._amount(line.quantity, errors),
            quantity_unit=_unit_of(line.quantity),
            due_on=_day(line.due, when, errors),
            later_because=line.later,
            leader_post=self._leader(line.leader, errors),
        )
        return (row if unit else None), tuple(errors)

    def _unit(self, name: str, errors: list[str]) -> int | None:
        match = self.directory.match(name) if name else None
        if match is not None and len(match.unit_ids) == 1:
            return match.unit_ids[0]
        if match is None:
            errors.append(_("请写明单位。"))
        elif match.unit_ids:
            several = _("、").join(self.names[pk] for pk in match.unit_ids[:4])
            errors.append(
                _("“%(name)s”可能是：%(units)s，请写全称。") % {"name": name, "units": several}
            )
        else:
            errors.append(_("名录里没有“%(name)s”，请照名录写全称。") % {"name": name})
        return None

    def _leader(self, name: str, errors: list[str]) -> int | None:
        if not name:
            return None
        found = next((pk for known, pk in self.leaders.items() if name.startswith(known)), None)
        if found is None:
            errors.append(_("领导名录里没有“%(name)s”。") % {"name": name})
        return found

    def _amount(self, words: str, errors: list[str]) -> Decimal | None:
        """`120`, `1,200`, `120个`; another unit than the whole's is wrong."""
        if not words:
            return None
        found = _AMOUNT.match(words)
        unit = found[2].strip() if found else ""
        if found is None or (unit and self.matter.quantity_unit not in ("", unit)):
            errors.append(_("“%(words)s”不是可以相加的数量。") % {"words": words})
            return None
        try:
            return Decimal(re.sub("[,，]", "", found[1]))
        except InvalidOperation:
            errors.append(_("“%(words)s”不是可以相加的数量。") % {"words": words})
            return None


def _told(line: Line, row: PartRow | None, errors: tuple[str, ...]) -> Line:
    """The line with what is wrong with it, and 6月底 as the day it was taken for: nothing is silently assumed."""
    due = row.due_on if row is not None else None
    return replace(line, errors=errors, due=due.isoformat() if due else line.due)


def _unit_of(words: str) -> str:
    """The 个 of 120个."""
    found = _AMOUNT.match(words)
    return found[2].strip() if found else ""


def _day(words: str, when: When, errors: list[str]) -> date | None:
    """The day a cell means, from today on; what is none is an error, which names the column."""
    try:
        return day_in(words, when)
    except NoDay as wrong:
        errors.append(f"{_('时限')}{_('：')}{wrong}")
        return None
