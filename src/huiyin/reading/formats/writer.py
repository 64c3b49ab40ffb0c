"""Puts a document's text together, remembering where each stretch of it lies in the original."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

from huiyin.reading.formats.headers import header_row
from huiyin.reading.formats.limits import MAX_TEXT
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.types import Document, Place, Table

Cells = Sequence[Sequence[str]]
"""The rows of a table; a place covered by a merged cell holds "" there."""

Merges = Mapping[tuple[int, int], tuple[int, int]]
"""(row, column) of each covered place -> the place of the cell that covers it."""


_T = TypeVar("_T")


class Writer:
    """Collects text in order; offsets are code points of the text written so far."""

    def __init__(self, data: bytes, name: str, media_type: str) -> None:
        self._data, self._name, self._media_type = data, name, media_type
        self._parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []
        self.tables: list[Table] = []
        self.warnings: list[str] = []

    def write(self, text: str) -> tuple[int, int]:
        """Append the text and return its (start, end)."""
        start = self.length
        self.length += len(text)
        if self.length > MAX_TEXT:
            raise refusal("too_long")
        self._parts.append(text)
        return start, self.length

    def line(self, text: str) -> None:
        """Append one line."""
        self.write(text + "\n")

    def table(
        self,
        cells: Cells,
        merges: Merges | None = None,
        *,
        sheet: str | None = None,
        row_numbers: Sequence[int] = (),
        header: int | None = None,
    ) -> None:
        """Append a table, cells parted by a tab and rows by a line end; a merged cell is written once.

        In `Document.tables` the places it covers carry the span of the cell itself, so every row
        is complete. With `row_numbers` (from 1) each row becomes a place of its sheet.
        """
        spans: list[list[tuple[int, int]]] = []
        for index, row in enumerate(cells):
            start = self.length
            spans.append(self._row(row))
            if row_numbers:
                place = Place(start=start, end=self.length, sheet=sheet, row=row_numbers[index])
                self.places.append(place)
        filled = [
            tuple(_origin(spans, merges or {}, at, column) for column in range(len(row)))
            for at, row in enumerate(spans)
        ]
        known = header_row(filled_text(cells, merges or {})) if header is None else header
        self.tables.append(Table(header=known, rows=tuple(filled), sheet=sheet))

    def document(self) -> Document:
        """Return the document; a text without a single visible character is refused."""
        text = "".join(self._parts)
        if not text.strip():
            raise refusal("no_text")
        return self.finished(text)

    def finished(self, text: str) -> Document:
        """Return the document of this text, which may be empty (a scan)."""
        return Document(
            name=self._name,
            sha256=hashlib.sha256(self._data).hexdigest(),
            media_type=self._media_type,
            text=text,
            places=tuple(self.places),
            tables=tuple(self.tables),
            warnings=tuple(self.warnings),
        )

    def _row(self, row: Sequence[str]) -> list[tuple[int, int]]:
        spans = []
        for column, cell in enumerate(row):
            if column:
                self.write("\t")
            spans.append(self.write(cell.replace("\t", " ")))
        self.write("\n")
        return spans


def filled_text(cells: Cells, merges: Merges) -> list[list[str]]:
    """Return the cells with every covered place showing the text of the cell that covers it."""
    return [
        [_origin(cells, merges, at, column) for column in range(len(row))]
        for at, row in enumerate(cells)
    ]


def _origin(grid: Sequence[Sequence[_T]], merges: Merges, row: int, column: int) -> _T:
    row, column = merges.get((row, column), (row, column))
    return grid[row][column]
