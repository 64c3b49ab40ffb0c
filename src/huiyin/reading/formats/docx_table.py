"""A Word table as a grid: every row has its cells at their columns, merged ones known as such."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from huiyin.reading.formats.numbering import W
from huiyin.reading.formats.refusals import refusal

MAX_COLUMNS = 1000
"""Word itself stops at 63; a document that claims more is not one."""


@dataclass(slots=True)
class Grid:
    """The rows of a table; `header` is the last row marked as repeating heading, if one is."""

    cells: list[list[str]] = field(default_factory=list)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    header: int | None = None


def grid_of(table: ET.Element, *, text_of: Callable[[ET.Element], str]) -> Grid:
    """Return the grid of a w:tbl; `text_of` gives the text of a w:tc."""
    grid = Grid()
    above: dict[int, tuple[int, int]] = {}
    for row in _children(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            above = _add_row(grid, row, above, text_of)
    if grid.header is not None and grid.header >= len(grid.cells) - 1:
        grid.header = None
    return grid


def _add_row(
    grid: Grid,
    row: ET.Element,
    above: dict[int, tuple[int, int]],
    text_of: Callable[[ET.Element], str],
) -> dict[int, tuple[int, int]]:
    """Append the row and return the vertical merges that go on below it, by column."""
    at = len(grid.cells)
    cells = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), default=0)
    going_on: dict[int, tuple[int, int]] = {}
    for cell in _children(row, "tc"):
        column = len(cells)
        vertical = cell.find(f"{W}tcPr/{W}vMerge")
        origin = (at, column)
        if vertical is not None and vertical.get(f"{W}val") != "restart" and column in above:
            origin = above[column]
        cells.append(text_of(cell) if origin == (at, column) else "")
        cells += [""] * (_number(cell.find(f"{W}tcPr/{W}gridSpan"), default=1) - 1)
        if len(cells) > MAX_COLUMNS:
            raise refusal("damaged")
        covered = {(at, covering): origin for covering in range(column, len(cells))}
        grid.merges |= {place: start for place, start in covered.items() if place != start}
        if vertical is not None:
            going_on[column] = origin
    grid.cells.append(cells)
    if row.find(f"{W}trPr/{W}tblHeader") is not None and grid.header in {None, at - 1}:
        grid.header = at
    return going_on


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield rows or cells, also those wrapped in content controls or tracked changes."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in {f"{W}{wrap}" for wrap in ("sdt", "sdtContent", "ins", "customXml")}:
            yield from _children(child, name)


def _number(element: ET.Element | None, *, default: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    number = int(text) if text.isascii() and text.isdigit() else default
    return max(default, min(number, MAX_COLUMNS + 1))
