"""A document's text as paragraphs and pieces that a page can show: code-point exact, overlap-safe, linear.

Nothing is dropped or added: the pieces of all paragraphs, put together, are the text. Line breaks and
indentation become pieces of kind `break`, which a page keeps in the markup and does not show, so that
a selection in the browser still counts to the same offset. Hard-wrapped lines are joined on screen only.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from huiyin.documents.blocks import Block, Heading, Style, blocks

FINDING = 0
FRAGMENT = 1
"""Levels of marks: a finding or demand, and a fragment inside it (who, by when, how much)."""
LONGEST_LABEL = 24
"""Characters of a label in the outline at the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text and what stands for it; offsets in code points, end exclusive."""

    start: int
    end: int
    payload: Any
    level: int = FINDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text under the same marks.

    `mark` and `part` are the innermost finding and fragment; `opens` are the findings that begin here
    (one hidden under another still opens, so none loses its note); `ends_part`: the fragment ends here;
    `spaced`: a hidden line break between two Latin words, where the page shows a space.
    """

    start: int
    text: str
    hidden: bool = False
    spaced: bool = False
    mark: Mark | None = None
    part: Mark | None = None
    opens: tuple[Mark, ...] = ()
    ends_part: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def first(self) -> bool:
        """Whether the mark shown begins with this piece: here go its number and its address."""
        return any(mark is self.mark for mark in self.opens)

    @property
    def covered(self) -> tuple[Mark, ...]:
        """Findings that begin here under another one: their address and note still belong here."""
        return tuple(mark for mark in self.opens if mark is not self.mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as shown; `level` of a heading, `anchor` the place of its outline entry."""

    style: Style
    pieces: tuple[Piece, ...]
    level: int = 0
    anchor: int | None = None

    @property
    def text(self) -> str:
        """The words without breaks and indentation, for a table of contents."""
        return "".join(" " if p.spaced else p.text for p in self.pieces if not p.hidden or p.spaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the highest level and the findings that begin under it, in their order."""

    label: str
    anchor: int | None
    marks: tuple[Mark, ...]


def paragraphs(
    text: str,
    marks: Sequence[Mark] = (),
    *,
    outline: Sequence[Heading] = (),
    title: str | None = None,
) -> list[Paragraph]:
    """The whole text as paragraphs; marks outside the text or empty are left out."""
    cuts = _Cover([mark for mark in marks if 0 <= mark.start < mark.end <= len(text)])
    return [
        Paragraph(
            style=block.style, level=block.level, anchor=block.anchor,
            pieces=tuple(_pieces(text, block, cuts)),
        )
        for block in blocks(text, outline, title)
    ]  # fmt: skip


def sections(shown: Iterable[Paragraph]) -> list[Section]:
    """The outline for the side: top-level entries with the findings under them, in order."""
    laid = list(shown)
    top = min((each.level for each in laid if each.anchor is not None), default=0)
    found: list[tuple[str, int | None, list[Mark]]] = [("", None, [])]
    for paragraph in laid:
        if paragraph.anchor is not None and paragraph.level == top:
            found.append((_label(paragraph), paragraph.anchor, []))
        found[-1][2].extend(mark for piece in paragraph.pieces for mark in piece.opens)
    return [
        Section(label=label, anchor=anchor, marks=tuple(marks))
        for label, anchor, marks in found
        if label or marks
    ]


def _label(paragraph: Paragraph) -> str:
    """A heading whole; of a sentence that begins a section, its first words."""
    if paragraph.style == "heading":
        return paragraph.text.rstrip("。.：:")
    said = re.split(r"[。！？；：!?;:]", paragraph.text[: LONGEST_LABEL + 1], maxsplit=1)[0]
    return said if len(said) <= LONGEST_LABEL else said[:LONGEST_LABEL] + "……"


class _Cover:
    """Walks the text once and knows the innermost marks at each place."""

    def __init__(self, marks: list[Mark]) -> None:
        self.starts = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        self.bounds = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
        self.next_start = 0
        self.next_bound = 0
        self.active: dict[int, list[tuple[int, int, int, Mark]]] = {FINDING: [], FRAGMENT: []}

    def bounds_in(self, start: int, end: int) -> Iterator[int]:
        """Edges strictly inside (start, end); called with rising places."""
        while self.next_bound < len(self.bounds) and self.bounds[self.next_bound] <= start:
            self.next_bound += 1
        while self.next_bound < len(self.bounds) and self.bounds[self.next_bound] < end:
            yield self.bounds[self.next_bound]
            self.next_bound += 1

    def open(self, place: int) -> tuple[Mark, ...]:
        """Marks that begin at or before `place` and have not been opened; findings only."""
        opened: list[Mark] = []
        while self.next_start < len(self.starts) and self.starts[self.next_start].start <= place:
            mark = self.starts[self.next_start]
            heapq.heappush(self.active[mark.level], (-mark.start, mark.end, self.next_start, mark))
            if mark.level == FINDING:
                opened.append(mark)
            self.next_start += 1
        return tuple(opened)

    def innermost(self, level: int, place: int) -> Mark | None:
        """The mark of `level` covering `place` that began last (of equals, the shortest)."""
        heap = self.active[level]
        while heap and heap[0][1] <= place:
            heapq.heappop(heap)
        return heap[0][3] if heap else None


def _pieces(text: str, block: Block, cuts: _Cover) -> Iterator[Piece]:
    """The block's text, cut at the edges of what is shown and of every mark."""
    waiting: tuple[Mark, ...] = ()
    for start, end, hidden in _stretches(block):
        edges = [start, *cuts.bounds_in(start, end), end]
        for left, right in pairwise(edges):
            waiting += cuts.open(left)
            piece = _piece(text, left, right, cuts, hidden=hidden)
            if hidden and right < block.end:
                yield replace(piece, spaced=_parts_words(text, start, end))
                continue
            yield replace(piece, opens=waiting)
            waiting = ()


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether a break stands between two Latin words."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _piece(text: str, left: int, right: int, cuts: _Cover, *, hidden: bool) -> Piece:
    mark, part = cuts.innermost(FINDING, left), cuts.innermost(FRAGMENT, left)
    ends = part is not None and part.end == right
    return Piece(
        start=left, text=text[left:right], hidden=hidden, mark=mark, part=part, ends_part=ends
    )


def _stretches(block: Block) -> Iterator[tuple[int, int, bool]]:
    """(start, end, hidden) from the block's start to its end, without gaps."""
    place = block.start
    for first, last in block.shown:
        if first > place:
            yield place, first, True
        yield first, last, False
        place = last
    if place < block.end:
        yield place, block.end, True
