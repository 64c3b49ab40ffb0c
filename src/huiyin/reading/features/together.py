"""Traits that mean something only together: a figure in a demand is a target, in a report a fact.

Every two flags of a clause that hold make one feature; so do the tone of the whole paper and a flag.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from huiyin.reading.seen import Bundle, bundled

_FLAGS = (  # eight in a row: what excludes each other or mostly comes together shares one
    *("is:demand", "is:told", "is:lacks", "is:makes", "is:rights", "is:says", "has:deadline"),
    "is:will",
    *("verb-first", "noverb", "h1:end", "h1:soft", "h1:attitude", "h1:report", "h1:permit"),
    "makes:first",
    *("heading:own", "heading:run", "heading:0", "heading:1", "kid1", "kids", "first", "after;"),
    *("open", "unnumbered", "topic", "short", "commas:0", "fig:0", "adverb", "acts"),
    *("subject", "is:result", "is:we", "asked", "deliver", "reached", "forbids", "rhythm"),
    *("is:is-a", "argues", "announces", "formula", "goal", "overall", "asks", "project"),
    *("has:rank", "has:masked", "has:quoted", "has:book", "per case"),
)
_WIDTH = 8
_ROW = (1 << _WIDTH) - 1
_PLACES = range(0, len(_FLAGS), _WIDTH)
_BYTES = len(_PLACES)
_TONE = ("is:demand", "is:told", "fig:0", "verb-first")
_TONED = (
    *("acts", "is:makes", "is:lacks", "verb-first", "subject", "is:result", "adverb", "noverb"),
    *("fig:0", "h1:end", "h1:soft", "is:demand", "is:told"),
)


_BITS = {name: 1 << place for place, name in enumerate(_FLAGS)}
_PAIRED = tuple(tuple(f"{one}+{other}" for other in _FLAGS) for one in _FLAGS)


def _mask(names: Iterable[str]) -> int:
    return sum(_BITS.get(name, 0) for name in names)


_TONED_MASK = _mask(_TONED)
_TONE_BITS = tuple(_mask((name,)) for name in _TONE)


class _Bits(dict[Bundle, int]):
    """The flags of a bundle, a bit for each, worked out when first asked."""

    def __missing__(self, bundle: Bundle) -> int:
        self[bundle] = bits = _mask(bundle.names)
        return bits


_bits_of = _Bits().__getitem__


def flag(name: str) -> int:
    """The bit of a flag."""
    return _BITS[name]


def flags_of(bundles: Iterable[Bundle]) -> int:
    """The flags that hold, a bit for each."""
    return reduce(or_, map(_bits_of, bundles))


def together(flags: int) -> list[int]:
    """Every two rows of flags, each pair as one number: what holds of the one and what of the other."""
    rows = [
        place << _WIDTH | row
        for place, row in zip(_PLACES, flags.to_bytes(_BYTES, "little"), strict=True)
        if row
    ]
    return [one << 2 * _WIDTH | other for i, one in enumerate(rows) for other in rows[i:]]


def names_of(pair: int) -> tuple[str, ...]:
    """Every two flags of a pair of rows, as `together` gives it."""
    first, second = _held(pair >> 2 * _WIDTH), _held(pair & (1 << 2 * _WIDTH) - 1)
    return tuple(_PAIRED[a][b] for a in first for b in second if a < b)


def _held(row: int) -> list[int]:
    place, bits = row >> _WIDTH, row & _ROW
    return [place + at for at in range(_WIDTH) if bits >> at & 1]


def tone_of(flags: list[int]) -> tuple[int, ...]:
    """How much of a paper demands, tells, counts and begins with a verb: in fifths, from 0 to 3."""
    total = max(1, len(flags))
    counts = [sum(map(bit.__and__, flags)) // bit for bit in _TONE_BITS]
    counts[_TONE.index("fig:0")] = len(flags) - counts[_TONE.index("fig:0")]
    return tuple(min(3, count * 5 // total) for count in counts)


def in_tone(flags: int, tone: tuple[int, ...]) -> Bundle:
    """What the tone of the paper makes of a clause."""
    return _in_tone(flags & _TONED_MASK, tone)


@bundled
def _in_tone(flags: int, tone: tuple[int, ...]) -> tuple[str, ...]:
    named = [f"tone:{name}{level}" for name, level in zip(_TONE, tone, strict=True)]
    held = [name for place, name in enumerate(_FLAGS) if flags >> place & 1]
    mixed = f"tone:{tone[0]}{tone[1]}"
    demand, told = (flags & bit > 0 for bit in _TONE_BITS[:2])
    voice = "demand" if demand else "told" if told else "-"
    return (
        *named,
        f"{mixed}+{voice}",
        *(f"{of}+{name}" for of in (named[0], named[1], named[3]) for name in held),
    )
