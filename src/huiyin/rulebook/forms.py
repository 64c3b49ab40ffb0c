"""A rule's table as a form: its cells for the page, and what was typed → a raw body.

The form follows the rule's `Sheet`; nothing is checked here, `rules.clean` does that for every door.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.errors import Refusal, Words
from huiyin.rulebook.rules import CellKind, Column, Sheet, in_ranges, pasted_days, pasted_notice

_ROW = re.compile(r"^rows-(\d{1,4})-")
BLANK_ROWS = 1
"""Empty rows under the last one, to add to the table without a script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One input: its full name, the column it belongs to, what stands in it and what is wrong."""

    name: str
    column: Column
    value: Any
    errors: tuple[str, ...] = ()

    @property
    def label(self) -> Words:
        return self.column.label

    @property
    def kind(self) -> str:
        return self.column.kind.value

    @property
    def chosen(self) -> str:
        """The choices of several that are chosen, in words."""
        return _("、").join(
            str(label) for code, label in self.column.choices.items() if code in self.value
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the table; a blank one is ignored when nothing is typed into it."""

    number: int
    cells: tuple[Cell, ...]
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The whole form: single values on top, then rows."""

    values: tuple[Cell, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def grid(
    sheet: Sheet[Any], body: Mapping[str, Any], errors: Mapping[str, list[str]] | None = None
) -> Grid:
    """The form of a body (typed or half typed), with the messages of a refusal at their cells."""
    wrong = errors or {}
    values = tuple(_cell(column, column.name, body, wrong) for column in sheet.values)
    given = list(body.get("rows", ()))
    rows = [_line(sheet, number, row, wrong) for number, row in enumerate(given)]
    if sheet.rows:
        rows += [
            _line(sheet, number, {}, wrong, blank=True)
            for number in range(len(given), len(given) + BLANK_ROWS)
        ]
    return Grid(values=values, columns=sheet.rows, lines=tuple(rows))


def typed_body(sheet: Sheet[Any], post: QueryDict) -> dict[str, Any]:
    """What was typed, as a raw body; rows marked for removal and blank ones are left out."""
    body: dict[str, Any] = {column.name: post.get(column.name, "") for column in sheet.values}
    if sheet.rows:
        numbers = sorted({int(found[1]) for name in post if (found := _ROW.match(name))})
        rows = [_typed_row(sheet, post, number) for number in numbers]
        body["rows"] = [row for row in rows if row]
    return body


def with_notice(body: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The holiday table with the year of a pasted notice set; refuses what cannot be read."""
    try:
        found = pasted_notice(text)
    except ValueError:
        raise Refusal(
            _("没有读出放假安排。请粘贴通知的正文，要有年份和“放假”“上班”的日期。"),
            code="notice_not_read",
            fields={"notice": [_("请核对粘贴的内容。")]},
        ) from None
    row = {
        "year": found.year,
        "off": [day.isoformat() for day in found.off],
        "work": [day.isoformat() for day in found.work],
        "basis": _("国务院办公厅关于%(year)d年部分节假日安排的通知") % {"year": found.year},
    }
    others = [one for one in body.get("rows", ()) if str(one.get("year")) != str(found.year)]
    return {**body, "rows": [*others, row]}


def _typed_row(sheet: Sheet[Any], post: QueryDict, number: int) -> dict[str, Any]:
    prefix = f"rows-{number}-"
    if post.get(f"{prefix}remove"):
        return {}
    row = {column.name: post.get(f"{prefix}{column.name}", "").strip() for column in sheet.rows}
    if not any(row[name] for name in sheet.key or row):
        return {}
    several = {
        column.name: post.getlist(f"{prefix}{column.name}")
        for column in sheet.rows
        if column.kind is CellKind.SEVERAL
    }
    days = {
        column.name: _days(row[column.name], row.get("year", ""))
        for column in sheet.rows
        if column.kind is CellKind.DAYS
    }
    return row | several | days


def _days(text: str, year: str) -> list[str]:
    """Pasted words → ISO dates; what cannot be read is kept as it is, for `clean` to refuse."""
    try:
        found = pasted_days(text, int(year))
    except ValueError:
        return [text]
    return [day.isoformat() for day in found] if found or not text else [text]


def _line(
    sheet: Sheet[Any],
    number: int,
    row: Mapping[str, Any],
    errors: Mapping[str, list[str]],
    *,
    blank: bool = False,
) -> Line:
    cells = tuple(_cell(c, f"rows-{number}-{c.name}", row, errors) for c in sheet.rows)
    return Line(number=number, cells=cells, blank=blank)


def _cell(
    column: Column, name: str, row: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> Cell:
    value = row.get(column.name, "")
    if column.kind is CellKind.DAYS and value:
        value = _days_text(value)
    if column.kind is CellKind.INT and column.optional and value == 0:
        value = ""
    if column.kind is CellKind.FLAG:
        value = value is True or value == "on"
    return Cell(name=name, column=column, value=value, errors=tuple(errors.get(name, ())))


def _days_text(days: list[str]) -> str:
    try:
        return in_ranges([date.fromisoformat(day) for day in days])
    except ValueError:
        return "、".join(days)
