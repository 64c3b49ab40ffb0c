"""What of a PDF page can belong to a table without upright rules: lines that leave its columns apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import Final

from huiyin.reading.formats.pdf_headings import Heading, bands
from huiyin.reading.formats.pdf_lines import PAGE_NUMBER, Line, Word, glue
from huiyin.reading.formats.pdf_rows import Piece, Strip

_FREE: Final = 0.35
"""Heights of a character that stay free between two columns at least."""
_OVERLAP: Final = 0.7
"""Heights of a character by which lines have to lie apart, or no row parts them."""
_APART: Final = 1.3
"""Heights of a character by which a line that runs over all pages stands apart from the others."""
_FAR: Final = 2.0
_WIDE: Final = 3.5
"""A step down so many times as long as any before, and so many characters, ends the table, unless a
row is plain to see."""
_SECTION: Final = 24
"""Characters up to which a line over several columns may head a section of the table."""
_BLANK: Final = 0.7
_NOTES: Final = ("注：", "注:", "备注：", "说明：", "附件", "填表", "联系人")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page as they stand under one another, and the rules drawn across it."""

    index: int
    bands: list[list[Word]]
    rules: Sequence[float]
    em: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A heading, and what is still free between each two of its columns."""

    heading: Heading
    free: tuple[tuple[tuple[float, float], ...], ...]

    @classmethod
    def of(cls, heading: Heading) -> Frame:
        gaps = tuple(((one.right, other.left),) for one, other in pairwise(heading.names))
        return cls(heading, gaps)

    def narrowed(self, words: Sequence[Word]) -> Frame | None:
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


def page_of(index: int, lines: list[Line], running: set[int]) -> Page | None:
    """The page in lines as they are seen; lines that number it or run over all pages are left out."""
    if not any(line.words for line in lines):
        return None
    words = [word for line in lines for word in _words(line)]
    runs = {id(word) for line in lines if id(line) in running for word in line.words}
    em = median([word.height for word in words if word.text > "\u2e80"] or [words[0].height])
    kept = _inner(bands(words, em), runs, em)
    rules = next(line.rules for line in lines if line.words)
    return Page(index, kept, rules, em) if kept else None


def _inner(lines: list[list[Word]], running: set[int], em: float) -> list[list[Word]]:
    """The lines of a page without those at its edges that run over all pages or number it."""

    def runs(line: list[Word], inner: list[Word]) -> bool:
        numbers_page = PAGE_NUMBER.fullmatch("".join(word.text for word in line))
        apart = abs(line[0].base - inner[0].base) > _APART * em
        few = bool(numbers_page) or len(line) < 3
        return apart and few and all(id(word) in running for word in line)

    first, last = 0, len(lines)
    while first < last - 1 and runs(lines[first], lines[first + 1]):
        first += 1
    while first < last - 1 and runs(lines[last - 1], lines[last - 2]):
        last -= 1
    return lines[first:last]


def _words(line: Line) -> Sequence[Word]:
    """The words of a line; a ruled table bars the way of any other."""
    if line.table is None:
        return line.words
    return [Word(text="", left=0, right=line.width, base=line.top, height=line.height)]


def reach(page: Page, frame: Frame, first: int, above: float) -> tuple[Frame, int]:
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


def _plain(band: list[Word], frame: Frame) -> bool:
    """Whether a line alone shows a row: something stands in three columns."""
    return len(columns_of(band, frame.edges())) >= 3


def _heads_section(page: Page, frame: Frame, at: int) -> bool:
    """Whether a line over several columns is short and a row follows right below it."""
    text = "".join(word.text for word in page.bands[at])
    if len(text) > _SECTION or text.endswith(("。", "；", "：", "，")) or at + 1 >= len(page.bands):
        return False
    below = page.bands[at + 1]
    near = page.bands[at][0].base - below[0].base < 4 * page.em
    return near and _plain(below, frame) and frame.narrowed(below) is not None


def strips_of(
    lines: Sequence[list[Word]], frame: Frame, edges: list[float], em: float
) -> list[Strip]:
    """The lines of a table that no row parts."""
    strips: list[Strip] = []
    for band in lines:
        top = band[0].base
        section = frame.narrowed(band) is None
        overlaps = bool(strips) and strips[-1].bottom - top < _OVERLAP * em
        if section or not overlaps or strips[-1].section:
            strips.append(Strip(top, top, section=section))
        strips[-1].bottom = top
        strips[-1].words += band
        for column, piece in _pieces(band, [] if section else edges, em):
            strips[-1].cells.setdefault(column, []).append(piece)
    return strips


def columns_of(line: Sequence[Word], edges: list[float]) -> set[int]:
    """The columns in which something stands in a line."""
    return {bisect_right(edges, (word.left + word.right) / 2) for word in line}


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
