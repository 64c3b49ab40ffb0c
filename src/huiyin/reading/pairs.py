"""Pairs of neighbouring characters as numbers: a whole paper is looked up in one go, not clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The pairs that matter, each with its place (none has place 0); all others are passed over."""

    names: tuple[str, ...]
    places: dict[int, int]


def table(names: Iterable[str]) -> Table:
    """The table of these pairs."""
    known = ("", *sorted(names))
    return Table(known, {_numbers(name)[0]: place for place, name in enumerate(known) if name})


def _numbers(text: str) -> list[int]:
    """The number of the pair at each place but the last: two characters of 16 bits side by side."""
    data = memoryview(_BEYOND.sub("\ufffd", text).encode("utf-16", "surrogatepass"))[2:]
    found = [0] * (len(data) // 2 - 1)
    for first in (0, 1):
        rest = data[2 * first :]
        found[first::2] = rest[: len(rest) - len(rest) % 4].cast("I").tolist()
    return found


_AT_ONCE = 256
"""Texts looked up in one go: enough to be quick, few enough for a long paper to need little memory."""


def held(texts: list[str], known: Table) -> Iterator[set[int]]:
    """For each text the places of its pairs in the table."""
    for first in range(0, len(texts), _AT_ONCE):
        yield from _held(texts[first : first + _AT_ONCE], known)


def _held(texts: list[str], known: Table) -> Iterator[set[int]]:
    numbers, place_of, start = _numbers("\n".join(texts) + "\n\n"), known.places.get, 0
    for text in texts:
        end = start + len(text)
        found = set(map(place_of, numbers[start : max(start, end - 1)]))
        found.discard(None)
        yield cast("set[int]", found)
        start = end + 1
