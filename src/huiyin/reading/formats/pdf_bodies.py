"""The rows of a table without upright rules on one page, each cell with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from huiyin.reading.formats import pdf_rows
from huiyin.reading.formats.pdf_frames import Frame, Page, columns_of, strips_of
from huiyin.reading.formats.pdf_headings import LEADS, OTHERS, Name
from huiyin.reading.formats.pdf_lines import Word, glue
from huiyin.reading.formats.pdf_merges import BEFORE, Extent, speakers
from huiyin.reading.formats.pdf_rows import Piece, Sheet

_NEXT: Final = 2.0
"""Heights of a character from one line of a cell to the next at most."""


@dataclass(slots=True)
class Row:
    """A row: what stands in its cells, the words of it, and who speaks for it where it says nothing."""

    cells: list[str]
    page: int
    numbered: bool
    extent: Extent
    words: list[Word]
    heights: dict[int, float] = field(default_factory=dict)
    """The height of the middle of each cell that has something."""
    speakers: dict[int, Row] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """In how many columns something stands."""
        return sum(1 for cell in self.cells if cell)

    @property
    def is_section(self) -> bool:
        """Whether it only heads the rows below."""
        return self.filled == 1 and not self.numbered


def rows_on(
    page: Page, lines: Sequence[list[Word]], frame: Frame, edges: list[float], before: Row | None
) -> list[Row] | None:
    """The rows that lines of a page make; None when they cannot be told apart well enough.

    `before` is the last row of the page before; what goes on from there is added to it.
    """
    names = frame.heading.names
    leads = {at for at, name in enumerate(names) if _is_lead(name)}
    loose: list[list[Word]] = []
    sheet = _sheet(page, lines, frame, edges, goes_on=before is not None)
    cut = pdf_rows.cut(sheet)
    if cut is None and sheet.has_numbers:
        loose = [line for line in lines if columns_of(line, edges) <= leads]
        lines = [line for line in lines if not columns_of(line, edges) <= leads]
        sheet = _sheet(page, lines, frame, edges, goes_on=before is not None)
        cut = pdf_rows.cut(sheet) if loose else None
    if cut is None:
        return None
    rows = [_row(sheet, row, len(names), page.index, leads) for row in cut.rows]
    if loose and not _take_loose(rows, loose, edges, page.em):
        return None
    told = {at for at in sheet.needed if names[at].sort != "what"}
    if before is not None and _is_rest(rows[0], sheet, told):
        _take_rest(before, rows.pop(0))
    for column in leads:
        _speak(rows, column, leads, cut.alignment, before)
    return rows


def _is_lead(name: Name) -> bool:
    return name.sort == "who" and bool(LEADS.search(name.text)) and not OTHERS.search(name.text)


def _sheet(
    page: Page, lines: Sequence[list[Word]], frame: Frame, edges: list[float], *, goes_on: bool
) -> Sheet:
    names = list(enumerate(frame.heading.names))
    return Sheet(
        strips=strips_of(lines, frame, edges, page.em),
        needed=frozenset(at for at, name in names if name.sort and not OTHERS.search(name.text)),
        units=frozenset(at for at, name in names if name.sort == "who"),
        numbered=frame.heading.numbered,
        goes_on=goes_on,
        rules=page.rules,
        em=page.em,
    )


def _row(sheet: Sheet, row: range, count: int, page: int, leads: set[int]) -> Row:
    strips = [sheet.strips[index] for index in row]
    cells = pdf_rows.cells_of(strips)
    bases = [p.base for column, pieces in cells.items() if column not in leads for p in pieces]
    bases = bases or [strips[0].top, strips[-1].bottom]
    return Row(
        cells=[pdf_rows.text_of(sheet, column, cells.get(column, [])) for column in range(count)],
        page=page,
        numbered=any(map(pdf_rows.numbers, strips)),
        extent=Extent(max(bases), min(bases)),
        words=[word for strip in strips for word in strip.words],
        heights={column: _middle(pieces) for column, pieces in cells.items()},
    )


def _middle(pieces: Sequence[Piece]) -> float:
    return (pieces[0].base + pieces[-1].base) / 2


def _take_loose(rows: list[Row], loose: list[list[Word]], edges: list[float], em: float) -> bool:
    """Give names that stand between two rows to the nearer one; False when that one has its own."""
    for lines in _close(loose, edges, em):
        height = (lines[0][0].base + lines[-1][0].base) / 2
        row = min(rows, key=lambda row: abs(row.extent.middle - height))
        (column, *more) = columns_of([word for line in lines for word in line], edges)
        if more or row.cells[column]:
            return False
        row.cells[column] = "".join(word.text for line in lines for word in line)
        row.heights[column] = height
        row.words += [word for line in lines for word in line]
    return True


def _close(loose: list[list[Word]], edges: list[float], em: float) -> Iterator[list[list[Word]]]:
    held: list[list[Word]] = []
    for line in loose:
        if held and (
            held[-1][0].base - line[0].base > _NEXT * em
            or columns_of(held[-1], edges) != columns_of(line, edges)
        ):
            yield held
            held = []
        held.append(line)
    yield held


def _is_rest(row: Row, sheet: Sheet, told: set[int]) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before.

    It has no number then, or, in a table without numbers, tells neither who leads nor by when.
    """
    if sheet.has_numbers:
        return not row.numbered
    return not any(row.cells[column] for column in told)


def _take_rest(last: Row, rest: Row) -> None:
    pairs = zip(last.cells, rest.cells, strict=True)
    last.cells = [one + glue(one, other) + other for one, other in pairs]
    last.words += rest.words


def _speak(
    rows: list[Row], column: int, leads: set[int], alignment: str, before: Row | None
) -> None:
    """Let every row know which one says who leads it; no one speaks over the name of a section."""
    last = before.speakers.get(column, before) if before else None
    last = last if last and last.cells[column] else None
    for part in _parted(rows):
        follows = last if part and part[0] is rows[0] else None
        said = {at: row.heights[column] for at, row in enumerate(part) if row.cells[column]}
        extents = [row.extent for row in part]
        found = speakers(extents, said, alignment, follows=follows is not None)
        for at, own in found.items():
            speaker = follows if own == BEFORE else part[own]
            if speaker and not any(part[at].cells[other] for other in leads - {column}):
                part[at].speakers[column] = speaker
        _move_up(part, column)


def _parted(rows: list[Row]) -> list[list[Row]]:
    """The rows of each section, without the rows that only name it."""
    parts: list[list[Row]] = [[]]
    for row in rows:
        if row.is_section:
            parts.append([])
        else:
            parts[-1].append(row)
    return [part for part in parts if part]


def _move_up(rows: list[Row], column: int) -> None:
    """Put what is said into the first row it speaks for, as in a merged cell."""
    for row in rows:
        speaker = row.speakers.get(column, row)
        if speaker is row or row.cells[column] or speaker not in rows:
            continue
        if rows.index(speaker) > rows.index(row):
            row.cells[column], speaker.cells[column] = speaker.cells[column], ""
            for other in rows:
                if other.speakers.get(column) is speaker:
                    other.speakers[column] = row
