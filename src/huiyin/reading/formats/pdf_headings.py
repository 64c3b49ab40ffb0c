"""The line of a PDF page that names the columns of a task table: 事项、牵头单位、完成时限.

A table without upright rules is known by nothing else, so at least three of its columns have to say
what is to be done, by whom, by when, in the words that `reading.tables` reads rows by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from huiyin.reading.formats.pdf_lines import Line, Word

_WHAT: Final = r"事项|任务|工作内容|重点工作|项目名称|项目内容|内容|措施|议定|举措|指标名称|整改要求|目标|问题|不足|短板"
_WHO: Final = (
    r"(?:牵头|主办|承办|责任|负责|整改|落实|实施|配合|协办|参与|参加|协助|协同|协作)(?:责任)?(?:单位|部门|主体)"
    r"|牵头领导"
)
_WHEN: Final = r"时限|期限|(?:完成|办结|整改|截止)(?:时间|日期)|时间节点|时间要求"
_NAME: Final = re.compile(
    rf".{{0,6}}(?:(?P<what>{_WHAT})|(?P<who>{_WHO})|(?P<when>{_WHEN})).{{0,2}}(?:[（(].{{1,12}}[）)])?"
)
_PART: Final = re.compile(
    rf".{{0,6}}(?:{_WHAT}|{_WHO}|{_WHEN}|牵头|主办|责任|配合|协办|完成|单位|部门|时间|序号)"
)
"""A name of a column, or a half of one that was broken in two lines."""
NUMBERS: Final = re.compile(r"序号|编号|项次|号")
OTHERS: Final = re.compile(r"配合|协办|参与|参加|协助|协同|协作")
LEADS: Final = re.compile(r"牵头|主办|承办|责任|负责|整改(?:单位|主体)|落实单位|实施")
_LONGEST: Final = 14
_SPACED: Final = 2.6
"""Heights of a character up to which single ones are one name set wide: 序　号."""
_REAL: Final = 0.4
"""Heights of a character that part two names at least."""
_MOST: Final = 12
_MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a column and where it stands, from left to right."""

    text: str
    left: float
    right: float

    @property
    def sort(self) -> str:
        """What the column is for: what, who or when; "" when the name does not say."""
        found = _NAME.fullmatch(self.text) if len(self.text) <= _LONGEST else None
        return (found.lastgroup or "") if found else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns of a table, and the heights of their uppermost and lowest line."""

    names: tuple[Name, ...]
    top: float
    bottom: float
    em: float

    @property
    def said(self) -> list[str]:
        """The names as they are read in the table."""
        return [name.text for name in self.names]

    @property
    def numbered(self) -> bool:
        """Whether the first column is for the numbers of the rows."""
        return bool(NUMBERS.fullmatch(self.names[0].text))


def may_name_columns(lines: list[Line]) -> bool:
    """Whether three names of columns, or halves of them, stand close together on a page."""
    tops = sorted(line.top for line in lines for part in _parts(line) if _PART.fullmatch(part))
    near = 5 * max((line.height for line in lines), default=0)
    return any(last - first <= near for first, last in zip(tops, tops[2:], strict=False))


def may_go_on(lines: list[Line]) -> bool:
    """Whether things stand side by side on a page, as in the rows of a table."""
    ordered = sorted(lines, key=lambda line: -line.top)
    return any(" " in line.text for line in lines) or any(
        upper.top - lower.top < upper.height / 2
        and (upper.right < lower.left or lower.right < upper.left)
        for upper, lower in pairwise(ordered)
    )


def _parts(line: Line) -> list[str]:
    """The pieces of a line between gaps; single characters in a row are one name set wide."""
    if line.table or (len(line.text) > _LONGEST and " " not in line.text):
        return []
    return re.sub(r"(?<!\S)(\S)\s+(?=\S(?:\s|$))", r"\1", line.text).split()


def bands(words: Sequence[Word], em: float) -> list[list[Word]]:
    """The words of a page line by line, from the top down, each from left to right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.base):
        if found and found[-1][0].base - word.base < 0.4 * em:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(band, key=lambda word: word.left) for band in found]


def headings(lines: list[list[Word]], em: float) -> Iterator[Heading]:
    """Yield the headings of a page from the top down: one line, or several that are close."""
    at = 0
    while at < len(lines):
        if best := _best(lines, at, em):
            heading, at = best
            yield heading
        else:
            at += 1


def _best(lines: list[list[Word]], at: int, em: float) -> tuple[Heading, int] | None:
    """The heading that begins near a line and names most in the fewest lines, and where it ends."""
    found = [
        (
            (_named(heading.names), -_halves(heading), len(heading.names), -count),
            heading,
            start + count,
        )
        for count in range(1, _MOST_LINES + 1)
        for start in range(at, at + _MOST_LINES)
        if (heading := _heading(lines[start : start + count], em))
    ]
    best = max(found, key=lambda one: one[0], default=None)
    return best and best[1:]


def _halves(heading: Heading) -> int:
    """How many names are a single character, so that the rest of them stands in another line."""
    return sum(1 for name in heading.names if len(name.text) == 1)


def _heading(lines: list[list[Word]], em: float) -> Heading | None:
    if not 3 <= sum(map(len, lines)) <= 4 * _MOST:
        return None
    steps = [upper[0].base - lower[0].base for upper, lower in pairwise(lines)]
    if any(step > 2.2 * em for step in steps):
        return None
    names: list[Name] = []
    for line in lines:
        names = _stacked(names, _names(line, em))
    if not _is_heading(names, em):
        return None
    return Heading(tuple(names), lines[0][0].base, lines[-1][0].base, em)


def _names(line: list[Word], em: float) -> list[Name]:
    """The pieces of one line as names; what stands close, or singly in a row, is one."""
    found: list[Name] = []
    for word in line:
        gap = word.left - found[-1].right if found else 0
        single = bool(found) and len(word.text) == 1 and _is_wide(found[-1], em)
        if found and gap < (_SPACED if single else _REAL) * em:
            found[-1] = Name(found[-1].text + word.text, found[-1].left, word.right)
        else:
            found.append(Name(word.text, word.left, word.right))
    return found


def _is_wide(name: Name, em: float) -> bool:
    """Whether a name is one character, or some with gaps between them."""
    return len(name.text) == 1 or name.right - name.left > 1.5 * em * len(name.text)


def _stacked(upper: list[Name], lower: list[Name]) -> list[Name]:
    """Put names that stand one above the other together."""
    found: list[Name] = []
    both = [(name, 0) for name in upper] + [(name, 1) for name in lower]
    for name, _ in sorted(both, key=lambda pair: (pair[0].left, pair[1])):
        if found and name.left < found[-1].right:
            found[-1] = _joined(found[-1], name, upper)
        else:
            found.append(name)
    return found


def _joined(one: Name, other: Name, upper: list[Name]) -> Name:
    first, second = (other, one) if other in upper else (one, other)
    right = max(one.right, other.right)
    return Name(first.text + second.text, min(one.left, other.left), right)


def _is_heading(names: list[Name], em: float) -> bool:
    if not 3 <= len(names) <= _MOST or any(len(name.text) > _LONGEST for name in names):
        return False
    if any(right.left - left.right < _REAL * em for left, right in pairwise(names)):
        return False
    sorts = {name.sort for name in names}
    named = _named(names)
    return (
        named >= 3 and 2 * named >= len(names) and "what" in sorts and bool(sorts & {"who", "when"})
    )


def _named(names: Sequence[Name]) -> int:
    return sum(1 for name in names if name.sort)
