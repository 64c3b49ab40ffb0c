"""Where the paragraphs of a text begin and end, and what each is: title, heading, greeting, signature. Pure."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Protocol

from huiyin.documents.lines import Line, lines_of, wrap_width

Style = Literal["masthead", "title", "by", "heading", "para", "flush", "sign"]
_DATE = re.compile(r"[（(]?\s*[0-9０-９〇○一二三四五六七八九十]{2,5}\s*年.{1,8}[日号]\s*[)）]?")
_LONGEST_HEADING = 45
_LONGEST_BY = 34
_LONGEST_NAME = 24
_TITLE_WITHIN = 30
_TITLE_LINES = 4
_ABOVE = re.compile(r".{2,30}(文件|纪要|会议|办公室|委员会)|.{0,12}〔[0-9]{4}〕.{1,8}号")


class Heading(Protocol):
    """What is needed of an entry of a reading's outline."""

    @property
    def level(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def start(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph before marks are laid over it: visible stretches between hidden ones."""

    start: int
    end: int
    style: Style
    shown: tuple[tuple[int, int], ...]
    level: int = 0
    anchor: int | None = None


def blocks(text: str, outline: Sequence[Heading], title: str | None) -> Iterator[Block]:
    """Lines grouped into blocks, headings cut out, styles of the head and foot set."""
    raw = _joined(text, {entry.start for entry in outline})
    cut = [part for block in raw for part in _cut_at_headings(text, block, outline)]
    yield from _styled(text, cut, title)


def _joined(text: str, heads: set[int]) -> list[Block]:
    """One block a paragraph of the original: blank lines close it, hard-wrapped lines continue it."""
    lines = lines_of(text)
    width = wrap_width(lines)
    indented = any(line.indent for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(text, groups[-1], line, width, heads, indented=indented):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _continues(
    text: str, group: list[Line], line: Line, width: int, heads: set[int], *, indented: bool
) -> bool:
    last = group[-1]
    if line.blank or group[0].blank:
        return line.blank or all(each.blank for each in group)
    if last.blank or not width or line.indent or line.first in heads:
        return False
    ends = text[last.last - 1] in "。！？!?：:；;"
    return last.width >= width - 2 and (indented or not ends)


def _block(group: list[Line]) -> Block:
    shown = tuple((line.first, line.last) for line in group if not line.blank)
    return Block(start=group[0].start, end=group[-1].end, style="para", shown=shown)


def _cut_at_headings(text: str, block: Block, outline: Sequence[Heading]) -> Iterator[Block]:
    """A block split where an outline entry of the first two levels begins; a heading stands alone."""
    start, level, anchor = block.start, 0, None
    for entry in _within(block, outline):
        if entry.start < start:  # inside the heading just cut out
            continue
        if entry.start > _first_shown(block, start):
            yield _slice(block, start, entry.start, level=level, anchor=anchor)
            start = entry.start
        level, anchor = entry.level, entry.start
        end = _heading_end(text, entry, block)
        if end:
            yield replace(_slice(block, start, end, level=level, anchor=anchor), style="heading")
            start, level, anchor = end, 0, None
    if start < block.end:
        yield _slice(block, start, block.end, level=level, anchor=anchor)


def _within(block: Block, outline: Sequence[Heading]) -> Iterator[Heading]:
    """Entries that begin in the block; deeper levels only when they open it."""
    first = bisect.bisect_left(outline, block.start, key=lambda entry: entry.start)
    for index in range(first, len(outline)):
        entry = outline[index]
        if entry.start >= block.end:
            return
        if entry.level <= 2 or entry.start == _first_shown(block, block.start):
            yield entry


def _first_shown(block: Block, start: int) -> int:
    return next((max(first, start) for first, last in block.shown if last > start), start)


def _heading_end(text: str, entry: Heading, block: Block) -> int:
    """Where the heading's own line ends; 0 when the entry is only the beginning of a sentence."""
    line_end = next((last for first, last in block.shown if first <= entry.start < last), 0)
    if not line_end:
        return 0
    if _is_heading_line(text[entry.start : min(line_end, entry.start + _LONGEST_HEADING + 1)]):
        return block.end if line_end == block.shown[-1][1] else line_end
    for words in (entry.number + entry.heading, entry.heading):
        if words and len(words) <= _LONGEST_HEADING and text.startswith(words, entry.start):
            return _whole_heading(text, entry.start + len(words), line_end)
    return 0


def _is_heading_line(said: str) -> bool:
    """Short, and without the end of a sentence in it or a pause at its end."""
    return (
        len(said) <= _LONGEST_HEADING
        and not any(mark in said for mark in "。；！？")
        and said[-1:] not in "，、;,"
    )


def _whole_heading(text: str, end: int, line_end: int) -> int:
    """A heading that runs into its sentence takes a full stop with it; else it is no heading line."""
    return end + 1 if end < line_end and text[end] in "。.：:" else 0


def _slice(block: Block, start: int, end: int, *, level: int, anchor: int | None) -> Block:
    shown = tuple(
        (max(first, start), min(last, end))
        for first, last in block.shown
        if first < end and last > start
    )
    return replace(block, start=start, end=end, shown=shown, level=level, anchor=anchor)


def _styled(text: str, blocks: list[Block], title: str | None) -> Iterator[Block]:
    blocks, at = _with_title(text, blocks, title)
    under = _under_title(text, blocks, at)
    signed = _signed(text, blocks, max(under, default=at))
    for index, block in enumerate(blocks):
        if index == at or block.style == "heading":
            yield block
        elif index in under:
            yield replace(block, style="by")
        elif index in signed:
            yield replace(block, style="sign")
        else:
            yield replace(block, style=_style(_said(text, block), index - at, len(under)))


def _style(said: str, after: int, under: int) -> Style:
    """A line of the printed head above the title, the addressees below it, or a paragraph."""
    if -3 <= after < 0 and _ABOVE.fullmatch(said):
        return "masthead"
    addressed = len(said) <= 20 or (after == under + 1 and "。" not in said)
    return "flush" if addressed and said.endswith(("：", ":")) else "para"


def _said(text: str, block: Block) -> str:
    """The words of a block when they are few; the beginning only of a long one."""
    return "".join(text[first : min(last, first + 80)] for first, last in block.shown[:4])


def _with_title(text: str, blocks: list[Block], title: str | None) -> tuple[list[Block], int]:
    """The blocks with the title's lines made one, and its index; -1 when it is not near the top."""
    wanted = re.sub(r"\s", "", title or "")
    for first in range(min(_TITLE_WITHIN, len(blocks)) if wanted else 0):
        said = ""
        for last in range(first, min(first + _TITLE_LINES, len(blocks))):
            said += re.sub(r"\s", "", _said(text, blocks[last]))
            if said == wanted:
                return [
                    *blocks[:first],
                    _title(blocks[first : last + 1]),
                    *blocks[last + 1 :],
                ], first
    return blocks, -1


def _title(lines: Sequence[Block]) -> Block:
    shown = tuple(stretch for line in lines for stretch in line.shown)
    return Block(start=lines[0].start, end=lines[-1].end, style="title", shown=shown)


def _under_title(text: str, blocks: list[Block], at: int) -> set[int]:
    """The short lines below the title: speaker, date, number."""
    found: set[int] = set()
    for below in range(at + 1, min(at + 5, len(blocks)) if at >= 0 else 0):
        if not _is_by(_said(text, blocks[below])) or blocks[below].style == "heading":
            break
        found.add(below)
    return found


def _is_by(said: str) -> bool:
    return len(said) <= _LONGEST_BY and not said.endswith(("：", ":", "。", "；", "，"))


def _signed(text: str, blocks: list[Block], after: int) -> set[int]:
    """A line that is only a date and the short line above it: the signature, also before an annex."""
    shown = [index for index, block in enumerate(blocks) if block.shown and index > after]
    found: set[int] = set()
    for above, index in pairwise(shown):
        if not _is_date(_said(text, blocks[index])):
            continue
        name = _said(text, blocks[above])
        if len(name) <= _LONGEST_NAME and _is_by(name) and blocks[above].style != "heading":
            found |= {above, index}
        elif index == shown[-1]:
            found.add(index)
    return found


def _is_date(said: str) -> bool:
    return len(said) <= _LONGEST_NAME and _DATE.fullmatch(said.strip()) is not None
