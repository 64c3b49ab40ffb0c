"""Lines of a text and whether it was wrapped by hand at a fixed width; pure, one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = " \t\u3000\u00a0\ufeff"
_LONGEST_WRAP = 60
"""Full-width characters; a line beyond that is a paragraph, not a wrapped line."""


@dataclass(frozen=True, slots=True)
class Line:
    """`start:end` with its line break, `first:last` without break and surrounding space; width in full characters."""

    start: int
    end: int
    first: int
    last: int
    width: int

    @property
    def blank(self) -> bool:
        return self.first == self.last

    @property
    def indent(self) -> int:
        return self.first - self.start


def lines_of(text: str) -> list[Line]:
    """Every line, breaks included, so that the lines put together are the text."""
    found: list[Line] = []
    start = 0
    for match in _BREAK.finditer(text):
        found.append(_line(text, start, match.start(), match.end()))
        start = match.end()
    if start < len(text):
        found.append(_line(text, start, len(text), len(text)))
    return found


def _line(text: str, start: int, stop: int, end: int) -> Line:
    said = text[start:stop]
    first = start + len(said) - len(said.lstrip(_BLANK))
    last = max(first, start + len(said.rstrip(_BLANK)))
    return Line(start, end, first, last, _width(text[start:last]))


def _width(said: str) -> int:
    """Width in full characters, two half-width ones counting as one; long lines need no exact count."""
    if len(said) > 4 * _LONGEST_WRAP:
        return len(said)
    narrow = sum(1 for character in said if character < "\u0100")
    return len(said) - narrow // 2


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the text was wrapped by hand, or 0 when it was not."""
    widths = sorted(line.width for line in lines if not line.blank)
    if len(widths) < 6:
        return 0
    widest = widths[-1 - len(widths) // 20]
    full = sum(1 for width in widths if widest - 2 <= width <= widest + 1)
    return widest if 12 <= widest <= _LONGEST_WRAP and full * 3 >= len(widths) else 0
