"""What the model sees of a clause: its verbs, its modal words, its figures, and where it stands.

Every feature is a short readable string; `reasons.py` says each in words a reviewer understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.reading.clauses import Clause
from huiyin.reading.features import around, together, traits, words
from huiyin.reading.pairs import Table, held
from huiyin.reading.seen import Bundle, Seen
from huiyin.reading.structure import Mark

_FORMULA = re.compile(
    r"下面，|现.{0,20}如下|现就.{0,30}|强调.{0,4}意见|讲.{0,4}(?:意见|要求)|重点抓好|通知如下|提出如下|报告如下|提几点"
)


def document_features(
    clauses: list[Clause], marks: list[Mark], headings: list[str], doc_type: str, known: Table
) -> list[Seen | None]:
    """The features of every clause that may be an item, in order; labels get none."""
    total, of_marks = len(clauses), around.sections_of(marks, headings)
    formula = next((i for i, clause in enumerate(clauses[:40]) if _FORMULA.search(clause.text)), -1)
    own = [index for index, clause in enumerate(clauses) if not clause.label]
    topics = around.topics_of([clauses[index] for index in own])
    places = [
        around.place_of(clauses[index], total, index, formula, topic=topic)
        for index, topic in zip(own, topics, strict=True)
    ]
    sections = ["-" if (mark := clauses[index].mark) is None else of_marks[mark] for index in own]
    texts = [clauses[index].text.replace(" ", "") for index in own]
    papers = [around.of_paper(doc_type, section) for section in sections]
    found: list[Seen | None] = [None] * total
    for index, seen in zip(own, _seen(texts, places, papers, known), strict=True):
        found[index] = seen
    return found


def _seen(
    texts: list[str], places: list[Bundle], papers: list[Bundle], known: Table
) -> Iterator[Seen]:
    """One feature after the other is asked of all clauses, which is quicker than clause after clause."""
    pairs = list(held(texts, known))
    said = [words.words_in(text, some, known) for text, some in zip(texts, pairs, strict=True)]
    parts = [[part for part in text.split("，") if part] or [text] for text in texts]
    leads = [list(map(words.lead_of, split)) for split in parts]
    heads = list(map(words.head_verbs, parts, leads, said))
    firsts = list(map(words.first_of, heads))
    steady = [
        (place, first, *own)
        for place, first, own in zip(places, firsts, traits.traits_of(texts, parts), strict=True)
    ]
    flags = list(map(together.flags_of, steady))
    tone = together.tone_of(flags)
    for text, some, own, paper, more, edges, held_flags in zip(
        texts,
        pairs,
        steady,
        papers,
        map(words.bundles_of, said, heads),
        map(words.edges, texts, leads),
        flags,
        strict=True,
    ):
        yield Seen(
            text,
            [*own, paper, *more, together.in_tone(held_flags, tone)],
            together.together(held_flags),
            edges,
            some,
            held_flags,
        )
