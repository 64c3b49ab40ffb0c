"""The form of a rule: which values and which rows it holds, checked before anything is built.

A body is plain data (it comes from a TOML default, a form or the API). `clean` brings it into its
one form or refuses it, naming every bad cell (`days`, `rows-3-days`); `Sheet.build` makes it typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from huiyin.errors import Refusal, Words

T_co = TypeVar("T_co", covariant=True)
Body = dict[str, Any]
Problems = dict[str, list[str]]
LONGEST = 400
"""Characters of a text cell."""
MOST_ROWS = 200


class CellKind(StrEnum):
    """What a cell may hold."""

    INT = "int"
    CHOICE = "choice"
    SEVERAL = "several"
    TEXT = "text"
    FLAG = "flag"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One value of a rule: its name in the body, its label, what it may be.

    A whole number that is `optional` may be left open, and is 0 then.
    """

    name: str
    label: Words
    kind: CellKind
    choices: Mapping[str, Words] = field(default_factory=dict)
    least: int = 0
    most: int = 3650
    optional: bool = False
    help: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T_co]):
    """The form of one rule; rows are unique by `key`. `check` finds what no single cell shows.

    `grows`: a kind that a later release brings has the shipped rows until the office amends.
    """

    code: str
    label: Words
    about: Words
    build: Callable[[Body], T_co]
    values: tuple[Column, ...] = ()
    rows: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    check: Callable[[Body], Problems] | None = None
    grows: bool = False

    def parse(self, raw: Mapping[str, Any]) -> T_co:
        """The typed body; raises Refusal with a message per bad cell."""
        return self.build(clean(self, raw))


def clean(sheet: Sheet[Any], raw: Mapping[str, Any]) -> Body:
    """The body in its one form; raises Refusal (`rule_is_not_valid`) naming every bad cell."""
    problems: Problems = {}
    body: Body = {column.name: _cell(column, raw, "", problems) for column in sheet.values}
    if sheet.rows:
        body["rows"] = _rows(sheet, raw.get("rows"), problems)
    if not problems and sheet.check is not None:
        problems = sheet.check(body)
    if problems:
        raise Refusal(
            _("规则里有%(n)d处需要改正。") % {"n": len(problems)},
            code="rule_is_not_valid",
            fields=problems,
        )
    return body


def _rows(sheet: Sheet[Any], raw: Any, problems: Problems) -> list[Body]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        problems["rows"] = [_("至少要有一行。")]
        return []
    if len(raw) > MOST_ROWS:
        problems["rows"] = [_("最多%(n)d行。") % {"n": MOST_ROWS}]
        return []
    rows: list[Body] = []
    for number, row in enumerate(raw):
        given = row if isinstance(row, Mapping) else {}
        rows.append({c.name: _cell(c, given, f"rows-{number}-", problems) for c in sheet.rows})
    _refuse_twins(sheet.key, rows, problems)
    return rows


def _refuse_twins(key: tuple[str, ...], rows: list[Body], problems: Problems) -> None:
    seen: set[tuple[Any, ...]] = set()
    for number, row in enumerate(rows):
        mark = tuple(row[name] for name in key)
        if key and mark in seen:
            problems.setdefault(f"rows-{number}-{key[0]}", []).append(_("与上面一行重复。"))
        seen.add(mark)


def _cell(column: Column, raw: Mapping[str, Any], prefix: str, problems: Problems) -> Any:
    """One checked value; a problem is noted under its full name and a harmless value returned."""
    value, problem = _READERS[column.kind](column, raw.get(column.name))
    if problem:
        problems.setdefault(f"{prefix}{column.name}", []).append(problem)
    return value


def _int(column: Column, value: Any) -> tuple[int, str]:
    if column.optional and value in (None, "", 0, "0"):
        return 0, ""
    try:
        number = int(str(value).strip())
    except ValueError:
        return column.least, _("请填整数。")
    if isinstance(value, bool) or not column.least <= number <= column.most:
        span = {"least": column.least, "most": column.most}
        return column.least, _("应在%(least)d到%(most)d之间。") % span
    return number, ""


def _choice(column: Column, value: Any) -> tuple[str, str]:
    if str(value) in column.choices:
        return str(value), ""
    return "", _("请从列出的项目中选择。")


def _several(column: Column, value: Any) -> tuple[list[str], str]:
    """Any number of the choices, each once, in their own order; none when left open."""
    if value in (None, ""):
        value = []
    if isinstance(value, str) or not isinstance(value, Sequence):
        return [], _("请从列出的项目中选择。")
    if {str(code) for code in value} - set(column.choices):
        return [], _("请从列出的项目中选择。")
    return [code for code in column.choices if code in value], ""


def _text(column: Column, value: Any) -> tuple[str, str]:
    text = "" if value is None else str(value).replace("\x00", "").strip()
    if not text and not column.optional:
        return "", _("不能为空。")
    if len(text) > LONGEST:
        return text, _("最多%(n)d个字。") % {"n": LONGEST}
    return text, ""


def _flag(column: Column, value: Any) -> tuple[bool, str]:  # noqa: ARG001 - one shape for all
    return value is True or str(value).lower() in {"true", "on", "1", "yes"}, ""


def _days(column: Column, value: Any) -> tuple[list[str], str]:  # noqa: ARG001
    if not isinstance(value, Sequence) or isinstance(value, str):
        return [], _("请填日期。")
    try:
        return sorted({date.fromisoformat(str(day)).isoformat() for day in value}), ""
    except ValueError:
        return [], _("有的日期认不出来。")


_READERS: Mapping[CellKind, Callable[[Column, Any], tuple[Any, str]]] = {
    CellKind.INT: _int,
    CellKind.CHOICE: _choice,
    CellKind.SEVERAL: _several,
    CellKind.TEXT: _text,
    CellKind.FLAG: _flag,
    CellKind.DAYS: _days,
}
