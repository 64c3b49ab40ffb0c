"""Which lines of a table without rules belong to one row.

Nothing on the page says so outright. Every way of cutting the lines into rows is given a cost, and the
cheapest is taken: the cells of a row begin (or are centred, or end) at one height, a row has one number,
a line that had room left ends its cell, a full line goes on, gaps between rows are the wider ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from huiyin.reading.formats.pdf_lines import Word, glue

_NUMBER: Final = re.compile(
    r"[（(]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[）)]?[.．、]?|\d+(?:[.-]\d+)+"
)
_ASCII: Final = re.compile(r"[!-~]*")
_WHOLE_NAME: Final = re.compile(
    r"[局委办府厅院会队司心位门处科区县市乡镇村组社校所站厂部室团等）)]$"
)
_WHOLE_UNIT: Final = re.compile(r"[市县区省各][^、，]{1,8}[局委办府]$")
_ROOM: Final = 1.3
"""Heights of a character that a line lacks to the width of its column, from which it had room left."""
_LOOK_BACK: Final = 40
"""Lines that a row of a page has at most."""
_ALIGNMENTS: Final = ("top", "middle", "bottom")
_EMPTY, _BROKEN, _CUT, _WHOLE, _NO_NUMBER, _REST, _NO_RULE = 0.45, 1.0, 0.6, 0.7, 1.5, 0.6, 1.0
_DEAR_STRIP, _DEAR_ROW = 0.4, 0.8
"""What a table may cost for each of its lines and rows, or how they belong together is not known."""
_TOO_DEAR: Final = 8.0
"""What no row without a number costs."""
_CLEAR: Final = 0.5
"""By how much one way has to be cheaper than any other to be the way it is."""
_CLOSE: Final = 1.9
"""Heights of a character from one line to the next that are still usual within a cell."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one line of one column."""

    text: str
    left: float
    right: float
    base: float


@dataclass(slots=True)
class Strip:
    """Lines that no row parts: their pieces by column. A section's line stands alone over all columns."""

    top: float
    bottom: float
    cells: dict[int, list[Piece]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    section: bool = False


@dataclass(frozen=True)
class Sheet:
    """The strips of a table on one page, and what is known of its columns."""

    strips: Sequence[Strip]
    needed: frozenset[int]
    """Columns that every row has something in: what, who leads, by when."""
    units: frozenset[int]
    """Columns that name units."""
    numbered: bool
    goes_on: bool
    """Whether the first strips may belong to the last row of the page before."""
    rules: Sequence[float]
    em: float

    @cached_property
    def widths(self) -> dict[int, float]:
        """The widest line of each column."""
        found: dict[int, float] = {}
        for strip in self.strips:
            for column, pieces in strip.cells.items():
                width = max(piece.right - piece.left for piece in pieces)
                found[column] = max(found.get(column, 0), width)
        return found

    @cached_property
    def steps(self) -> list[float]:
        """The way down from each strip to the next, in characters, beyond that of lines in a cell."""
        steps = [upper.bottom - lower.top for upper, lower in pairwise(self.strips)]
        least = min(_CLOSE * self.em, *steps) if steps else 0
        return [(step - least) / self.em for step in steps]

    @cached_property
    def ruled(self) -> list[bool]:
        """Whether a rule is drawn between each strip and the next."""
        return [
            any(lower.top < rule < upper.bottom for rule in self.rules)
            for upper, lower in pairwise(self.strips)
        ]

    @cached_property
    def counts(self) -> list[int]:
        """How many numbers of rows each strip has."""
        return [numbers(strip) if self.numbered else 0 for strip in self.strips]

    @cached_property
    def has_numbers(self) -> bool:
        """Whether rows are told apart by numbers in the first column."""
        return any(self.counts)

    def room(self, column: int, upper: Piece, lower: Piece) -> bool:
        """Whether the beginning of the lower line would have found room in the upper one."""
        first = _ASCII.match(lower.text)
        broken = len(first[0]) * 0.55 if first else 0
        left = self.widths[column] - (upper.right - upper.left)
        return left > (_ROOM + broken) * self.em


def numbers(strip: Strip) -> int:
    """How many numbers of rows a strip has."""
    return sum(1 for piece in strip.cells.get(0, ()) if _NUMBER.fullmatch(piece.text))


@dataclass(frozen=True, slots=True)
class Cut:
    """The strips of each row, from the top down, and where cells stand in them ("" when unsure)."""

    rows: list[range]
    alignment: str


def cut(sheet: Sheet) -> Cut | None:
    """The rows of a table; None when they cannot be told apart well enough."""
    costs = [list(_costs(sheet, end)) for end in range(1, len(sheet.strips) + 1)]
    ways = [(*_cheapest(costs, at), alignment) for at, alignment in enumerate(_ALIGNMENTS)]
    (cost, rows, alignment), second, _ = sorted(ways, key=lambda way: way[0])
    dear = _DEAR_STRIP * len(sheet.strips) + _DEAR_ROW * len(rows)
    if not rows or cost > dear:
        return None
    return Cut(rows, alignment if second[0] - cost > _CLEAR else "")


_Cost = tuple[int, float, tuple[float, ...]]
"""Where a row begins, what it costs, and what more for cells at its top, middle or bottom."""


def _cheapest(costs: list[list[_Cost]], alignment: int) -> tuple[float, list[range]]:
    best: list[tuple[float, int]] = [(0.0, 0)]
    for ways in costs:
        found = [(best[start][0] + cost + askew[alignment], start) for start, cost, askew in ways]
        best.append(min(found, default=(math.inf, len(best) - 1)))
    rows, end = [], len(costs)
    while end:
        rows.append(range(best[end][1], end))
        end = best[end][1]
    return best[-1][0], rows[::-1]


def _costs(sheet: Sheet, end: int) -> Iterator[_Cost]:
    """What each row costs that ends before a strip, the shortest first, while rows can be so long."""
    after = _cut(sheet, end)
    if sheet.strips[end - 1].section:
        yield end - 1, after, (0.0, 0.0, 0.0)
        return
    for start in range(end - 1, max(0, end - _LOOK_BACK) - 1, -1):
        strips = sheet.strips[start:end]
        count = sum(sheet.counts[start:end])
        if strips[0].section or count > 1 or (start < end - 1 and sheet.ruled[start]):
            return
        cells = cells_of(strips)
        within = _within(sheet, start, strips, cells)
        if within > _TOO_DEAR and not sheet.has_numbers:
            return
        around = _numbering(sheet, start, count) + _lacking(sheet, start, cells)
        yield start, within + around + after, _askew(cells.values(), strips, sheet.em)


def _within(
    sheet: Sheet, start: int, strips: Sequence[Strip], cells: Mapping[int, list[Piece]]
) -> float:
    """What speaks against strips being one row; never less for a longer one."""
    return (
        sum(sheet.steps[start : start + len(strips) - 1])
        + sum(_broken(sheet, column, pieces) for column, pieces in cells.items())
        + _WHOLE * _whole(sheet, strips)
    )


def _whole(sheet: Sheet, strips: Sequence[Strip]) -> int:
    """How often a line with all that a row needs follows on another such line."""
    has_all = [sheet.needed <= strip.cells.keys() for strip in strips]
    return sum(1 for upper, lower in pairwise(has_all) if upper and lower)


def _numbering(sheet: Sheet, start: int, count: int) -> float:
    rest = start == 0 and sheet.goes_on
    if not sheet.has_numbers or count:
        return 0.0
    return _REST if rest else _NO_NUMBER


def _lacking(sheet: Sheet, start: int, cells: Mapping[int, list[Piece]]) -> float:
    """What speaks against a row that lacks what rows have; the rest of one may lack all but a cell."""
    if start == 0 and sheet.goes_on and sheet.has_numbers and 0 not in cells:
        return 0
    return _EMPTY * len(sheet.needed - cells.keys())


def cells_of(strips: Sequence[Strip]) -> dict[int, list[Piece]]:
    """What stands in each column of strips that are one row, line by line."""
    cells: dict[int, list[Piece]] = {}
    for strip in strips:
        for column, pieces in strip.cells.items():
            cells.setdefault(column, []).extend(pieces)
    return cells


def _askew(
    cells: Iterable[list[Piece]], strips: Sequence[Strip], em: float
) -> tuple[float, float, float]:
    """How far cells stand off the top, the middle and the bottom of their row, in all."""
    top = middle = bottom = 0.0
    for pieces in cells:
        above, below = strips[0].top - pieces[0].base, pieces[-1].base - strips[-1].bottom
        top, middle, bottom = top + above, middle + abs(above - below) / 2, bottom + below
    return top / em, middle / em, bottom / em


def _broken(sheet: Sheet, column: int, pieces: list[Piece]) -> float:
    """What speaks against lines being one cell: that one had room for the next, or each is a unit."""
    rooms = sum(1 for upper, lower in pairwise(pieces) if sheet.room(column, upper, lower))
    whole = [column in sheet.units and bool(_WHOLE_UNIT.match(piece.text)) for piece in pieces]
    return _BROKEN * rooms + _CUT * sum(1 for one, other in pairwise(whole) if one and other)


def _cut(sheet: Sheet, end: int) -> float:
    """What speaks against a row ending before a strip: a full line goes on, as does half a name."""
    if end >= len(sheet.strips):
        return 0
    upper, lower = sheet.strips[end - 1], sheet.strips[end]
    if upper.section or lower.section:
        return 0
    cost = _NO_RULE if any(sheet.ruled) and not sheet.ruled[end - 1] else 0.0
    for column in upper.cells.keys() & lower.cells.keys():
        one, other = upper.cells[column][-1], lower.cells[column][0]
        full = not sheet.room(column, one, other)
        if one.text.endswith(("、", "，")):
            cost += 2 * _CUT
        elif full and column in sheet.units and not _WHOLE_NAME.search(one.text):
            cost += 1.5 * _CUT
        elif full and _is_short(sheet, column, other):
            cost += _CUT
    return cost


def _is_short(sheet: Sheet, column: int, piece: Piece) -> bool:
    return sheet.widths[column] - (piece.right - piece.left) > _ROOM * sheet.em


def text_of(sheet: Sheet, column: int, pieces: Sequence[Piece]) -> str:
    """The words of a cell: its lines go on in one, but a line that had room left ends a paragraph."""
    return "".join(_joints(sheet, column, pieces))


def _joints(sheet: Sheet, column: int, pieces: Sequence[Piece]) -> Iterator[str]:
    for upper, lower in pairwise(pieces):
        yield upper.text
        yield "\n" if sheet.room(column, upper, lower) else glue(upper.text, lower.text)
    yield from (piece.text for piece in pieces[-1:])
