"""A table that somebody brings, told by its header: which column is which, whatever an office calls it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.web import tables

Columns = Mapping[str, tuple[str, ...]]
"""Name of a column → what it may be called; the first word is the one of our own template."""
Places = Mapping[str, int]

UNIT = (
    "单位", "牵头单位", "责任单位", "主办单位", "承办单位", "单位名称", "牵头部门", "责任部门",
    "承办部门", "主办部门",
)  # fmt: skip
TITLE = (
    "事项", "督办事项", "事项名称", "任务", "具体任务", "工作任务", "任务内容", "任务名称",
    "工作内容", "督办内容",
)  # fmt: skip
DUE = (
    "时限", "完成时限", "办结时限", "现行时限", "完成时间", "办理时限", "期限", "到期日",
    "要求完成时间", "完成期限", "截止日期",
)  # fmt: skip
STANDARD = ("验收标准", "完成标准", "标准", "目标", "要求")
HEAD_WITHIN = 10
"""Lines among which the header is looked for: a title above it does no harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line under the header: its number in the table, its cells by the names of their columns."""

    line: int
    cells: Mapping[str, object]

    @property
    def texts(self) -> dict[str, str]:
        return {name: tables.words(value) for name, value in self.cells.items()}


def called(first: str, others: Sequence[str]) -> tuple[str, ...]:
    """What a column may be called, our own word first."""
    return (first, *(word for word in others if word != first))


def rows_of(
    cells: Sequence[Sequence[object]],
    columns: Columns,
    *,
    needed: Sequence[str],
    without_header: bool = False,
) -> list[Row]:
    """Every line under the header that says something; Refusal when the header lacks a `needed` column.

    `without_header`: a table that has none is read in the order of `columns`.
    """
    head, places = _header(cells, columns, needed, without_header=without_header)
    rows = [
        Row(line=number, cells={n: line[at] for n, at in places.items() if at < len(line)})
        for number, line in enumerate(cells[head:], head + 1)
    ]
    return [row for row in rows if any(row.texts.values())]


def _header(
    cells: Sequence[Sequence[object]],
    columns: Columns,
    needed: Sequence[str],
    *,
    without_header: bool,
) -> tuple[int, Places]:
    """The number of lines down to the header's end, and where each column stands."""
    seen: Places = {}
    for number, line in enumerate(cells[:HEAD_WITHIN], 1):
        places = _places(line, columns)
        if all(name in places for name in needed) and _is_header(line, places):
            return number, places
        seen = max(seen, places, key=len)
    if len(seen) < 2 and without_header:
        return 0, {name: place for place, name in enumerate(columns)}
    raise _no_header(columns, [name for name in needed if name not in seen] or needed)


def _places(line: Sequence[object], columns: Columns) -> Places:
    """Where each column stands, the better known word first: 数量（个） is 数量, 完成 时限 is 完成时限."""
    words = [_plain(value) for value in line]
    return {
        name: next(words.index(known) for known in names if known in words)
        for name, names in columns.items()
        if any(known in words for known in names)
    }


def _plain(value: object) -> str:
    return re.sub(r"[（(【\[].*|[\s*＊:：]", "", tables.words(value))


def _is_header(line: Sequence[object], places: Places) -> bool:
    """Two words that name columns, or nothing else than such words: a unit may be called 任务 nowhere."""
    return len(places) >= 2 or sum(bool(tables.words(value)) for value in line) == len(places)


def _no_header(columns: Columns, lacking: Sequence[str]) -> Exception:
    names = _("、").join(f"“{columns[name][0]}”" for name in lacking)
    return tables.unreadable(
        _("没有找到表头里的%(columns)s列。请连表头一起带来，可以下载模板对照。")
        % {"columns": names}
    )
