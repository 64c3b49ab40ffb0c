"""Columns that features above add to the register's Excel file: one query a column, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from huiyin.matters.sheets import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its head, its width in characters, and its value for each matter that has one."""

    head: Promise
    width: int
    values: Callable[[Sequence[int]], Mapping[int, Cell]]


_columns: list[Column] = []


def register_column(column: Column) -> None:
    """From now on the column stands at the end of the file."""
    _columns.append(column)


def added_heads() -> list[tuple[str, int]]:
    """The heads of the added columns."""
    return [(str(column.head), column.width) for column in _columns]


def added_cells(matters: Sequence[int]) -> dict[int, list[Cell]]:
    """The cells of the added columns of each matter."""
    found = [column.values(matters) for column in _columns]
    return {pk: [values.get(pk) for values in found] for pk in matters}
