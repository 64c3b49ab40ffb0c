"""Where a clause stands: heading, first of its paragraph, section, sort of paper, and its neighbours."""

from __future__ import annotations

import re
from functools import cache

from huiyin.reading.clauses import Clause
from huiyin.reading.seen import Bundle, Seen, bundled
from huiyin.reading.structure import Mark

_SECTION = (
    ("问题", re.compile(r"问题|困难|不足|挑战|短板|差距|隐患|不规范|较大|薄弱|不适应")),
    ("成绩", re.compile(r"回顾|成绩|成效|总体情况|完成情况|基本情况|进展|现状|做法|特点")),
    ("要求", re.compile(r"要求|任务|措施|安排|重点|意见|目标|建议|部署|分工|保障|打算|整改")),
)
_PLACES = (
    "first",
    "after;",
    "open",
    "line",
    "unnumbered",
    "preface",
    "unnumbered:later",
    "assigned",
    "last",
    "ante",
)


@bundled
def _of_place(heading: tuple[bool, bool] | None, placed: tuple[bool, ...]) -> tuple[str, ...]:
    """Where the clause stands; `heading` is whether a numbering runs in, and whether clauses stand under it."""
    own: tuple[str, ...] = ()
    if heading is not None:
        run, kids = heading[0], "1" if heading[1] else "0"
        own = "heading:" + kids, *(("heading:run", "run:" + kids) if run else ("heading:own",))
    held = tuple(name for name, holds in zip(_PLACES, placed, strict=True) if holds)
    return (*own, *held, *(() if placed[-1] else ("post",)))


@bundled
def of_paper(doc_type: str, section: str) -> tuple[str, ...]:
    return "dt:" + doc_type, "sec:" + section, f"dt+sec:{doc_type}{section}"


def place_of(clause: Clause, total: int, index: int, formula: int) -> Bundle:
    heading = (clause.run_in, clause.kids > 0) if clause.heading else None
    unnumbered = clause.mark is None
    placed = (
        clause.first,
        clause.after_semicolon,
        not clause.closed,
        clause.first and not clause.closed,
        unnumbered,
        unnumbered and index < 6,
        unnumbered and index >= 6,
        clause.assigned,
        index >= total - 2,
        index < formula,
    )
    return _of_place(heading, placed)


def sections_of(marks: list[Mark], headings: list[str]) -> list[str]:
    """For every numbering what it and the headings above promise: a problem, an achievement, a demand."""
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for mark, heading in zip(marks, headings, strict=True):
        while above and above[-1][0] >= mark.level:
            above.pop()
        own = next((name for name, pattern in _SECTION if pattern.search(heading)), None)
        above.append((mark.level, own or (above[-1][1] if above else "其他")))
        found.append(above[-1][1])
    return found


_NEAR = (
    "is:makes",
    "is:demand",
    "is:told",
    "is:lacks",
    "fig:0",
    "has:percent",
    "subject",
    "heading:own",
    "heading:run",
    "edge",
)
_AROUND = ("is:demand", "is:told", "is:lacks", "fig:0")


@cache
def _near_bits(steady: Bundle) -> int:
    return sum(1 << place for place, name in enumerate(_NEAR) if name in steady.names)


@bundled
def _behind(bits: int | None) -> tuple[str, ...]:
    """What a clause with these features is to the one behind it; None is where the text begins."""
    return _held("<", bits)


@bundled
def _before(bits: int | None) -> tuple[str, ...]:
    """What a clause with these features is to the one before it; None is where the text ends."""
    return _held(">", bits)


def _held(sign: str, bits: int | None) -> tuple[str, ...]:
    if bits is None:
        return (sign + "edge",)
    return tuple(sign + name for place, name in enumerate(_NEAR) if bits >> place & 1)


@cache
def _counts(bits: int) -> int:
    """One for each sort in `_AROUND` that holds, a byte for each."""
    return sum((bits >> _NEAR.index(name) & 1) << 8 * i for i, name in enumerate(_AROUND))


@bundled
def _of_shares(counts: int, width: int) -> tuple[str, ...]:
    """How many of the `width` clauses around are of each sort, in thirds."""
    return tuple(f"~{name}{(counts >> 8 * i & 255) * 3 // width}" for i, name in enumerate(_AROUND))


def add_neighbours(found: list[Seen | None]) -> None:
    """What the clauses before and behind look like, two of them and the wider surroundings."""
    near = [_near_of(seen) if seen else 0 for seen in found]
    counts = list(map(_counts, near))
    last = len(found) - 1
    for index, seen in enumerate(found):
        if not seen:
            continue
        low, width = max(0, index - 4), max(1, min(index, 4) + min(last - index, 4))
        seen.bundles += (
            _behind(near[index - 1] if index else None),
            _before(near[index + 1] if index < last else None),
            _of_shares(sum(counts[low : index + 5]) - counts[index], width),
        )


def _near_of(seen: Seen) -> int:
    place, size, shapes, traits = map(_near_bits, seen.steady)
    return place | size | shapes | traits
