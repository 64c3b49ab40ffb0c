"""Where a clause stands: heading, first of its paragraph, section, sort of paper."""

from __future__ import annotations

import re

from huiyin.reading.clauses import Clause
from huiyin.reading.seen import Bundle, bundled
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
    "topic",
    "ante",
)


@bundled
def _of_place(heading: tuple[bool, int] | None, placed: tuple[bool, ...]) -> tuple[str, ...]:
    """Where the clause stands; `heading` is whether a numbering runs in, and how many clauses stand under it."""
    own: tuple[str, ...] = ()
    if heading is not None:
        run, kids = heading[0], "1" if heading[1] else "0"
        own = "heading:" + kids, *(("heading:run", "run:" + kids) if run else ("heading:own",))
        own = (*own, *((), ("kid1",), ("kids",))[heading[1]])
    held = tuple(name for name, holds in zip(_PLACES, placed, strict=True) if holds)
    return (*own, *held, *(() if placed[-1] else ("post",)))


@bundled
def of_paper(doc_type: str, section: str) -> tuple[str, ...]:
    return "dt:" + doc_type, "sec:" + section


def place_of(clause: Clause, total: int, index: int, formula: int, *, topic: bool) -> Bundle:
    heading = (clause.run_in, min(clause.kids, 2)) if clause.heading else None
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
        topic,
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


_TOPIC = 26
"""A sentence of at most so many characters that opens a paragraph of several may only name its topic."""


def topics_of(clauses: list[Clause]) -> list[bool]:
    """Which clauses only name what their paragraph is about: short, first of three or more, without a comma."""
    found, behind = [False] * len(clauses), 0
    for index in range(len(clauses) - 1, -1, -1):
        clause = clauses[index]
        if clause.first or clause.heading:
            found[index] = behind > 1 and len(clause.text) <= _TOPIC and "，" not in clause.text
            behind = 0
        else:
            behind += 1
    return found
