"""Tables on PDF pages that have no upright rules: columns stand under their names, apart from each other.

The line of names (`pdf_headings`) says that there is a table. Between two names something has to stay
free all the way down; the table ends with the first line that leaves nothing free, as prose does. What
is unsure stays text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from huiyin.reading.formats.pdf_bodies import Row, rows_on
from huiyin.reading.formats.pdf_frames import Frame, Page, page_of, reach
from huiyin.reading.formats.pdf_headings import Heading, headings
from huiyin.reading.formats.pdf_lines import Line, PageTable, Word, running_lines


@dataclass(slots=True)
class _Table:
    """A table as far as it has been read; `words` are those of its names."""

    frame: Frame
    page: int
    rows: list[Row]
    words: list[Word]
    edges: list[float]


def with_columns(pages: list[list[Line]]) -> list[list[Line]]:
    """Each table without rules in place of the lines that stand in it."""
    if not any(line.words for lines in pages for line in lines):
        return pages
    running = running_lines(pages)
    found: list[_Table] = []
    going_on: _Table | None = None
    for index, lines in enumerate(pages):
        page = page_of(index, lines, running)
        tables, going_on = _read(page, going_on) if page else ([], None)
        found += tables
    return _placed(pages, found)


def _read(page: Page, going_on: _Table | None) -> tuple[list[_Table], _Table | None]:
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
        frame, end = reach(page, Frame.of(heading), first, heading.bottom)
        table = _Table(frame, page.index, [], names, frame.edges())
        if _add_rows(table, page, first, end, goes_on=False):
            tables.append(table)
            at, last = end, table
    return tables, last if last is not None and at == len(page.bands) else None


def _continue(page: Page, table: _Table, found: list[Heading]) -> int:
    """Add the rows at the head of a page to the table of the page before; where they end, 0 if none."""
    first, frame, above = 0, table.frame, page.bands[0][0].base
    again = found and found[0].top == above and found[0].said == frame.heading.said
    if again:
        above = found[0].bottom
        frame = Frame.of(found[0])
        first = next(
            (i for i, band in enumerate(page.bands) if band[0].base < above), len(page.bands)
        )
    elif found and found[0].top == above:
        return 0
    frame, end = reach(page, frame, first, above)
    held = replace(table, frame=frame, edges=frame.edges())
    if not _add_rows(held, page, first, end, goes_on=True):
        return 0
    table.frame = frame
    table.words += [word for band in page.bands[:first] for word in band]
    return end


def _add_rows(table: _Table, page: Page, first: int, end: int, *, goes_on: bool) -> bool:
    """Add the rows between two lines of a page to a table; False when they cannot be told apart."""
    before = table.rows[-1] if goes_on and table.rows else None
    rows = rows_on(page, page.bands[first:end], table.frame, table.edges, before)
    table.rows += rows or []
    return rows is not None


def _placed(pages: list[list[Line]], tables: list[_Table]) -> list[list[Line]]:
    """The pages with each table in place of its lines; not those that have a line only partly."""
    owner = {id(word): table for table in tables for word in _trimmed(table)}
    touched: dict[int, list[Line]] = {}
    unsure = {id(table) for table in tables if not _is_sound(table)}
    for line in (line for lines in pages for line in lines):
        owners = {id(owner.get(id(word))): owner.get(id(word)) for word in line.words}
        for table in filter(None, owners.values()):
            touched.setdefault(id(table), []).append(line)
            unsure |= {id(table)} if len(owners) > 1 else set()
    sure = [table for table in tables if id(table) not in unsure]
    taken = {id(line) for table in sure for line in touched[id(table)]}
    markers = {id(touched[id(table)][0]): _marker(touched[id(table)][0], table) for table in sure}
    return [
        [
            markers.get(id(line), line)
            for line in lines
            if id(line) in markers or id(line) not in taken
        ]
        for lines in pages
    ]


def _trimmed(table: _Table) -> list[Word]:
    """The words of a table; a line alone at its end is none of its rows."""
    while table.rows and table.rows[-1].filled == 1 and not table.rows[-1].numbered:
        table.rows.pop()
    return [*table.words, *(word for row in table.rows for word in row.words)]


def _marker(line: Line, table: _Table) -> Line:
    read = _page_table(table)
    text = "".join(cell for row in read.rows for cell in row)
    return replace(line, text=text, table=read, words=(), rules=())


def _is_sound(table: _Table) -> bool:
    """Whether there are rows, and most say what is to be done and something besides."""
    what = [at for at, name in enumerate(table.frame.heading.names) if name.sort == "what"]
    good = sum(1 for row in table.rows if any(row.cells[at] for at in what) and row.filled >= 2)
    return bool(table.rows) and 2 * good >= len(table.rows)


def _page_table(table: _Table) -> PageTable:
    """The table with its names; what is said once for several rows is as a merged cell."""
    rows = [table.frame.heading.said, *(row.cells for row in table.rows)]
    numbers = {id(row): number for number, row in enumerate(table.rows, start=1)}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(table.rows, start=1):
        for column, speaker in row.speakers.items():
            if speaker is not row and id(speaker) in numbers:
                merges[number, column] = (numbers[id(speaker)], column)
    pages = [table.page, *(row.page for row in table.rows)]
    return PageTable(rows, pages, merges, tuple(table.edges))
