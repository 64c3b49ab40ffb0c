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

from huiyin.reading import pairs
from huiyin.reading.features.together import names_of
from huiyin.reading.features.words import begins
from huiyin.reading.pairs import Table
from huiyin.reading.reasons import in_words
from huiyin.reading.seen import Bundle, Seen

KINDS = ("task", "standing", "problem", "fact", "none")
WEIGHTS = Path(__file__).parent / "lexicon" / "weights.json"
Scores = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by feature, one number for each kind in `KINDS`; `bias` is what nothing else says."""

    weights: dict[str, Scores]
    bias: Scores
    temperature: float = 1.0

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of weights for each kind, of features that are given once each."""
        packed = _packed(self).get
        total = sum(map(packed, features, repeat(0)), packed("", 0))
        return [*(lane / _SCALE for lane in _unpack(total)), 0.0]

    def probabilities(self, seen: Seen) -> list[float]:
        """The share of belief in each kind, calibrated by `temperature`."""
        names, pairs_known, bundles, together, bias, rate = _ready(self)
        total = sum(map(bundles, seen.bundles), bias)
        total = sum(map(together, seen.together), total)
        total = sum(map(names, seen.names, repeat(0)), total)
        total = sum(map(pairs_known, seen.pairs), total)
        odds = [math.exp(lane * rate) for lane in _unpack(total)]
        every = sum(odds) + 1.0
        return [*[one / every for one in odds], 1.0 / every]

    def reasons(self, seen: Seen, kind: str, count: int = 3) -> list[str]:
        """What spoke most for a kind against the others, in words, strongest first."""
        names, ranks, of_bundle, of_pair = _speaking(self, kind)
        strongest = [ranks[name] for name in seen.names if name in ranks]
        strongest += chain.from_iterable(map(of_bundle, seen.bundles))
        strongest += chain.from_iterable(map(of_pair, seen.together))
        strongest.sort()
        found: list[str] = []
        for rank in strongest:
            words = _said(names[rank])
            if words and words not in found:
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
def table(model: Model) -> Table:
    """The pairs of characters that the model knows or a word of the lexicon begins with."""
    return pairs.table({name for name in model.weights if len(name) == 2} | begins())


class _Sums(dict[Bundle, int]):
    """What the features of a bundle weigh together, worked out when first asked."""

    def __init__(self, packed: dict[str, int]) -> None:
        self._packed = packed

    def __missing__(self, bundle: Bundle) -> int:
        self[bundle] = total = sum(self._packed.get(name, 0) for name in bundle.names)
        return total


class _Together(dict[int, int]):
    """What every two flags of a pair of rows weigh, worked out when first asked."""

    def __init__(self, packed: dict[str, int]) -> None:
        self._packed = packed

    def __missing__(self, pair: int) -> int:
        self[pair] = total = sum(self._packed.get(name, 0) for name in names_of(pair))
        return total


_Ready = tuple[
    Callable[[str, int], int],
    Callable[[int], int],
    Callable[[Bundle], int],
    Callable[[int], int],
    int,
    float,
]


@cache
def _ready(model: Model) -> _Ready:
    """What looks up the weights of a name, a pair, a bundle and a pair of rows of flags; the bias; belief by weight."""
    packed = _packed(model)
    of_pairs = [packed.get(name, 0) if name else 0 for name in table(model).names]
    return (
        packed.get,
        of_pairs.__getitem__,
        _Sums(packed).__getitem__,
        _Together(packed).__getitem__,
        packed[""],
        1 / (_SCALE * model.temperature),
    )


class _PairRanks(dict[int, list[int]]):
    """The ranks of what every two flags of a pair of rows say, worked out when first asked."""

    def __init__(self, ranks: dict[str, int]) -> None:
        self._ranks = ranks

    def __missing__(self, pair: int) -> list[int]:
        self[pair] = said = [self._ranks[name] for name in names_of(pair) if name in self._ranks]
        return said


class _Ranks(dict[Bundle, list[int]]):
    """The ranks of what the features of a bundle say, worked out when first asked."""

    def __init__(self, ranks: dict[str, int]) -> None:
        self._ranks = ranks

    def __missing__(self, bundle: Bundle) -> list[int]:
        self[bundle] = said = [self._ranks[name] for name in bundle.names if name in self._ranks]
        return said


@cache
def _speaking(
    model: Model, kind: str
) -> tuple[list[str], dict[str, int], Callable[[Bundle], list[int]], Callable[[int], list[int]]]:
    """The features that speak for a kind, strongest first; their ranks by name, by bundle, by pair of rows."""
    place, gains = KINDS.index(kind), {}
    for name, row in model.weights.items():
        if len(name) == 2:  # a pair of characters, which nobody would take for a reason
            continue
        gain = row[place] - (sum(row) - row[place]) / 4
        if gain > 0.05:
            gains[name] = round(gain, 2)
    names = sorted(gains, key=lambda name: (-gains[name], name))
    ranks = {name: rank for rank, name in enumerate(names)}
    return names, ranks, _Ranks(ranks).__getitem__, _PairRanks(ranks).__getitem__


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
