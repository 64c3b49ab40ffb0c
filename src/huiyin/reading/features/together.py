"""Traits that mean something only together: a figure in a demand is a target, in a report a fact.

Every two flags of a clause that hold make one feature; so do the tone of the whole paper and a flag.
"""

from __future__ import annotations

from functools import cache

from huiyin.reading.flags import BYTES, FLAGS, WIDTH, flag, held, mask
from huiyin.reading.seen import Bundle, bundled

_ROW = (1 << WIDTH) - 1
_PLACES = range(0, len(FLAGS), WIDTH)
_TONE = ("is:demand", "is:told", "verb-first", "fig:0")
_TONED = mask(
    (
        *("acts", "is:makes", "is:lacks", "verb-first", "subject", "is:result", "adverb", "noverb"),
        *("fig:0", "h1:end", "h1:soft", "is:demand", "is:told"),
    )
)
_TONE_BITS = tuple(map(flag, _TONE))
_JOINED = tuple(
    tuple(one if one == other else f"{one}+{other}" for other in FLAGS) for one in FLAGS
)


def together(flags: int) -> list[int]:
    """Every two rows of flags, each pair as one number: what holds of the one and what of the other."""
    rows = [
        place << WIDTH | row
        for place, row in zip(_PLACES, flags.to_bytes(BYTES, "little"), strict=True)
        if row
    ]
    return [one << 2 * WIDTH | other for i, one in enumerate(rows) for other in rows[i:]]


@cache
def names_of(pair: int) -> tuple[str, ...]:
    """Every flag of a row beside itself, and every two flags of a pair of rows, as `together` gives it."""
    first, second = _held(pair >> 2 * WIDTH), _held(pair & (1 << 2 * WIDTH) - 1)
    return tuple(_JOINED[a][b] for a in first for b in second if a <= b)


@cache
def _held(row: int) -> list[int]:
    place, bits = row >> WIDTH, row & _ROW
    return [place + at for at in range(WIDTH) if bits >> at & 1]


def tone_of(flags: list[int]) -> tuple[int, ...]:
    """How much of a paper demands, tells, counts and begins with a verb: in fifths, from 0 to 3."""
    total = max(1, len(flags))
    counts = [sum(map(bit.__and__, flags)) // bit for bit in _TONE_BITS]
    counts[_TONE.index("fig:0")] = len(flags) - counts[_TONE.index("fig:0")]
    return tuple(min(3, count * 5 // total) for count in counts)


def in_tone(flags: int, tone: tuple[int, ...]) -> Bundle:
    """What the tone of the paper makes of a clause."""
    return _in_tone(flags & _TONED, tone)


@bundled
def _in_tone(flags: int, tone: tuple[int, ...]) -> tuple[str, ...]:
    named = _named(tone)
    demand, told = (flags & bit > 0 for bit in _TONE_BITS[:2])
    voice = "demand" if demand else "told" if told else "-"
    mixed = f"tone:{tone[0]}{tone[1]}+{voice}"
    some = held(flags)
    return (*named, mixed, *(f"{of}+{name}" for of in named[:3] for name in some))


@cache
def _named(tone: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"tone:{name}{level}" for name, level in zip(_TONE, tone, strict=True))
