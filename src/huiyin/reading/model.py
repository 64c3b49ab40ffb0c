"""The learned part: a linear model over readable features; its weights are a small file of the package.

`python -m huiyin.reading.training GOLD_DIR` learns the weights anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import TypeVar

from huiyin.reading.features.together import names_of, together
from huiyin.reading.pairs import by_number
from huiyin.reading.reasons import AND, in_words
from huiyin.reading.seen import Bundle, Seen

KINDS = ("task", "standing", "problem", "fact", "none")
WEIGHTS = Path(__file__).parent / "lexicon" / "weights.json"
Scores = tuple[float, float, float, float, float]
Asked = TypeVar("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by feature, one number for each kind in `KINDS`; `bias` is what nothing else says."""

    weights: dict[str, Scores]
    bias: Scores
    temperature: float = 1.0

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of weights for each kind."""
        packed = _packed(self).get
        total = sum(map(packed, features, repeat(0)), packed("", 0))
        return [*(lane / _SCALE for lane in _unpack(total)), 0.0]

    def probabilities(self, seen: Seen) -> list[float]:
        """The share of belief in each kind, calibrated by `temperature`."""
        of_bundle, of_rows, bias, rate = _ready(self)
        total = sum(map(of_bundle, seen.bundles), bias + seen.pairs)
        total = sum(map(of_rows, together(seen.flags)), total)
        odds = [math.exp(lane * rate) for lane in _unpack(total)]
        every = sum(odds) + 1.0
        return [*[one / every for one in odds], 1.0 / every]

    def reasons(self, seen: Seen, kind: str, count: int = 3) -> list[str]:
        """What spoke most for a kind against the others, in words, strongest first."""
        names, of_bundle, of_rows = _speaking(self, kind)
        strongest = sorted(
            chain(
                chain.from_iterable(map(of_bundle, seen.bundles)),
                chain.from_iterable(map(of_rows, together(seen.flags))),
            )
        )
        found: list[str] = []
        said: set[str] = set()
        for rank in strongest:
            words = _said(names[rank])
            if words and not said.issuperset(parts := words.split(AND)):
                said.update(parts)
                found.append(words)
                if len(found) == count:
                    break
        return found


_SCALE = 100
_LANE = (1 << 15) - 1
_HALF = 1 << 14
_MIDDLE = sum(_HALF << 15 * place for place in range(4))


@cache
def _packed(model: Model) -> dict[str, int]:
    """What a feature says for each kind against `none`, in hundredths side by side in one number; "" is the bias.

    One sum then adds up all four. Fifteen bits hold a sum up to 163, and 60 bits a machine word, in
    which `sum` adds without making numbers in between.
    """
    return {name: _pack(row) for name, row in {**model.weights, "": model.bias}.items()}


def _pack(row: Scores) -> int:
    gains = [round((weight - row[4]) * _SCALE) for weight in row[:4]]
    return sum(gain << 15 * place for place, gain in enumerate(gains))


def _unpack(total: int) -> tuple[int, int, int, int]:
    total += _MIDDLE
    return (
        (total & _LANE) - _HALF,
        (total >> 15 & _LANE) - _HALF,
        (total >> 30 & _LANE) - _HALF,
        (total >> 45) - _HALF,
    )


@cache
def of_pairs(model: Model) -> dict[int, int]:
    """What pairs of characters weigh, packed, by the number of the pair."""
    return by_number({name: row for name, row in _packed(model).items() if len(name) == 2})


class _Made(dict[Asked, Made]):
    """What a function gives for a key, worked out when first asked."""

    def __init__(self, make: Callable[[Asked], Made]) -> None:
        self._make = make

    def __missing__(self, key: Asked) -> Made:
        self[key] = made = self._make(key)
        return made


@cache
def _ready(
    model: Model,
) -> tuple[Callable[[Bundle], int], Callable[[int], int], int, float]:
    """What looks up the weights of a bundle and of a pair of rows of flags; the bias; belief by weight."""
    weigh, bias = _packed(model).get, _packed(model)[""]
    of_bundle = _Made[Bundle, int](lambda bundle: sum(map(weigh, bundle.names, repeat(0))))
    of_rows = _Made[int, int](lambda pair: sum(map(weigh, names_of(pair), repeat(0))))
    rate = 1 / (_SCALE * model.temperature)
    return of_bundle.__getitem__, of_rows.__getitem__, bias, rate


@cache
def _speaking(
    model: Model, kind: str
) -> tuple[list[str], Callable[[Bundle], list[int]], Callable[[int], list[int]]]:
    """The features that speak for a kind, strongest first; their ranks by bundle, by pair of rows."""
    place, gains = KINDS.index(kind), {}
    for name, row in model.weights.items():
        if len(name) == 2:  # a pair of characters, which nobody would take for a reason
            continue
        gain = row[place] - (sum(row) - row[place]) / 4
        if gain > 0.05:
            gains[name] = round(gain, 2)
    names = sorted(gains, key=lambda name: (-gains[name], name))
    ranks = {name: rank for rank, name in enumerate(names)}

    def of_names(some: Iterable[str]) -> list[int]:
        return [ranks[name] for name in some if name in ranks]

    of_bundle = _Made[Bundle, list[int]](lambda bundle: of_names(bundle.names))
    of_rows = _Made[int, list[int]](lambda pair: of_names(names_of(pair)))
    return names, of_bundle.__getitem__, of_rows.__getitem__


_said = cache(in_words)


def softmax(scores: list[float]) -> list[float]:
    """Scores as shares that sum to one."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


_IN_USE: list[Model] = []


def use(learned: Model | None) -> None:
    """From now on `load` gives this model; None brings back the package's own."""
    _IN_USE[:] = [learned] if learned else []


def load() -> Model:
    """The model in use: the package's own, unless a measurement put another in its place."""
    return _IN_USE[0] if _IN_USE else shipped()


@cache
def shipped() -> Model:
    """The model of this package."""
    data = json.loads(WEIGHTS.read_text("utf-8"))
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    return Model(weights, tuple(data["bias"]), data["temperature"])
