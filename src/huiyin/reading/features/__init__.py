"""What the model sees of a clause: its verbs, its modal words, its figures, and where it stands.

Every feature is a short readable string; `reasons.py` says each in words a reviewer understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat

from huiyin.reading.clauses import Clause
from huiyin.reading.features import around, together, traits, words
from huiyin.reading.pairs import weighed
from huiyin.reading.seen import Bundle, Seen
from huiyin.reading.structure import Mark

_FORMULA = re.compile(
    r"下面，|现.{0,20}如下|现就.{0,30}|强调.{0,4}意见|讲.{0,4}(?:意见|要求)|重点抓好|通知如下|提出如下|报告如下|提几点"
)


def document_features(
    clauses: list[Clause],
    marks: list[Mark],
    headings: list[str],
    doc_type: str,
    weights: dict[int, int],
) -> list[Seen | None]:
    """The features of every clause that may be an item, in order; labels get none.

    `weights` are those of pairs of characters by number, as `pairs.by_number` gives them.
    """
    found: list[Seen | None] = [None] * len(clauses)
    own = [index for index, clause in enumerate(clauses) if not clause.label]
    places = _places(clauses, own)
    of_marks = around.sections_of(marks, headings)
    papers = [
        around.of_paper(doc_type, "-" if (mark := clauses[index].mark) is None else of_marks[mark])
        for index in own
    ]
    texts = [clauses[index].text.replace(" ", "") for index in own]
    for index, seen in zip(own, _seen(texts, places, papers, weights), strict=True):
        found[index] = seen
    return found


def _places(clauses: list[Clause], own: list[int]) -> list[Bundle]:
    total = len(clauses)
    formula = next((i for i, clause in enumerate(clauses[:40]) if _FORMULA.search(clause.text)), -1)
    topics = around.topics_of([clauses[index] for index in own])
    return [
        around.place_of(clauses[index], total, index, formula, topic=topic)
        for index, topic in zip(own, topics, strict=True)
    ]


def _seen(
    texts: list[str], places: list[Bundle], papers: list[Bundle], weights: dict[int, int]
) -> Iterator[Seen]:
    """One feature after the other is asked of all clauses, which is quicker than clause after clause."""
    parts = [[part for part in text.split("，") if part] or [text] for text in texts]
    leads, modals = list(map(words.lead, parts)), list(map(words.modal, parts))
    figures = traits.figures(texts)
    flags = [
        said | place.flags | lead.flags | count.flags
        for said, place, lead, count in zip(
            traits.flags_of(texts, parts), places, leads, figures, strict=True
        )
    ]
    tones = map(together.in_tone, flags, repeat(together.tone_of(flags)))
    bundles = zip(places, papers, leads, modals, figures, tones, strict=True)
    return map(Seen, texts, bundles, flags, weighed(texts, weights))
