"""Lines of a page put together to paragraphs, as Chinese pages are set.

A paragraph begins with an indent of about two characters and its last line stops before the right
edge. So a line goes on in the next one when it is full and the next one is not indented. Numbers
of pages and headers that repeat are taken out, or no paragraph would run over a page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from huiyin.reading.classification import classification

PAGE_NUMBER: Final = re.compile(
    r"[-—–―－·\s]*(?:第\s*)?[\dIVXivx０-９]{1,5}(?:\s*页)?[-—–―－·\s]*"
    r"|第\s*\d+\s*页\s*[,，/／]?\s*共\s*\d+\s*页|\d+\s*[/／]\s*\d+"
)
_OPENS: Final = re.compile(
    r"第[一二三四五六七八九十百]+[章节条编]\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|附件[：:\d]|抄送[：:]|主送[：:]"
)
_CLOSED: Final = "。！？；：!?;:”）》"
_WIDE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
_INDENT: Final = 1.2
"""Character widths by which the first line of a paragraph stands in, at least; two are usual."""
_HEADER: Final = 30
"""Characters up to which a line that repeats is a header and not a sentence said again."""
_SHIFT: Final = 4.0
"""Points by which the columns of a table may shift from page to page."""
_FULL: Final = 2.2
"""Character widths that a full line may lack at the right: a mark of punctuation never begins one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Characters without a gap between them; `base` is the height of the line they stand on."""

    text: str
    left: float
    right: float
    base: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as printed; distances in points, `width` that of the page."""

    text: str
    left: float
    right: float
    height: float
    top: float
    width: float
    table: PageTable | None = None
    """The table that stands in this place; its text is then that of all its cells."""
    words: tuple[Word, ...] = ()
    """Its words apart, on pages where a table without rules may stand."""
    rules: tuple[float, ...] = ()
    """The heights of the long rules drawn across its page, from the top down, on such pages."""


@dataclass(slots=True)
class PageTable:
    """A table as read from a page, or from several: its rows, the page each stands on, and what is merged."""

    rows: list[list[str]]
    pages: list[int]
    merges: dict[tuple[int, int], tuple[int, int]]
    edges: tuple[float, ...]


@dataclass(slots=True)
class Paragraph:
    """Its text in pieces, each with the index of the page it stands on; or a table."""

    pieces: list[tuple[int, str]] = field(default_factory=list)
    table: PageTable | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of the type area and the width of a character."""

    left: float
    right: float
    em: float


def paragraphs_of(pages: list[list[Line]]) -> list[Paragraph]:
    """Return the paragraphs of all pages; one may run over a page's end."""
    running = running_lines(pages)
    bodies = [[line for line in lines if id(line) not in running] for lines in pages]
    columns = _columns(bodies)
    paragraphs: list[Paragraph] = []
    last: Line | None = None
    for page, lines in enumerate(bodies):
        for line in lines:
            if line.table is not None:
                _take_table(paragraphs, line.table)
                last = None
                continue
            column = columns[round(line.width)]
            if last is not None and _goes_on(last, line, column):
                joint = glue(last.text, line.text)
                paragraphs[-1].pieces.append((page, joint + line.text))
            else:
                paragraphs.append(Paragraph([(page, line.text)]))
            last = line
    return paragraphs


def _take_table(paragraphs: list[Paragraph], table: PageTable) -> None:
    """Add a table, or its rows to the one before when it goes on over the page's end."""
    before = paragraphs[-1].table if paragraphs else None
    if before is None or not _same_columns(before, table):
        paragraphs.append(Paragraph(table=table))
        return
    again = table.rows[0] == before.rows[0]
    first, shift = (1 if again else 0), len(before.rows) - (1 if again else 0)
    before.merges |= {
        (row + shift, column): (from_row + shift, from_column)
        for (row, column), (from_row, from_column) in table.merges.items()
        if row >= first
    }
    before.rows += table.rows[first:]
    before.pages += table.pages[first:]


def _same_columns(one: PageTable, other: PageTable) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) < _SHIFT for a, b in zip(one.edges, other.edges, strict=True)
    )


def running_lines(pages: list[list[Line]]) -> set[int]:
    """The ids of the lines that number a page, or stand at the edge of most pages."""
    edges = [line for lines in pages for line in _edges(lines)]
    repeated = Counter(map(_look, edges))
    often = max(2, len(pages) // 2)

    def runs(line: Line) -> bool:
        if line.table is not None:
            return False
        if PAGE_NUMBER.fullmatch(line.text):
            return True
        if _is_sentence(line) or classification(line.text):
            return False
        return repeated[_look(line)] >= often

    return {id(line) for line in edges if runs(line)}


def _edges(lines: list[Line]) -> list[Line]:
    """Return the topmost and the lowest two lines of a page, wherever they come in its text."""
    ordered = sorted(lines, key=lambda line: -line.top)
    return ordered if len(ordered) <= 4 else [*ordered[:2], *ordered[-2:]]


def _is_sentence(line: Line) -> bool:
    """Whether a line is long and without gaps, so not a header, were it repeated or not."""
    length = line.right - line.left
    has_gap = length > 1.4 * len(line.text) * line.height
    return not has_gap and (len(line.text) > _HEADER or length > 0.6 * line.width)


def _look(line: Line) -> tuple[str, int]:
    """Return what a running line has in common on all pages: its words and its height."""
    return re.sub(r"[\d\s]", "", line.text), round(line.top)


def _columns(pages: list[list[Line]]) -> dict[int, _Column]:
    """Return the type area for each width of page."""
    by_width: dict[int, list[Line]] = {}
    for lines in pages:
        for line in lines:
            if line.table is None:
                by_width.setdefault(round(line.width), []).append(line)
    return {width: _column(lines) for width, lines in by_width.items()}


def _column(lines: list[Line]) -> _Column:
    em = median(_em(line) for line in lines)
    long = [line for line in lines if line.right - line.left > 12 * em] or lines
    left = _usual([line.left for line in long], em)
    right = _usual([line.right for line in long], em)
    return _Column(left, right, em)


def _em(line: Line) -> float:
    """Return the width of a 汉字 in the line; half of it is counted for narrow characters."""
    wide = len(_WIDE.findall(line.text))
    units = wide + (len(line.text) - wide) / 2
    return max((line.right - line.left) / units, 1.0) if units else line.height


def _usual(values: list[float], em: float) -> float:
    """Return the most common of the values, taking those within half a character as one."""
    counts = Counter(round(value / em * 2) for value in values)
    best = max(counts.values())
    return max(key for key, count in counts.items() if count == best) * em / 2


def _goes_on(last: Line, line: Line, column: _Column) -> bool:
    full = last.right >= column.right - _FULL * column.em
    indented = line.left > column.left + _INDENT * column.em
    if not full or indented:
        return False
    if last.left > column.left + 4 * column.em:  # a title or a signature, set apart
        return False
    return not (_OPENS.match(line.text) and last.text.endswith(tuple(_CLOSED)))


def glue(before: str, after: str) -> str:
    """Return what joins two lines: nothing between 汉字, a blank between Latin words."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii()
    return " " if latin and after[:1].isalpha() else ""
