"""The echo view: a document's words, each demand with its fate, its matter and what was last heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.documents.layout import FRAGMENT, Mark, Paragraph, Section, paragraphs, sections
from huiyin.documents.models import Document, Passage, RequirementMatter
from huiyin.documents.queries import cards
from huiyin.documents.queries.counts import linked, of_document
from huiyin.documents.rules import Decision, DocumentState, Fate, fate, sentence
from huiyin.matters.models import Matter
from huiyin.matters.queries.kin import carriers
from huiyin.matters.rules import REPLACED
from huiyin.reading.types import Heading

PRESSING = "pressing"
"""The filter 只看逾期和无人认领."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One demand as shown: number, address, fate, margin note and the card of its matter."""

    n: int
    id: str
    passage: int
    fate: str
    words: str
    number: str = ""
    line: str = ""
    card: Mapping[str, Any] | None = None
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Everything the page shows."""

    document: Document
    sentence: str
    counts: dict[str, int]
    demands: list[Demand]
    paragraphs: list[Paragraph]
    outline: list[Section]
    undecided: int = 0
    facts: int = 0
    adrift: list[Passage] = field(default_factory=list)
    unregistered: int = 0


def echo(document: Document, *, viewer: Actor, today: date, fate_wanted: str = "") -> Echo:
    """The document as its viewer may see it today; seven queries, whatever the number of demands.

    One or two more when matters were merged or split: what carries them on speaks for the demand.
    """
    rows = list(_passages(document))
    _carry(rows)
    # The cards draw the plan of every matter, not only of those behind.
    prefetch_related_objects([matter for row in rows for matter in _matters(row)], "milestones")
    said = [row for row in rows if _is_demand(row)]
    seen = _visible(said, viewer)
    reports = cards.last_reports(list(seen))
    told = [_demand(n, row, seen, reports, today) for n, row in enumerate(said, start=1)]
    pairs = list(zip(said, told, strict=True))
    counts = of_document(((row.decision, map(linked, _matters(row))) for row in said), today)
    shown, outline = _laid_out(document, pairs, rows, fate_wanted)
    return Echo(
        document=document,
        sentence=sentence(counts),
        counts=counts,
        demands=told,
        paragraphs=shown,
        outline=outline,
        undecided=sum(row.decision == Decision.UNDECIDED for row in rows),
        facts=sum(row.decision == Decision.CONFIRMED and not row.is_demand for row in rows),
        adrift=[row for row in said if row.adrift],
        unregistered=sum(row.decision == Decision.CONFIRMED and not _matters(row) for row in said),
    )


def _passages(document: Document) -> Any:
    links = RequirementMatter.objects.select_related(
        "matter__lead_unit", "matter__notice", "matter__plan", "matter__baseline"
    ).order_by("pk")
    return (
        document.passages.standing_findings()
        .in_order()
        .prefetch_related(Prefetch("links", queryset=links))
    )


def _is_demand(row: Passage) -> bool:
    return row.is_demand and row.decision in (Decision.CONFIRMED, Decision.SET_ASIDE)


def _matters(row: Passage) -> list[Matter]:
    """The matters that answer a demand; in place of a merged or split one, what carries it on."""
    carried: list[Matter] | None = getattr(row, "answered_by", None)
    return carried if carried is not None else [link.matter for link in row.links.all()]


def _carry(rows: Sequence[Passage]) -> None:
    """Every passage with a replaced matter knows what carries that on."""
    several = [row for row in rows if any(m.state in REPLACED for m in _matters(row))]
    found = carriers(m.pk for row in several for m in _matters(row) if m.state in REPLACED)
    for row in several:
        answered = [one for m in _matters(row) for one in found.get(m.pk, [m])]
        row.answered_by = list(dict.fromkeys(answered))  # type: ignore[attr-defined]


def _visible(rows: Sequence[Passage], viewer: Actor) -> dict[int, Matter]:
    """Matters of these demands that the viewer may open; of others only the fate is shown."""
    matters = {matter.pk: matter for row in rows for matter in _matters(row)}
    if viewer.sees_all or not matters:
        return matters
    open_to = Matter.objects.visible_to(viewer).filter(pk__in=matters)
    return {pk: matters[pk] for pk in open_to.values_list("pk", flat=True)}


def _demand(
    n: int, row: Passage, seen: Mapping[int, Matter], reports: cards.Reports, today: date
) -> Demand:
    matters = _matters(row)
    its_fate = fate(row.decision, map(linked, matters), today)
    base = Demand(n=n, id=f"d{n}", passage=row.pk, fate=its_fate.value, words="")
    if its_fate is Fate.ASIDE:
        return replace(base, words=_("不立项"), line=cards.aside_line(row), links=_claim(row))
    speaking = next((m for m in matters if linked(m).fate(today) is its_fate), None)
    if speaking is None or its_fate is Fate.UNCLAIMED:
        words, line = cards.unclaimed(row, matters, today)
        return replace(base, words=words, line=line, links=[*_open(matters, seen), *_claim(row)])
    base = replace(base, words=cards.words(its_fate, speaking, today))
    if speaking.pk not in seen:
        return base
    return replace(
        base,
        number=cards.number(speaking, row.document.jurisdiction.short),
        line=cards.line(its_fate, speaking, today),
        card=cards.card(speaking, reports.get(speaking.pk), today),
        links=_open([m for m in matters if m.state != "withdrawn"], seen),
    )


def _open(matters: Sequence[Matter], seen: Mapping[int, Matter]) -> list[tuple[str, str]]:
    found = [matter for matter in matters if matter.pk in seen]
    label = _("打开事项")
    return [
        (label if len(found) == 1 else f"{label} {n}", reverse("matters:matter", args=[matter.pk]))
        for n, matter in enumerate(found, start=1)
    ]


def _claim(row: Passage) -> list[tuple[str, str]]:
    return [(_("去认领"), f"{reverse('documents:review', args=[row.document_id])}?at={row.pk}")]


def _laid_out(
    document: Document,
    pairs: Sequence[tuple[Passage, Demand]],
    rows: Sequence[Passage],
    wanted: str,
) -> tuple[list[Paragraph], list[Section]]:
    """The paragraphs and the outline; with a filter only paragraphs that hold such demands."""
    kept = [(row, demand) for row, demand in pairs if _wanted(demand, wanted)]
    if document.state == DocumentState.READ:
        shown = paragraphs(
            document.text,
            [*_marks(kept), *([] if wanted else _faint(rows))],
            outline=headings(document),
            title=document.title,
        )
        # Typed from pages that are pictures: they have no place in the text, and no address of a heading.
        typed = _typed_pages([(row, demand) for row, demand in kept if row.start is None])
        shown += [replace(paragraph, anchor=None) for paragraph in typed]
    else:
        shown = _typed_pages(kept)
    if wanted:
        shown = _only_marked(shown)
    return shown, sections(shown)


def _wanted(demand: Demand, wanted: str) -> bool:
    if wanted == PRESSING:
        return demand.fate in (Fate.OVERDUE, Fate.UNCLAIMED)
    return not wanted or demand.fate == wanted


def _marks(pairs: Sequence[tuple[Passage, Demand]]) -> list[Mark]:
    return [
        Mark(start=row.start, end=row.end, payload=demand)
        for row, demand in pairs
        if row.start is not None and row.end is not None and not row.adrift
    ]


def _faint(rows: Sequence[Passage]) -> list[Mark]:
    """What nobody has looked at yet, drawn faintly and counted apart."""
    return [
        Mark(start=row.start, end=row.end, payload=_("待核对"), level=FRAGMENT)
        for row in rows
        if row.decision == Decision.UNDECIDED and row.start is not None and row.end is not None
    ]


def headings(document: Document) -> list[Heading]:
    """The outline of the latest reading, as the layout takes it."""
    reading = document.reading
    names = ("level", "number", "heading", "start", "end")
    return [
        Heading(**{name: row[name] for name in names})
        for row in (reading.outline if reading else [])
    ]


def _typed_pages(pairs: Sequence[tuple[Passage, Demand]]) -> list[Paragraph]:
    """The demands typed beside the pages of a scan, page by page."""
    text, marks, entries = "", [], []
    page = None
    for row, demand in pairs:
        if row.page != page:
            page = row.page
            label = _("第%(page)d页") % {"page": page or 1}
            entries.append(Heading(level=1, number="", heading=label, start=len(text), end=0))
            text += f"{label}\n"
        words = " ".join(row.quote.split())
        marks.append(Mark(start=len(text), end=len(text) + len(words), payload=demand))
        text += f"{words}\n"
    return paragraphs(text, marks, outline=entries)


def _only_marked(shown: Sequence[Paragraph]) -> list[Paragraph]:
    """Headings and paragraphs with a demand; headings with nothing under them go too."""
    kept: list[Paragraph] = []
    for paragraph in shown:
        marked = any(piece.mark for piece in paragraph.pieces)
        if not marked and paragraph.style not in ("heading", "title"):
            continue
        while (
            kept and not marked and paragraph.style == "heading" and _empties(kept[-1], paragraph)
        ):
            kept.pop()
        kept.append(paragraph)
    while kept and kept[-1].style == "heading" and not any(p.mark for p in kept[-1].pieces):
        kept.pop()
    return kept


def _empties(before: Paragraph, heading: Paragraph) -> bool:
    """Whether a heading before held nothing: the next one of its level or above has come."""
    return (
        before.style == "heading"
        and before.level >= heading.level
        and not any(piece.mark for piece in before.pieces)
    )
