"""Scores the engine against annotated documents: `python -m huiyin.reading.evaluation CORPUS [--as-shipped]`.

Without `--as-shipped` every document is read with weights that have not seen it (needs numpy and
scipy). Each figure comes with its counts and a bootstrap interval over documents; calibration,
speed against jieba in the same run and peak memory follow.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from huiyin.reading import model, pipeline, training
from huiyin.reading.types import Item, Reading

NAMES = ("items", "span", "lead", "co", "deadline", "recurrence", "quantities", "outline")
Tally = dict[str, tuple[int, int, int]]


def _plain(words: str | None) -> str:
    return "".join(
        c for c in words or "" if c not in ' \n\t\r\u3000\u00a0、，,。；;：:（）()《》“”"'
    )


def _solid(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, min(end, len(text))) if not text[i].isspace()}


def match(gold: training.Gold, reading: Reading) -> list[tuple[int, int]]:
    """Gold items and findings that overlap by half, one to one, the best overlap first."""
    mine = [_solid(gold.text, item.start, item.end) for item in reading.items]
    pairs = []
    for i, (start, end, kind) in enumerate(gold.items):
        theirs = _solid(gold.text, start, end)
        for j, item in enumerate(reading.items):
            both = len(theirs & mine[j]) if item.start < end and start < item.end else 0
            share = both / len(theirs | mine[j]) if both else 0.0
            if share >= 0.5:
                pairs.append((-share, kind != item.kind, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, _, i, j in sorted(pairs):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((i, j))
    return found


def tally(gold: training.Gold, reading: Reading) -> Tally:
    """For every measure: right, found, wanted."""
    pairs = match(gold, reading)
    right = [(i, j) for i, j in pairs if gold.items[i][2] == reading.items[j].kind]
    counts: Tally = {
        "items": (len(right), len(reading.items), len(gold.items)),
        "span": (len(pairs), len(reading.items), len(gold.items)),
    }
    for name in ("lead", "co", "deadline", "recurrence", "quantities"):
        counts[name] = _sum(
            _attribute(name, gold.answers["items"][i], reading.items[j]) for i, j in right
        )
    wanted = Counter(
        (o["level"], o["number"], _plain(o["heading"])[:12])
        for o in gold.answers.get("outline", [])
    )
    found = Counter((o.level, o.number, _plain(o.heading)[:12]) for o in reading.outline)
    counts["outline"] = (sum((wanted & found).values()), sum(found.values()), sum(wanted.values()))
    return counts


def _sum(rows: Any) -> tuple[int, int, int]:
    columns = list(zip(*rows, strict=True)) or [(0,), (0,), (0,)]
    return sum(columns[0]), sum(columns[1]), sum(columns[2])


def _attribute(name: str, wanted: dict[str, Any], item: Item) -> tuple[int, int, int]:
    theirs, mine = _values(name, wanted, item)
    return sum((theirs & mine).values()), sum(mine.values()), sum(theirs.values())


def _values(name: str, wanted: dict[str, Any], item: Item) -> tuple[Counter[Any], Counter[Any]]:
    if name in ("lead", "co"):
        return Counter(map(_plain, wanted.get(name) or [])), Counter(
            map(_plain, getattr(item, name))
        )
    if name == "quantities":
        theirs = [(round(float(q["value"]), 6), _plain(q["unit"])) for q in wanted.get(name) or []]
        return Counter(theirs), Counter(
            (round(float(q.value), 6), _plain(q.unit)) for q in item.quantities
        )
    key = "date" if name == "deadline" else "freq"
    value, own = wanted.get(name), getattr(item, name)
    return Counter([value[key]] if value else []), Counter([getattr(own, key)] if own else [])


def f1(rows: list[tuple[int, int, int]]) -> float:
    """The harmonic mean of precision and recall over documents together."""
    right, found, wanted = (sum(column) for column in zip(*rows, strict=True))
    return 2 * right / (found + wanted) if found + wanted else 1.0


def interval(
    rows: list[Any], measure: Callable[[list[Any]], float], rounds: int = 500
) -> tuple[float, float]:
    """The middle 95 % of a measure over documents drawn again and again."""
    draw = random.Random(7)  # noqa: S311 - a repeatable sample, no secret
    values = sorted(measure(draw.choices(rows, k=len(rows))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds)]


def read_all(
    golds: list[training.Gold], extra: Path | None, *, shipped: bool, folds: int = 10
) -> list[Reading]:
    """A reading of each document, by weights that have not seen it unless `shipped`."""
    if shipped:
        return [pipeline.run(training.document_of(gold)) for gold in golds]
    samples = [training.sample(gold) for gold in golds]
    written = [training.sample(gold) for gold in training.read_folder(extra)] if extra else []
    readings: list[Reading | None] = [None] * len(golds)
    as_shipped = model.load
    for fold in range(folds):
        rest = [each for i, each in enumerate(samples) if i % folds != fold]
        learned = training.taught(rest, written)
        learned = replace(learned, temperature=as_shipped().temperature)
        model.use(learned)
        for i in range(fold, len(golds), folds):
            readings[i] = pipeline.run(training.document_of(golds[i]))
    model.use(None)
    return [reading for reading in readings if reading]


def _sure(golds: list[training.Gold], readings: list[Reading]) -> str:
    """Of the items believed in with 0.9 or more the share that is right."""
    rows = []
    for gold, reading in zip(golds, readings, strict=True):
        right = {j for i, j in match(gold, reading) if gold.items[i][2] == reading.items[j].kind}
        sure = [j for j, item in enumerate(reading.items) if item.confidence >= 0.9]
        rows.append((sum(j in right for j in sure), len(sure)))

    def share(drawn: list[tuple[int, int]]) -> float:
        right, count = (sum(column) for column in zip(*drawn, strict=True))
        return right / count if count else 1.0

    low, high = interval(rows, share)
    return f"sure        {share(rows):.3f}  [{low:.3f}, {high:.3f}]  of {sum(n for _, n in rows)} items believed in with 0.9 or more"


def _calibration(golds: list[training.Gold], readings: list[Reading]) -> str:
    shares: dict[int, list[bool]] = {}
    for gold, reading in zip(golds, readings, strict=True):
        right = {j for i, j in match(gold, reading) if gold.items[i][2] == reading.items[j].kind}
        for j, item in enumerate(reading.items):
            shares.setdefault(min(int(item.confidence * 10), 9), []).append(j in right)
    return "  ".join(
        f"≥{k / 10}: {sum(v) / len(v):.2f} ({len(v)})" for k, v in sorted(shares.items())
    )


def _cost(texts: Path) -> str:
    """Speed and memory, measured in a process that does nothing else."""
    command = [sys.executable, "-m", "huiyin.reading.cost", str(texts)]
    return subprocess.run(  # noqa: S603 - this very program
        command, check=True, capture_output=True, text=True
    ).stdout


def _report(golds: list[training.Gold], readings: list[Reading]) -> str:
    tallies = [tally(gold, reading) for gold, reading in zip(golds, readings, strict=True)]
    lines = [f"{len(golds)} documents"]
    for name in NAMES:
        rows = [counts[name] for counts in tallies]
        right, found, wanted = (sum(column) for column in zip(*rows, strict=True))
        low, high = interval(rows, f1)
        lines.append(
            f"{name:11} F1 {f1(rows):.3f}  [{low:.3f}, {high:.3f}]  right {right} found {found} wanted {wanted}"
        )
    for name in ("title", "doc_type", "date"):
        hits = [
            float(_plain(g.answers.get(name)) == _plain(getattr(r, name)))
            for g, r in zip(golds, readings, strict=True)
        ]
        low, high = interval(hits, lambda drawn: sum(drawn) / len(drawn))
        lines.append(
            f"{name:11} {sum(hits) / len(hits):.3f}  [{low:.3f}, {high:.3f}]  of {len(hits)}"
        )
    lines.append(_sure(golds, readings))
    return "\n".join([*lines, "confidence, share right: " + _calibration(golds, readings)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--as-shipped", action="store_true")
    parser.add_argument("--folds", type=int, default=10)
    args = parser.parse_args()
    if not (args.corpus / "gold").is_dir():
        sys.stderr.write(f"{args.corpus}: no folder gold\n")
        return 2
    golds = training.read_folder(args.corpus / "gold")
    written = Path(__file__).parent / "tests" / "written"
    readings = read_all(golds, written, shipped=args.as_shipped, folds=args.folds)
    sys.stdout.write(_report(golds, readings) + "\n" + _cost(args.corpus / "texts"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
