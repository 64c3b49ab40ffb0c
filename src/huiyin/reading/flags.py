"""The traits of a clause that are asked for together, a bit for each.

Every two of them that hold make one feature (`features/together.py`), and rules ask for them (`kinds.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

FLAGS = (  # eight in a row: what excludes each other or mostly comes together shares one
    *("is:demand", "is:told", "is:lacks", "is:makes", "is:rights", "is:says", "has:deadline"),
    "is:will",
    *("verb-first", "noverb", "h1:end", "h1:soft", "h1:attitude", "h1:report", "h1:permit"),
    "makes:first",
    *("heading:own", "heading:run", "heading:0", "heading:1", "kid1", "kids", "first", "after;"),
    *("open", "unnumbered", "topic", "short", "commas:0", "fig:0", "adverb", "acts"),
    *("subject", "is:result", "is:we", "asked", "deliver", "reached", "forbids", "rhythm"),
    *("is:is-a", "argues", "announces", "formula", "goal", "overall", "asks", "project"),
    *("has:rank", "has:masked", "has:quoted", "has:book", "per case", "has:percent", "has:date"),
    "了",
)
WIDTH = 8
BYTES = -(-len(FLAGS) // WIDTH)

_BITS = {name: 1 << place for place, name in enumerate(FLAGS)}


def flag(name: str) -> int:
    """The bit of a flag."""
    return _BITS[name]


def mask(names: Iterable[str]) -> int:
    """The bits of those names that are flags."""
    return sum(_BITS.get(name, 0) for name in names)


def others(names: Iterable[str]) -> tuple[str, ...]:
    """Those names that are no flags."""
    return tuple(name for name in names if name not in _BITS)


def held(flags: int) -> list[str]:
    """The names of the flags that hold."""
    return [name for place, name in enumerate(FLAGS) if flags >> place & 1]
