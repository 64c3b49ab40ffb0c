"""Tables on PDF pages that have no upright rules: columns stand under their names, apart from each other.

The line of names (`pdf_headings`) says that there is a table. Between two names something has to stay
free all the way down; the table ends with the first line that leaves nothing free, as prose does. What
is unsure stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import dropwhile, pairwise
from statistics import median
from typing import Final

from huiyin.reading.formats import pdf_rows
from huiyin.reading.formats.pdf_headings import LEADS, OTHERS, Heading, bands, headings
from huiyin.reading.formats.pdf_lines import PAGE_NUMBER, Line, PageTable, Word, glue, running_lines
from huiyin.reading.formats.pdf_rows import Piece, Sheet, Strip

_FREE: Final = 0.35
"""Heights of a character that stay free between two columns at least."""
_OVERLAP: Final = 0.7
"""Heights of a character by which lines have to lie apart, or no row parts them."""
_FAR: Final = 2.0
_WIDE: Final = 3.5
"""A step down so many times as long as any before, and so many characters, ends the table, unless a
row is plain to see."""
_SECTION: Final = 24
"""Characters up to which a line over several columns may head a section of the table."""
_BLANK: Final = 0.7
_NOTES: Final = ("注：", "注:", "备注：", "说明：", "附件", "填表", "联系人")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A heading, and what is still free between each two of its columns."""

    heading: Heading
    free: tuple[tuple[tuple[float, float], ...], ...]

    @classmethod
    def of(cls, heading: Heading) -> _Frame:
        gaps = tuple(((one.right, other.left),) for one, other in pairwise(heading.names))
        return cls(heading, gaps)

    def narrowed(self, words: Sequence[Word]) -> _Frame | None:
        """What stays free beside these words; None when somewhere nothing does."""
        least = _FREE * self.heading.em
        free = []
        for gaps in self.free:
            left = reduce(lambda held, word: tuple(_without(held, word, least)), words, gaps)
            if not left:
                return None
            free.append(left)
        return replace(self, free=tuple(free))

    def edges(self) -> list[float]:
        """Where one column ends and the next begins."""
        widest = [max(gaps, key=lambda gap: gap[1] - gap[0]) for gaps in self.free]
        return [(left + right) / 2 for left, right in widest]


def _without(
    gaps: tuple[tuple[float, float], ...], word: Word, least: float
) -> Iterator[tuple[float, float]]:
    """What of the gaps a word leaves free and wide enough."""
    for left, right in gaps:
        if word.right <= left or word.left >= right:
            yield left, right
            continue
        yield from ((a, b) for a, b in ((left, word.left), (word.right, right)) if b - a >= least)


@dataclass(slots=True)
class _Row:
    cells: list[str]
    page: int
    numbered: bool
    words: list[Word] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(slots=True)
class _Table:
    """A table as far as it has been read; `words` are those of its names."""

    frame: _Frame
    page: int
    rows: list[_Row]
    words: list[Word]
    edges: list[float]


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page as they stand under one another, and the rules drawn across it."""

    index: int
    bands: list[list[Word]]
    rules: Sequence[float]
    em: float


def with_columns(pages: list[list[Line]]) -> list[list[Line]]:
    """Each table without rules in place of the lines that stand in it."""
    if not any(line.words for lines in pages for line in lines):
        return pages
    running = running_lines(pages)
    found: list[_Table] = []
    going_on: _Table | None = None
    for index, lines in enumerate(pages):
        page = _page(index, lines, running)
        tables, going_on = _read(page, going_on) if page else ([], None)
        found += tables
    for table in found:
        pages = _placed(pages, table)
    return pages


def _page(index: int, lines: list[Line], running: set[int]) -> _Page | None:
    """The page in lines as they are seen; lines that number it or run over all pages are left out."""
    if not any(line.words for line in lines):
        return None
    words = [word for line in lines for word in _words(line)]
    runs = {id(word) for line in lines if id(line) in running for word in line.words}
    em = median([word.height for word in words if word.text > "\u2e80"] or [words[0].height])
    kept = _inner(bands(words, em), runs)
    rules = next(line.rules for line in lines if line.words)
    return _Page(index, kept, rules, em) if kept else None


def _inner(lines: list[list[Word]], running: set[int]) -> list[list[Word]]:
    """The lines of a page without those at its edges that run over all pages or number it."""

    def runs(line: list[Word]) -> bool:
        numbers_page = PAGE_NUMBER.fullmatch("".join(word.text for word in line))
        return bool(numbers_page or len(line) < 3) and all(id(word) in running for word in line)

    inner = list(dropwhile(runs, lines))
    return list(dropwhile(runs, inner[::-1]))[::-1]


def _words(line: Line) -> Sequence[Word]:
    """The words of a line; a ruled table bars the way of any other."""
    if line.table is None:
        return line.words
    return [Word(text="", left=0, right=line.width, base=line.top, height=line.height)]


def _read(page: _Page, going_on: _Table | None) -> tuple[list[_Table], _Table | None]:
    """The tables that begin on a page, and the one that reaches its end, if one does."""
    found = list(headings(page.bands, page.em))
    at, last = 0, None
    if going_on is not None:
        at = _continue(page, going_on, found)
        last = going_on if at else None
    tables = []
    for heading in found:
        start = next((i for i, band in enumerate(page.bands) if band[0].base <= heading.top), 0)
        if start < at:
            continue
        first = next(
            (i for i, band in enumerate(page.bands) if band[0].base < heading.bottom),
            len(page.bands),
        )
        names = [word for band in page.bands[start:first] for word in band]
        frame, end = _reach(page, _Frame.of(heading), first, heading.bottom)
        table = _Table(frame, page.index, [], names, frame.edges())
        if _add_rows(table, page, first, end, goes_on=False):
            tables.append(table)
            at, last = end, table
    return tables, last if last is not None and at == len(page.bands) else None


def _continue(page: _Page, table: _Table, found: list[Heading]) -> int:
    """Add the rows at the head of a page to the table of the page before; where they end, 0 if none."""
    first, frame, above = 0, table.frame, page.bands[0][0].base
    again = found and found[0].top == above and found[0].said == frame.heading.said
    if again:
        above = found[0].bottom
        frame = _Frame.of(found[0])
        first = next(
            (i for i, band in enumerate(page.bands) if band[0].base < above), len(page.bands)
        )
    elif found and found[0].top == above:
        return 0
    frame, end = _reach(page, frame, first, above)
    held = replace(table, frame=frame, edges=frame.edges())
    if not _add_rows(held, page, first, end, goes_on=True):
        return 0
    table.frame = frame
    table.words += [word for band in page.bands[:first] for word in band]
    return end


def _reach(page: _Page, frame: _Frame, first: int, above: float) -> tuple[_Frame, int]:
    """How far down from a line the columns stay free, and what then is free."""
    longest, em, at = 0.0, page.em, first
    while at < len(page.bands):
        band = page.bands[at]
        step = above - band[0].base
        if longest and step > max(_FAR * longest, _WIDE * em) and not _plain(band, frame):
            break
        if "".join(word.text for word in band).startswith(_NOTES):
            break
        narrowed = frame.narrowed(band)
        if narrowed is None and not _heads_section(page, frame, at):
            break
        frame, above, longest, at = narrowed or frame, band[0].base, max(longest, step), at + 1
    return frame, at


def _plain(band: list[Word], frame: _Frame) -> bool:
    """Whether a line alone shows a row: something stands in three columns."""
    edges = frame.edges()
    return len({bisect_right(edges, (word.left + word.right) / 2) for word in band}) >= 3


def _heads_section(page: _Page, frame: _Frame, at: int) -> bool:
    """Whether a line over several columns is short and a row follows right below it."""
    text = "".join(word.text for word in page.bands[at])
    if len(text) > _SECTION or text.endswith(("。", "；", "：", "，")) or at + 1 >= len(page.bands):
        return False
    below = page.bands[at + 1]
    near = page.bands[at][0].base - below[0].base < 4 * page.em
    return near and _plain(below, frame) and frame.narrowed(below) is not None


def _add_rows(table: _Table, page: _Page, first: int, end: int, *, goes_on: bool) -> bool:
    """Add the rows between two lines of a page to a table; False when they cannot be told apart."""
    names = table.frame.heading.names
    needed = {at for at, name in enumerate(names) if name.sort and not OTHERS.search(name.text)}
    units = frozenset(at for at, name in enumerate(names) if name.sort == "who")
    strips, words = _strips(page, table, first, end)
    sheet = Sheet(
        strips,
        frozenset(needed),
        units,
        table.frame.heading.numbered,
        goes_on and bool(table.rows),
        page.rules,
        page.em,
    )
    rows = pdf_rows.rows_of(sheet)
    if not rows:
        return False
    for at, row in enumerate(rows):
        own = [word for index in row for word in words[index]]
        read = _row(sheet, row, len(names), page.index, own)
        if at == 0 and sheet.goes_on and _is_rest(read, sheet):
            _take_rest(table.rows[-1], read)
        else:
            table.rows.append(read)
    return True


def _row(sheet: Sheet, row: range, count: int, page: int, words: list[Word]) -> _Row:
    strips = [sheet.strips[index] for index in row]
    cells: dict[int, list[Piece]] = {}
    for strip in strips:
        for column, pieces in strip.cells.items():
            cells.setdefault(column, []).extend(pieces)
    texts = [pdf_rows.text_of(sheet, column, cells.get(column, [])) for column in range(count)]
    return _Row(texts, page, any(map(pdf_rows.numbers, strips)), words)


def _is_rest(row: _Row, sheet: Sheet) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before."""
    return not row.numbered if sheet.has_numbers else row.filled == 1


def _take_rest(last: _Row, rest: _Row) -> None:
    pairs = zip(last.cells, rest.cells, strict=True)
    last.cells = [one + glue(one, other) + other for one, other in pairs]
    last.words += rest.words


def _strips(
    page: _Page, table: _Table, first: int, end: int
) -> tuple[list[Strip], list[list[Word]]]:
    """The lines of a table that no row parts, with the words of each."""
    strips: list[Strip] = []
    words: list[list[Word]] = []
    for band in page.bands[first:end]:
        top = band[0].base
        section = table.frame.narrowed(band) is None
        overlaps = bool(strips) and strips[-1].bottom - top < _OVERLAP * page.em
        if section or not overlaps or strips[-1].section:
            strips.append(Strip(top, top, section=section))
            words.append([])
        strips[-1].bottom = top
        words[-1] += band
        for column, piece in _pieces(band, [] if section else table.edges, page.em):
            strips[-1].cells.setdefault(column, []).append(piece)
    return strips, words


def _pieces(band: list[Word], edges: list[float], em: float) -> Iterator[tuple[int, Piece]]:
    """What stands in each column of a line."""
    held: dict[int, Piece] = {}
    for word in band:
        column = bisect_right(edges, (word.left + word.right) / 2)
        before = held.get(column)
        if before is None:
            held[column] = Piece(word.text, word.left, word.right, word.base)
            continue
        wide = word.left - before.right > _BLANK * em
        parted = wide and before.text[-1].isalnum() and word.text[0].isalnum()
        joint = " " if parted else glue(before.text, word.text)
        text = before.text + joint + word.text
        held[column] = Piece(text, before.left, max(before.right, word.right), before.base)
    yield from held.items()


def _placed(pages: list[list[Line]], table: _Table) -> list[list[Line]]:
    """The pages with a table in place of its lines; as they were when lines are only partly of it."""
    while table.rows and table.rows[-1].filled == 1 and not table.rows[-1].numbered:
        table.rows.pop()
    own = {id(word) for word in table.words} | {id(w) for row in table.rows for w in row.words}
    touched = [line for lines in pages for line in lines if any(id(w) in own for w in line.words)]
    whole = all(id(word) in own for line in touched for word in line.words)
    if not table.rows or not whole or not _is_sound(table):
        return pages
    taken = {id(line) for line in touched}
    read = _page_table(table)
    text = "".join(cell for row in read.rows for cell in row)
    marker = replace(touched[0], text=text, table=read, words=(), rules=())
    return [
        [
            marker if line is touched[0] else line
            for line in lines
            if id(line) not in taken or line is touched[0]
        ]
        for lines in pages
    ]


def _is_sound(table: _Table) -> bool:
    """Whether most rows say what is to be done and something besides."""
    what = [at for at, name in enumerate(table.frame.heading.names) if name.sort == "what"]
    good = sum(1 for row in table.rows if any(row.cells[at] for at in what) and row.filled >= 2)
    return 2 * good >= len(table.rows)


def _page_table(table: _Table) -> PageTable:
    """The table with its names; a unit that leads, said once, speaks for the rows below as well."""
    names = table.frame.heading.names
    rows = [table.frame.heading.said, *(row.cells for row in table.rows)]
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for column, name in enumerate(names):
        if name.sort != "who" or OTHERS.search(name.text) or not LEADS.search(name.text):
            continue
        for at, row in enumerate(table.rows, start=1):
            above = (at - 1, column)
            if at > 1 and not row.cells[column] and row.filled >= 2:
                merges[at, column] = merges.get(above, above)
    pages = [table.page, *(row.page for row in table.rows)]
    return PageTable(rows, pages, merges, tuple(table.edges))
