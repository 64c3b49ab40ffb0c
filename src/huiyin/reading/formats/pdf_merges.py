"""For which rows a unit speaks that a table without rules names once, as a merged cell would.

Where cells stand at the top of their rows, it is said in the first of its rows. Where they stand in
the middle, it is said in the middle of all of them. When both may be meant, nobody is named that one
of the two would not name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

BEFORE: Final = -1
"""Stands for whoever speaks for the row before the first one."""
_OFF: Final = 0.3
"""Share of the way from row to row by which a name may stand off the middle of its rows."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The heights of the uppermost and the lowest line of a row."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


def speakers(
    rows: Sequence[Extent], said: Mapping[int, float], alignment: str, *, follows: bool
) -> dict[int, int]:
    """For each row the row in which is said who leads it; rows of which that is unsure are left out.

    `said` has the rows that say it themselves, each with the height at which it stands there;
    `alignment` is where cells stand in their rows, "" when that is unsure; `follows` tells that
    somebody speaks for the row before the first.
    """
    if not said or len(said) == len(rows):
        return {at: at for at in said} or (
            dict.fromkeys(range(len(rows)), BEFORE) if follows else {}
        )
    from_above = _from_above(len(rows), said, follows=follows)
    around = _around(rows, said)
    if alignment == "top":
        return from_above
    if alignment == "bottom" or (around is None and alignment == "middle"):
        return {at: at for at in said}
    if around is None:
        return from_above
    if alignment == "middle" or len(from_above) < len(rows) or _between(rows, said):
        return around
    return {at: own for at, own in around.items() if from_above.get(at) == own}


def _from_above(count: int, said: Mapping[int, float], *, follows: bool) -> dict[int, int]:
    found: dict[int, int] = {}
    for at in range(count):
        if at in said:
            found[at] = at
        elif at - 1 in found:
            found[at] = found[at - 1]
        elif at == 0 and follows:
            found[at] = BEFORE
    return found


def _around(rows: Sequence[Extent], said: Mapping[int, float]) -> dict[int, int] | None:
    """The rows parted so that what is said stands in the middle of each part; None if it cannot be."""
    way = _way(rows)
    found: dict[int, int] = {}
    start = 0
    ways = _parts(rows, sorted(said.items()))
    if ways is None:
        return None
    for (own, height), end in zip(sorted(said.items()), ways, strict=True):
        if abs(_middle(rows, start, end) - height) > _OFF * way:
            return None
        found |= dict.fromkeys(range(start, end), own)
        start = end
    return found


def _way(rows: Sequence[Extent]) -> float:
    """How far it is from row to row."""
    return median(upper.middle - lower.middle for upper, lower in pairwise(rows))


def _between(rows: Sequence[Extent], said: Mapping[int, float]) -> bool:
    """Whether something is said between two rows, as it can be for several rows only."""
    off = _OFF * _way(rows)
    return any(
        not rows[at].bottom - off <= height <= rows[at].top + off for at, height in said.items()
    )


def _parts(rows: Sequence[Extent], said: Sequence[tuple[int, float]]) -> list[int] | None:
    """Where each part ends when what is said stands as near to the middles as can be."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for own, height in said:
        after: dict[int, tuple[float, list[int]]] = {}
        for end in range(own + 1, len(rows) + 1):
            ways = [
                (cost + abs(_middle(rows, start, end) - height), [*ends, end])
                for start, (cost, ends) in best.items()
                if start <= own
            ]
            after[end] = min(ways, default=(math.inf, []))
        best = {end: way for end, way in after.items() if way[0] < math.inf}
    return best[len(rows)][1] if len(rows) in best else None


def _middle(rows: Sequence[Extent], start: int, end: int) -> float:
    return (rows[start].top + rows[end - 1].bottom) / 2
