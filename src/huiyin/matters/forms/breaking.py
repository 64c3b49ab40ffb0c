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

from huiyin.matters import breaking
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter
from huiyin.people.models import Post, Unit
from huiyin.people.queries import directory_of
from huiyin.web import tables

LONGEST = 2000
BLANK_ROWS = 3
HEADS: Mapping[str, tuple[Promise, tuple[str, ...]]] = {
    "unit": (gettext_lazy("单位"), ("单位", "责任单位", "承办单位", "单位名称", "牵头单位")),
    "title": (gettext_lazy("事项"), ("事项", "任务", "事项名称", "具体任务", "工作内容")),
    "quantity": (gettext_lazy("数量"), ("数量", "任务数", "目标数", "下达数", "指标")),
    "due": (gettext_lazy("时限"), ("时限", "完成时限", "办结时限", "期限", "到期日")),
    "acceptance": (gettext_lazy("验收标准"), ("验收标准", "标准", "要求")),
    "leader": (gettext_lazy("分管领导"), ("分管领导", "责任领导", "领导")),
    "later": (gettext_lazy("时限晚的理由"), ("时限晚的理由", "理由", "说明", "备注")),
}
"""Column → its head as we write it, and the heads by which we know it."""
_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*\Z")
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


def brought(cells: Sequence[Sequence[object]]) -> list[Line]:
    """The rows of a table under its head; without one, the columns are those of ours in order."""
    words = [[tables.words(value)[:LONGEST] for value in line] for line in cells]
    head = next((place for place, line in enumerate(words[:10]) if _known(line) >= 2), None)
    columns = dict(enumerate(COLUMNS)) if head is None else _columns(words[head])
    if "unit" not in columns.values():
        raise tables.unreadable(_("表里没有“单位”这一列。"))
    rows = words if head is None else words[head + 1 :]
    lines = [_line(line, columns) for line in rows]
    found = [line for line in lines if not line.is_blank]
    if not found:
        raise tables.unreadable(_("表里没有一行可以读出来。"))
    if len(found) > breaking.MOST:
        raise tables.unreadable(_("一次最多分解 %(n)d 行，请分几次。") % {"n": breaking.MOST})
    return found


def _line(words: Sequence[str], columns: Mapping[int, str]) -> Line:
    cells: dict[str, Any] = {
        name: words[place] for place, name in columns.items() if place < len(words)
    }
    return Line(**cells)


def _known(line: Sequence[str]) -> int:
    return sum(any(word in names for _label, names in HEADS.values()) for word in line if word)


def _columns(head: Sequence[str]) -> dict[int, str]:
    """Place → column; 数量（个） is 数量."""
    found: dict[int, str] = {}
    for place, word in enumerate(head):
        plain = re.sub(r"[（(].*", "", word).strip()
        name = next((n for n, (_label, names) in HEADS.items() if plain in names), None)
        if name is not None and name not in found.values():
            found[place] = name
    return found


class Reader:
    """Lines → parts, names → units and leaders of the directory."""

    def __init__(self, matter: Matter, units: Sequence[Unit], leaders: Sequence[Post]) -> None:
        self.matter = matter
        self.names = {unit.pk: unit.name for unit in units}
        self.directory = directory_of(units)
        self.leaders = {post.user.name: post.pk for post in leaders}

    def read(self, lines: Sequence[Line], *, today: date) -> tuple[list[Line], list[PartRow]]:
        """Every line with what is wrong with it; the rows to give out, in their order."""
        made = [self._row(line) if line.take else (None, ()) for line in lines]
        rows = [row for row, _errors in made if row is not None]
        found = iter(breaking.faults(self.matter, rows, today=today))
        told = []
        for line, (row, errors) in zip(lines, made, strict=True):
            more = next(found) if row is not None else []
            told.append(replace(line, errors=tuple(dict.fromkeys([*errors, *more]))))
        return told, rows

    def _row(self, line: Line) -> tuple[PartRow | None, tuple[str, ...]]:
        errors: list[str] = []
        unit = self._unit(line.unit, errors)
        row = PartRow(
            unit=unit or 0,
            title=line.title,
            acceptance=line.acceptance,
            quantity=self._amount(line.quantity, errors),
            quantity_unit=_unit_of(line.quantity),
            due_on=_day(line.due, errors),
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
            errors.append(_("名录里没有“%(name)s”。") % {"name": name})
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


def _unit_of(words: str) -> str:
    """The 个 of 120个."""
    found = _AMOUNT.match(words)
    return found[2].strip() if found else ""


def _day(words: str, errors: list[str]) -> date | None:
    """2026-11-30, 2026/11/30, 2026年11月30日."""
    found = _DAY.match(words)
    if not words:
        return None
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    errors.append(_("“%(words)s”不是日期，请写成 2026-11-30 这样。") % {"words": words})
    return None
