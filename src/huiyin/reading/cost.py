"""What reading costs: `python -m huiyin.reading.cost FOLDER` reads the texts of a folder beside `jieba.cut`.

A process of its own, with nothing else in it. Speed is processor time, pass by pass in turn with
jieba in the same run, so that a busy machine burdens both; memory is the peak of a process that
has read one document of a million characters, nothing before it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from huiyin.reading import read

LONG = 1_000_000
JOINED = 250_000
ROUNDS = 7


def main() -> int:
    """Print speed and memory, or (inside) read one long document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="texts, *.txt in UTF-8")
    parser.add_argument("--only-long", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    args = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(args.folder.glob("*.txt"))]
    if not texts:
        sys.stderr.write(f"{args.folder}: no texts\n")
        return 2
    lines = [_long(texts)] if args.only_long else [*speeds(texts, args.rounds), _peak(args.folder)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def speeds(texts: list[str], rounds: int) -> list[str]:
    """The speed against jieba on the texts one after the other, and on one text joined of them."""
    import jieba  # noqa: PLC0415, RUF100 - only this measure needs it

    jieba.setLogLevel(60)
    jieba.initialize()
    joined = _repeated(texts, JOINED)
    return [
        _speed(f"{len(texts)} texts", texts, jieba.cut, rounds),
        _speed("one joined text", [joined], jieba.cut, max(rounds // 2, 1)),
    ]


def _speed(name: str, texts: list[str], cut: Callable[[str], object], rounds: int) -> str:
    data, size = [text.encode() for text in texts], sum(map(len, texts))
    read(data[0], "first.txt")  # what is made once, when the first paper comes, is said apart
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(_seconds(lambda: [read(each, "a.txt") for each in data]))
        theirs.append(_seconds(lambda: [list(cut(each)) for each in texts]))  # type: ignore[call-overload]
    ratios = sorted(b / a for a, b in zip(mine, theirs, strict=True))
    return (
        f"speed, {name}: {median(ratios):.2f} times jieba.cut (median of {rounds}, {ratios[0]:.2f} to {ratios[-1]:.2f}); "
        f"{size / median(mine) / 1000:.0f} k characters a second, jieba {size / median(theirs) / 1000:.0f}"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _repeated(texts: list[str], length: int) -> str:
    text = "".join(texts)
    return (text * (length // len(text) + 1))[:length]


def _peak(folder: Path) -> str:
    command = [sys.executable, "-m", "huiyin.reading.cost", str(folder), "--only-long"]
    return subprocess.run(  # noqa: S603 - this very program
        command, check=True, capture_output=True, text=True
    ).stdout.strip()


def _long(texts: list[str]) -> str:
    data = _repeated(texts, LONG).encode()
    taken = _seconds(lambda: read(data, "long.txt"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"one document of {LONG:,} characters: peak memory {peak:.0f} MB, {taken:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
