"""Pairs of neighbouring characters as numbers: a whole paper is looked up in one go, not clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import repeat

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def by_number(weights: Mapping[str, int]) -> dict[int, int]:
    """What pairs of characters weigh, by the number of the pair."""
    return {_numbers(name)[0]: weight for name, weight in weights.items()}


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


def weighed(texts: list[str], weights: dict[int, int]) -> Iterator[int]:
    """For each text what its pairs weigh together; `weights` are as `by_number` gives them."""
    for first in range(0, len(texts), _AT_ONCE):
        yield from _weighed(texts[first : first + _AT_ONCE], weights)


def _weighed(texts: list[str], weights: dict[int, int]) -> Iterator[int]:
    found = list(map(weights.get, _numbers("\n".join(texts) + "\n\n"), repeat(0)))
    start = 0
    for text in texts:
        end = start + len(text)
        yield sum(found[start : end - 1])
        start = end + 1
