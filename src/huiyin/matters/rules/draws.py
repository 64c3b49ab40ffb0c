"""A random draw that anybody can repeat: the order of the SHA-256 of seed and id decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from django.utils.translation import gettext_lazy

T = TypeVar("T")
SCOPES = {
    "under_way": gettext_lazy("在办事项"),
    "standing": gettext_lazy("长期推进事项"),
    "closed": gettext_lazy("一年内办结的事项"),
    "all": gettext_lazy("在办、长期和一年内办结的事项"),
}
"""From what may be drawn."""


def seed_of(head: str, *, scope: str, moment: str) -> str:
    """The seed of a draw: bound to the head of the ledger before it, its scope and its moment.

    The head holds everything done in the office until then, so whoever wanted another seed would
    have to do something first, which would stand in the ledger.
    """
    return sha256(f"{head}|{scope}|{moment}".encode()).hexdigest()


def drawn(population: Iterable[int], size: int, seed: str) -> list[int]:
    """The `size` ids whose SHA-256 with the seed comes first; the same for everybody who repeats it."""
    return sorted(set(population), key=lambda pk: _place(seed, pk))[:size]


def partner(candidates: Sequence[T], seed: str, pk: int) -> T | None:
    """The one of the candidates who checks a drawn matter (双随机); None when there is none."""
    if not candidates:
        return None
    return candidates[int(_place(seed, -pk), 16) % len(candidates)]


def _place(seed: str, pk: int) -> str:
    return sha256(f"{seed}:{pk}".encode()).hexdigest()
