"""Ruled tables on a PDF page: the lines drawn make a grid, and every character falls into a cell.

Office programs draw borders as strokes, as frames or as very thin filled boxes; all three become
straight rules here. Tables without upright rules are read by `pdf_columns`.
"""

from __future__ import annotations

import ctypes
import operator
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pypdfium2.raw as pdfium_c

_THIN: Final = 2.5
"""Points up to which a filled box is a rule, and within which two rules are one."""
_SHORT: Final = 6.0
"""Points below which a stroke is no rule but part of a character or a picture."""
_LONG: Final = 0.4
"""Share of the page's width that a long rule runs over, in one or in pieces."""
_MOST: Final = 6000
"""Strokes from which a page is taken for a drawing."""
_MOST_COLUMNS: Final = 60
_MOST_ROWS: Final = 300
"""No table of a page has more; a drawing on squared paper has."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: from `low` to `high`, at a height (or, upright, at a distance from the left)."""

    low: float
    high: float
    at: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of one table: `xs` from left to right, `ys` from the top down.

    `merged` has each place that no rule parts from the one before it, with the place of its cell.
    """

    xs: list[float]
    ys: list[float]
    merged: dict[tuple[int, int], tuple[int, int]]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The row and column of the cell that holds a point inside the table."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_left(self.ys, -y, key=operator.neg) - 1, 0), len(self.ys) - 2)
        return self.merged.get((row, column), (row, column))


def grids(page: pdfium_c.FPDF_PAGE) -> list[Grid]:
    """The tables of a page, from the top down: at least two rows of two columns with rules around."""
    found = [grid for group in _joined(*rules(page)) if (grid := _grid(*group))]
    return sorted(found, key=lambda grid: -grid.ys[0])


def rules(page: pdfium_c.FPDF_PAGE) -> tuple[list[Rule], list[Rule]]:
    """The rules across and the upright ones; none of a page that is a drawing."""
    across: list[Rule] = []
    upright: list[Rule] = []
    for points in _strokes(page):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, low, high = min(xs), max(xs), min(ys), max(ys)
        if high - low <= _THIN:
            across.append(Rule(left, right, (low + high) / 2))
        elif right - left <= _THIN:
            upright.append(Rule(low, high, (left + right) / 2))
        else:
            _sides(points, across, upright)
        if len(across) + len(upright) > _MOST:
            return [], []
    return [r for r in across if r.high - r.low > _SHORT], [
        r for r in upright if r.high - r.low > _SHORT
    ]


def long_rules(page: pdfium_c.FPDF_PAGE, width: float) -> list[float]:
    """The heights, from the top down, at which rules together run over a good part of the page."""
    across = rules(page)[0]
    heights = _places(across)
    lengths = [sum(r.high - r.low for r in one) for one in _by_place(across, heights)]
    pairs = zip(heights, lengths, strict=True)
    return [height for height, length in pairs if length >= _LONG * width][::-1]


def _sides(points: list[tuple[float, float]], across: list[Rule], upright: list[Rule]) -> None:
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(y1 - y2) <= 1:
            across.append(Rule(min(x1, x2), max(x1, x2), (y1 + y2) / 2))
        elif abs(x1 - x2) <= 1:
            upright.append(Rule(min(y1, y2), max(y1, y2), (x1 + x2) / 2))


def _strokes(page: pdfium_c.FPDF_PAGE) -> Iterator[list[tuple[float, float]]]:
    """The corners of each stroke drawn on the page, in points of the page; curves are left out."""
    matrix = pdfium_c.FS_MATRIX()
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        thing = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(thing) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium_c.FPDFPageObj_GetMatrix(thing, matrix):
            yield from _lines(thing, matrix)


def _lines(
    path: pdfium_c.FPDF_PAGEOBJECT, matrix: pdfium_c.FS_MATRIX
) -> Iterator[list[tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _MOST)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        sort = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if sort != pdfium_c.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and points:
            yield [*points, points[0]]
            points = []
    if len(points) > 1:
        yield points


def _joined(across: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules of each table: all that meet one another, or that others join."""
    across = sorted(across, key=lambda rule: rule.at)
    heights = [rule.at for rule in across]
    head = list(range(len(across)))  # each rule across points towards the head of its table
    joined: list[tuple[Rule, int]] = []
    for rule in upright:
        low, high = rule.low - _THIN, rule.high + _THIN
        near = range(bisect_left(heights, low), bisect_right(heights, high))
        heads = {_head(head, i) for i in near if _reaches(across[i], rule.at)}
        for one in heads:
            head[one] = min(heads)
        if heads:
            joined.append((rule, min(heads)))
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for rule, index in joined:
        groups.setdefault(_head(head, index), ([], []))[1].append(rule)
    for index, rule in enumerate(across):
        groups.get(_head(head, index), ([], []))[0].append(rule)
    return list(groups.values())


def _head(head: list[int], index: int) -> int:
    while head[index] != index:
        head[index] = index = head[head[index]]
    return index


def _reaches(rule: Rule, at: float) -> bool:
    return rule.low - _THIN <= at <= rule.high + _THIN


def _grid(across: list[Rule], upright: list[Rule]) -> Grid | None:
    """The grid that rules make, or None when it has not two rows of two columns."""
    xs, ys = _places(upright), _places(across)[::-1]
    if not 3 <= len(xs) <= _MOST_COLUMNS or not 3 <= len(ys) <= _MOST_ROWS:
        return None
    sides, floors = _by_place(upright, xs), _by_place(across, ys)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            if column and not _ruled(sides[column], (top + bottom) / 2):
                merged[row, column] = merged.get((row, column - 1), (row, column - 1))
            elif row and not _ruled(floors[row], (left + right) / 2):
                merged[row, column] = merged.get((row - 1, column), (row - 1, column))
    return Grid(xs, ys, merged)


def _places(rules: list[Rule]) -> list[float]:
    """Where the rules lie, in order, those that are nearly in one place taken as one."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > _THIN:
            found.append(at)
    return found


def _by_place(rules: list[Rule], places: list[float]) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        nearest = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        found[nearest].append(rule)
    return found


def _ruled(rules: list[Rule], middle: float) -> bool:
    return any(rule.low <= middle <= rule.high for rule in rules)
