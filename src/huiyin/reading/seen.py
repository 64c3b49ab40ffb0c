"""What the model sees of a clause: its flags, its pairs of characters, and features that come in bundles.

A bundle is made once for each small key (sort of paper and section; the verb that leads), so that a
model can keep the sum of its weights: a clause is then judged by a few sums instead of by many names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import ParamSpec, cast

from huiyin.reading import flags

Key = ParamSpec("Key")


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Features that come together: flags as bits, all others by name; none is in two bundles of a clause."""

    names: tuple[str, ...]
    flags: int


def bundled(names_of: Callable[Key, tuple[str, ...]]) -> Callable[Key, Bundle]:
    """A function from a small key to the bundle of its names, made once for each key."""

    def bundle(*key: Key.args, **more: Key.kwargs) -> Bundle:
        names = names_of(*key, **more)
        return Bundle(flags.others(names), flags.mask(names))

    return cast("Callable[Key, Bundle]", cache(bundle))


@dataclass(slots=True)
class Seen:
    """One clause as the model sees it."""

    text: str
    bundles: tuple[Bundle, ...]
    flags: int
    """The traits that rules ask for, a bit for each, as `flags.flag` names them."""
    pairs: int
    """What its pairs of characters weigh together, packed as the model packs weights."""

    def __iter__(self) -> Iterator[str]:
        """Every feature by name that is no flag; a pair of characters as often as it stands there."""
        for bundle in self.bundles:
            yield from bundle.names
        yield from map(add, self.text, self.text[1:])
