"""The learned part: a linear model over readable features; its weights are a small file of the package.

`python -m huiyin.reading.training GOLD_DIR` learns the weights anew.
"""
from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = ("task", "standing", "problem", "fact", "none")
WEIGHTS = Path(__file__).parent / "lexicon" / "weights.json"
Scores = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, one number for each kind in `KINDS`; `bias` is what nothing else says."""

    weights: dict[str, Scores]
    bias: Scores
    temperature: float = 1.0

    def scores(self, features: list[str]) -> list[float]:
        """The sum of weights for each kind."""
        task, standing, problem, fact, none = self.bias
        get = self.weights.get
        for feature in features:
            row = get(feature)
            if row is not None:
                task += row[0]
                standing += row[1]
                problem += row[2]
                fact += row[3]
                none += row[4]
        return [task, standing, problem, fact, none]

    def probabilities(self, features: list[str]) -> list[float]:
        """The share of belief in each kind, calibrated by `temperature`."""
        return softmax([score / self.temperature for score in self.scores(features)])

    def strongest(self, features: list[str], kind: str, count: int = 3) -> list[str]:
        """The features that spoke most for a kind against the others, strongest first."""
        k = KINDS.index(kind)
        gains = []
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                gains.append((row[k] - (sum(row) - row[k]) / 4, feature))
        gains.sort(key=lambda gain: (-gain[0], gain[1]))
        return [feature for gain, feature in gains[:count] if gain > 0.05]


def softmax(scores: list[float]) -> list[float]:
    """Scores as shares that sum to one."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def load() -> Model:
    """The model of this package."""
    data = json.loads(WEIGHTS.read_text("utf-8"))
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    return Model(weights, tuple(data["bias"]), data["temperature"])
