"""What the model sees of a clause: features by name, most of them in bundles that always come together.

A bundle is made once for each small key (sort of paper and section; which traits hold), so that a
model can keep the sum of its weights: a clause is then judged by a few sums instead of by many names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import ParamSpec, cast

Key = ParamSpec("Key")


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Features that come together; no feature of a clause is in two of its bundles."""

    names: tuple[str, ...]


def bundled(names_of: Callable[Key, tuple[str, ...]]) -> Callable[Key, Bundle]:
    """A function from a small key to the bundle of its names, made once for each key."""

    def bundle(*key: Key.args, **more: Key.kwargs) -> Bundle:
        return Bundle(names_of(*key, **more))

    return cast("Callable[Key, Bundle]", cache(bundle))


@dataclass(slots=True)
class Seen:
    """One clause: its bundles, the features that are only its own, its pairs of characters, its flags.

    Of the pairs only those of a table are held, by their place in it.
    """

    text: str
    bundles: list[Bundle]
    together: list[int]
    """Pairs of rows of flags, as `features.together` gives them."""
    names: set[str]
    pairs: set[int]
    flags: int
    """The traits that rules ask for, a bit for each, as `features.together.flag` names them."""

    def __iter__(self) -> Iterator[str]:
        """Every feature by name, in an order of its own; every pair of characters is its own name."""
        for bundle in self.bundles:
            yield from bundle.names
        yield from sorted(self.names.union(map(add, self.text, self.text[1:])))
