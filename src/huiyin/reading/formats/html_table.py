"""An HTML table as a grid of texts, spans resolved; and which tables only lay out the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

MAX_SPAN = 100
MAX_PLACES = 200_000


def is_data_table(table: LexborNode) -> bool:
    """Whether a table holds data: no table inside it, and rows of several cells.

    A cell as long as an article belongs to the layout of the page.
    """
    if table.css_first("table table, h1") is not None:
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    several = sum(1 for row in rows if len(row) >= 2)
    return several >= 2 or (several == 1 and len(rows) == 1 and not _long(rows[0]))


def table_of(
    table: LexborNode, *, text_of: Callable[[LexborNode], str]
) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """Return (cells, merges) of a data table, as `Writer.table` takes them."""
    cells: list[list[str]] = []
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(_rows(table)):
        line: list[str] = []
        for cell in _cells(row):
            _cover(line, at, taken, merges)
            origin = (at, len(line))
            line.append(text_of(cell))
            for place in _spanned(cell, origin):
                if len(taken) < MAX_PLACES:
                    taken[place] = origin
        _cover(line, at, taken, merges)
        cells.append(line)
    return _squared(cells), merges


def _cover(
    line: list[str],
    at: int,
    taken: dict[tuple[int, int], tuple[int, int]],
    merges: dict[tuple[int, int], tuple[int, int]],
) -> None:
    """Fill the places that an earlier cell covers, up to the next free one."""
    while (at, len(line)) in taken:
        merges[at, len(line)] = taken[at, len(line)]
        line.append("")


def _spanned(cell: LexborNode, origin: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the places a cell covers besides its own."""
    rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
    for down in range(rows):
        for right in range(columns):
            if down or right:
                yield origin[0] + down, origin[1] + right


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(text), MAX_SPAN)) if text.isascii() and text.isdigit() else 1


def _squared(cells: list[list[str]]) -> list[list[str]]:
    width = max(map(len, cells), default=0)
    return [row + [""] * (width - len(row)) for row in cells]


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in {"td", "th"})


def _long(cells: list[LexborNode]) -> bool:
    return any(len(cell.text() or "") > 500 for cell in cells)
