"""Learns the weights of the clause model: `python -m huiyin.reading.training GOLD_DIR... [--folds N]`.

A gold folder holds annotated documents (NAME.json, with the text beside them) or papers written for
training (NAME.txt, one clause a line with its kind in front, see docs/reading.md). Needs numpy and
scipy, which the engine itself does not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from huiyin.reading import kinds, model, pipeline
from huiyin.reading.features.together import names_of, together
from huiyin.reading.types import Document

LETTERS = {"T": "task", "S": "standing", "P": "problem", "F": "fact"}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated document: its text and the spans of its items with their kinds."""

    name: str
    text: str
    items: tuple[tuple[int, int, str], ...]
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A document's clauses as the model sees them: features and the right kind of each."""

    name: str
    features: list[list[str]]
    kinds: list[int]
    gold_items: int


def read_folder(folder: Path) -> list[Gold]:
    """Every annotated document of a folder, by name."""
    annotated = [_annotated(path) for path in sorted(folder.glob("*.json"))]
    return annotated + [written(path) for path in sorted(folder.glob("*.txt"))]


def _annotated(path: Path) -> Gold:
    answers = json.loads(path.read_text("utf-8"))
    text = answers.get("text") or (path.parent.parent / answers["file"]).read_text("utf-8")
    items = tuple((item["start"], item["end"], item["kind"]) for item in answers["items"])
    return Gold(path.stem, text, items, answers)


_TAGGED = re.compile(r"(?:^|(?<=[。；！？：]))([TSPFNL]) ")


def written(path: Path) -> Gold:
    """A paper with a letter before each clause (`T 制定方案。`); = and H are lines, L a label, N is nothing."""
    text, items = "", []
    for line in path.read_text("utf-8").splitlines():
        if text and not text.endswith("\n"):
            text += "\n"
        parts = _TAGGED.split(re.sub(r"^[=H] ", "", line))
        text += parts[0]
        for letter, words in zip(parts[1::2], parts[2::2], strict=True):
            if letter in LETTERS:
                own = re.sub(r"（[^（]*(?:负责|单位|牵头)[^（]*）$", "", words).rstrip("。；！？")
                items.append((len(text), len(text) + len(own), LETTERS[letter]))
            text += words
    return Gold(path.stem, text, tuple(items), {})


def document_of(gold: Gold) -> Document:
    digest = sha256(gold.text.encode()).hexdigest()
    return Document(name=f"{gold.name}.txt", sha256=digest, media_type="text/plain", text=gold.text)


def sample(gold: Gold) -> Sample:
    """The clauses of a document with what the annotator took each for."""
    draft = pipeline.draft_of(document_of(gold), until=kinds.judge)
    seen = kinds.clause_features(draft, {})
    kept, found = [], []
    for clause, one in zip(draft.clauses, seen, strict=True):
        if one is None or clause.dates:
            continue
        kept.append([*one, *chain.from_iterable(map(names_of, together(one.flags)))])
        found.append((draft.clean.start(clause.start), draft.clean.end(clause.end)))
    return Sample(gold.name, kept, _kinds_of(found, gold), len(gold.items))


def _kinds_of(found: list[tuple[int, int]], gold: Gold) -> list[int]:
    """The kind of the gold item that overlaps a clause by half, else none."""
    right = [model.KINDS.index("none")] * len(found)
    for i, (start, end) in enumerate(found):
        mine = _solid(gold.text, start, end)
        for a, b, kind in gold.items:
            if a < end and start < b:
                theirs = _solid(gold.text, a, b)
                if 2 * len(mine & theirs) >= len(mine | theirs):
                    right[i] = model.KINDS.index(kind)
    return right


def _solid(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, end) if not text[i].isspace()}


def vocabulary(samples: Iterable[Sample], least: int = 2) -> dict[str, int]:
    """Features that at least so many documents show; what fewer show teaches nothing general."""
    shown: Counter[str] = Counter()
    for each in samples:
        shown.update({feature for features in each.features for feature in features})
    return {
        name: i
        for i, name in enumerate(sorted(name for name, count in shown.items() if count >= least))
    }


def matrix(features: Sequence[list[str]], places: dict[str, int]) -> Any:
    from scipy import sparse  # type: ignore[import-not-found,import-untyped,unused-ignore]

    rows, columns, values = [], [], []
    for row, found in enumerate(features):
        for name in found:
            if name in places:
                rows.append(row)
                columns.append(places[name])
                values.append(1.0)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(features), len(places)))


def fit(
    x: Any, y: Sequence[int], ridge: Sequence[float], weights: Sequence[float] | None = None
) -> Any:
    """Softmax regression with a ridge for each feature; the last row is the bias."""
    import numpy as np  # type: ignore[import-not-found,unused-ignore]
    from scipy.optimize import minimize  # type: ignore[import-not-found,import-untyped,unused-ignore]

    count, width = x.shape
    right = np.zeros((count, 5))
    right[np.arange(count), list(y)] = 1
    share = np.ones((count, 1)) if weights is None else np.array(weights)[:, None]
    held = np.array(ridge)[:, None]

    def loss(flat: Any) -> tuple[float, Any]:
        w = flat.reshape(width + 1, 5)
        z = x @ w[:-1] + w[-1]
        z -= z.max(1, keepdims=True)
        e = np.exp(z)
        total = e.sum(1, keepdims=True)
        value = -(share * right * (z - np.log(total))).sum() + 0.5 * (held * w[:-1] ** 2).sum()
        error = (e / total - right) * share
        return value, np.vstack([x.T @ error + held * w[:-1], error.sum(0)[None]]).ravel()

    found = minimize(
        loss, np.zeros((width + 1) * 5), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return found.x.reshape(width + 1, 5)


PAIRS_HELD = 2.0
"""How much stronger the ridge is for pairs of characters, which are many and say little each."""


def learn(
    samples: Sequence[Sample], strength: float = 3.0, shares: dict[str, float] | None = None
) -> model.Model:
    """The model that these samples teach."""
    places = vocabulary(samples)
    features = [one for each in samples for one in each.features]
    y = [kind for each in samples for kind in each.kinds]
    weights = [(shares or {}).get(each.name, 1.0) for each in samples for _ in each.kinds]
    ridge = [strength * (PAIRS_HELD if len(name) == 2 else 1) for name in places]
    w = fit(matrix(features, places), y, ridge, weights)
    rows = {name: tuple(float(v) for v in w[i]) for name, i in places.items()}
    return model.Model(rows, tuple(float(v) for v in w[-1]))  # type: ignore[arg-type]


SHARE = 0.5
"""What a clause of a written paper counts for beside one of an annotated document: they are many, and plainer."""


def taught(
    samples: Sequence[Sample], extra: Sequence[Sample], strength: float = 3.0, share: float = SHARE
) -> model.Model:
    """The model that annotated documents teach, and written papers by their share."""
    return learn([*samples, *extra], strength, {each.name: share for each in extra})


def held_out(
    samples: Sequence[Sample],
    extra: Sequence[Sample],
    folds: int,
    strength: float,
    share: float = SHARE,
) -> list[list[list[float]]]:
    """For every document the scores of a model that has not seen it."""
    found: list[list[list[float]]] = [[] for _ in samples]
    for fold in range(folds):
        rest = [each for i, each in enumerate(samples) if i % folds != fold]
        learned = taught(rest, extra, strength, share)
        for i, each in enumerate(samples):
            if i % folds == fold:
                found[i] = [learned.scores(features) for features in each.features]
    return found


def calibrate(samples: Sequence[Sample], scores: list[list[list[float]]]) -> float:
    """The temperature under which held-out beliefs are as often right as they say, the strong ones rather more."""
    import math

    def cost(t: float) -> float:
        total = 0.0
        for each, found in zip(samples, scores, strict=True):
            for kind, row in zip(each.kinds, found, strict=True):
                total -= math.log(max(1e-9, model.softmax([s / t for s in row])[kind]))
        return total

    likeliest = min((t / 20 for t in range(10, 60)), key=cost)
    cautious = (likeliest + step / 20 for step in range(20))
    return next((t for t in cautious if sure_and_right(samples, scores, t) >= SURE), likeliest)


SURE = 0.975
"""Of the items believed in with 0.9 or more so many shall be right: an officer skims over those."""


def sure_and_right(
    samples: Sequence[Sample], scores: list[list[list[float]]], temperature: float
) -> float:
    """The share that is right of the items believed in with 0.9 or more."""
    held = [
        kind == row.index(max(row))
        for each, found in zip(samples, scores, strict=True)
        for kind, row in zip(each.kinds, found, strict=True)
        if max(row[:4]) == max(row) and max(model.softmax([s / temperature for s in row])) >= 0.9
    ]
    return sum(held) / len(held) if held else 1.0


def figures(samples: Sequence[Sample], scores: list[list[list[float]]]) -> dict[str, float]:
    """F1 of items and of spans over all documents."""
    right = spans = got = gold = 0
    for each, found in zip(samples, scores, strict=True):
        gold += each.gold_items
        for kind, row in zip(each.kinds, found, strict=True):
            best = max(range(5), key=row.__getitem__)
            got += best < 4
            spans += best < 4 and kind < 4
            right += best < 4 and best == kind
    return {
        "items": 2 * right / (got + gold),
        "span": 2 * spans / (got + gold),
        "got": got,
        "gold": gold,
    }


def save(learned: model.Model, temperature: float, least: float = 0.05) -> int:
    """The weights file now holds this model, without weights too small to matter; returns how many."""
    kept = {
        name: [round(v, 2) for v in row]
        for name, row in sorted(learned.weights.items())
        if max(abs(v) for v in row) >= least and (name.isascii() or len(name) <= 14)
    }
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row)}" for name, row in kept.items()
    ]
    head = f'{{"temperature":{temperature},"bias":{json.dumps([round(v, 3) for v in learned.bias])},"weights":{{\n'
    model.WEIGHTS.write_text(head + ",\n".join(lines) + "\n}}\n", "utf-8")
    return len(kept)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--extra",
        type=Path,
        action="append",
        default=[],
        help="written papers: taught, never scored",
    )
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--strength", type=float, default=3.0)
    parser.add_argument(
        "--share", type=float, default=SHARE, help="what a written paper counts for"
    )
    args = parser.parse_args()
    samples = [sample(gold) for folder in args.folders for gold in read_folder(folder)]
    extra = [sample(gold) for folder in args.extra for gold in read_folder(folder)]
    scores = held_out(samples, extra, args.folds, args.strength, args.share)
    temperature = calibrate(samples, scores)
    count = save(taught(samples, extra, args.strength, args.share), temperature)
    sys.stdout.write(
        f"held out: {figures(samples, scores)}\ntemperature {temperature}, {count} weights\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
