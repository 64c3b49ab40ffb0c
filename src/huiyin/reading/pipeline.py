"""From a document to its reading: a plain list of steps over one draft."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from huiyin.reading import attributes, clauses, inheritance, kinds, structure, tables
from huiyin.reading.chars import fold
from huiyin.reading.deadlines import Calendar, base_of
from huiyin.reading.draft import Draft, Finding
from huiyin.reading.header import read_header
from huiyin.reading.noise import clean
from huiyin.reading.types import Document, Heading, Item, Reading, UnitName
from huiyin.reading.units import directory_of

ENGINE = "huiyin 0.1.0"


def fold_characters(draft: Draft) -> None:
    """One form for every character."""
    draft.folded = fold(draft.document.text)


def find_words(draft: Draft) -> None:
    """The words without the noise of pages and sites."""
    draft.clean = clean(draft.folded)


def know_header(draft: Draft) -> None:
    """Title, sort, date and the rest, and the day that limits are counted from."""
    draft.header = read_header(draft.folded, draft.document.text, draft.clean.chrome)
    date = draft.given_date or draft.header.date
    draft.base = base_of(
        date, meeting=draft.header.doc_type in ("minutes", "speech"), calendar=draft.calendar
    )


def number_headings(draft: Draft) -> None:
    """The outline."""
    draft.marks = structure.outline(draft.text)
    draft.headings = [draft.text[m.body : m.heading_end] for m in draft.marks]


def split_clauses(draft: Draft) -> None:
    """The stretches that can each be an item."""
    draft.clauses = clauses.split(draft.text, draft.marks)


STEPS: list[Callable[[Draft], None]] = [
    fold_characters,
    find_words,
    know_header,
    number_headings,
    split_clauses,
    inheritance.assign_blocks,
    kinds.judge,
    attributes.find_parties,
    attributes.find_deadlines,
    attributes.find_recurrence,
    attributes.find_quantities,
    tables.read_tables,
]


def draft_of(
    document: Document,
    *,
    date: str | None = None,
    units: Sequence[UnitName] = (),
    calendar: Calendar | None = None,
    until: Callable[[Draft], None] | None = None,
) -> Draft:
    """The draft after all steps, or before the step `until`."""
    draft = Draft(document, directory_of(units), given_date=date, calendar=calendar)
    for step in STEPS:
        if step is until:
            break
        step(draft)
    return draft


def run(
    document: Document,
    *,
    date: str | None = None,
    units: Sequence[UnitName] = (),
    calendar: Calendar | None = None,
) -> Reading:
    """The reading of a document; `date` overrides its own as the base of time limits."""
    with _uncollected():
        return _reading(document, date=date, units=units, calendar=calendar)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing a reading makes goes round in a circle; looking for circles costs it a twentieth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _reading(
    document: Document,
    *,
    date: str | None,
    units: Sequence[UnitName],
    calendar: Calendar | None,
) -> Reading:
    draft = draft_of(document, date=date, units=units, calendar=calendar)
    head = draft.header
    return Reading(
        engine=ENGINE,
        source=document,
        title=head.title,
        doc_type=head.doc_type,
        date=date or head.date,
        issuer=head.issuer,
        speaker=head.speaker,
        number=head.number,
        warnings=document.warnings,
        outline=tuple(_heading(draft, i) for i in range(len(draft.marks))),
        items=tuple(
            _item(draft, finding)
            for finding in sorted(draft.findings, key=lambda f: (f.start, f.end))
        ),
    )


def _heading(draft: Draft, index: int) -> Heading:
    mark = draft.marks[index]
    return Heading(
        level=mark.level,
        number=mark.number,
        heading=draft.written(mark.body, mark.heading_end),
        start=draft.clean.start(mark.start),
        end=draft.clean.end(max(mark.end, mark.start + 1)),
    )


def _item(draft: Draft, finding: Finding) -> Item:
    known = draft.directory
    return Item(
        kind=finding.kind,
        start=finding.start,
        end=finding.end,
        quote=draft.document.text[finding.start : finding.end],
        outline=finding.clause.mark,
        lead=tuple(finding.lead),
        co=tuple(finding.co),
        lead_units=tuple(known.full_name(name) for name in finding.lead) if known else (),
        co_units=tuple(known.full_name(name) for name in finding.co) if known else (),
        deadline=finding.deadline,
        recurrence=finding.recurrence,
        quantities=tuple(finding.quantities),
        measure=finding.measure,
        confidence=finding.confidence,
        because=tuple(finding.because),
    )
