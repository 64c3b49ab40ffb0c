"""The review of a reading: the text with every finding marked, the finding in hand, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import LEADERS, Actor, Role
from huiyin.documents.directory import directory
from huiyin.documents.layout import FRAGMENT, Mark, Paragraph, paragraphs
from huiyin.documents.models import Document, Passage, RequirementMatter
from huiyin.documents.names import Named, named
from huiyin.documents.queries.echo import headings
from huiyin.documents.rules import Decision, Progress, cells, progress
from huiyin.matters.models import Matter
from huiyin.matters.rules import REPLACED, MatterState
from huiyin.people.models import Post, held_on

CANDIDATES = 300
"""Matters looked at for likeness: the newest of the units named, and the newest of all."""
ALIKE = 0.28
QUEUE = 60
MANY, LONG = 300, 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as marked in the text and listed in the queue."""

    n: int
    id: str
    passage: Passage
    kind_short: str
    state: str
    url: str
    cells: tuple[bool, ...]

    @property
    def pk(self) -> int:
        return self.passage.pk

    @property
    def sure(self) -> int:
        """How many of the five cells are filled."""
        return sum(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything the page shows."""

    document: Document
    findings: list[Finding]
    current: Finding | None
    following: Finding | None
    before: Finding | None
    queue: list[Finding]
    progress: Progress
    units: Named | None
    alike: list[Matter]
    approvers: list[Post]
    paragraphs: list[Paragraph]

    @property
    def demands_left(self) -> int:
        """Confirmed demands without a matter: they wait to be registered."""
        return sum(
            f.passage.decision == Decision.CONFIRMED
            and f.passage.is_demand
            and not f.passage.links.all()
            for f in self.findings
        )


def review(
    document: Document, *, viewer: Actor, today: date, at: int | None = None, text: bool = True
) -> Review:
    """The review with the finding `at` in hand, or the most doubtful one that waits.

    Without `text`, a long paper's words are not laid out again, since a decision moves no mark; a
    short one's are, so that the fragments of the finding in hand (who, when) show in them.
    """
    rows = list(_passages(document))
    order = {row.pk: n for n, row in enumerate(rows, start=1)}
    waiting = sorted(
        (r for r in rows if r.decision == Decision.UNDECIDED), key=lambda r: doubt(r, order)
    )
    chosen = next((row for row in rows if row.pk == at), None) or (waiting[0] if waiting else None)
    made = {row.pk: _finding(row, order[row.pk], current=row is chosen) for row in rows}
    current = made[chosen.pk] if chosen else None
    units = named(chosen, directory(document.jurisdiction_id, on=today)) if chosen else None
    place = order[chosen.pk] - 1 if chosen else 0
    around = list(made.values())
    return Review(
        document=document,
        findings=around,
        current=current,
        following=around[place + 1] if current and place + 1 < len(around) else None,
        before=around[place - 1] if current and place else None,
        queue=[made[row.pk] for row in waiting[:QUEUE]],
        progress=progress((row.decision, row.changed) for row in rows),
        units=units,
        alike=_alike(chosen, units, viewer) if chosen and chosen.is_demand else [],
        approvers=approvers(document.jurisdiction_id, today),
        paragraphs=(
            _laid_out(document, around, chosen) if text or _is_short(document, rows) else []
        ),
    )


def _is_short(document: Document, rows: Sequence[Passage]) -> bool:
    return len(rows) < MANY and len(document.text) < LONG


def doubt(row: Passage, order: dict[int, int]) -> tuple[int, int]:
    """The doubtful ones first (by fifths of confidence), in the order of the words."""
    return cells(row.confidence), order[row.pk]


def approvers(jurisdiction_id: int, today: date) -> list[Post]:
    """Posts that may agree to setting a demand aside."""
    roles = [*LEADERS, Role.OFFICE_HEAD]
    rows = Post.objects.filter(held_on(today), jurisdiction_id=jurisdiction_id, role__in=roles)
    return list(rows.select_related("user", "unit"))


def _passages(document: Document) -> Any:
    links = RequirementMatter.objects.select_related("matter__notice", "matter__lead_unit")
    return (
        document.passages.standing_findings()
        .in_order()
        .prefetch_related(Prefetch("links", queryset=links))
    )


def _finding(row: Passage, n: int, *, current: bool) -> Finding:
    states = {Decision.UNDECIDED: "", Decision.REJECTED: "rej"}
    filled = cells(row.confidence)
    return Finding(
        n=n,
        id=f"f{row.pk}",
        passage=row,
        kind_short=str(row.get_kind_display())[:1],
        state="cur" if current else states.get(Decision(row.decision), "done"),
        url=f"{reverse('documents:review', args=[row.document_id])}?at={row.pk}",
        cells=tuple(place < filled for place in range(5)),
    )


def _laid_out(
    document: Document, findings: Sequence[Finding], chosen: Passage | None
) -> list[Paragraph]:
    marks = [
        Mark(start=f.passage.start, end=f.passage.end, payload=f)
        for f in findings
        if f.passage.start is not None and f.passage.end is not None and not f.passage.adrift
    ]
    parts = _fragments(chosen) if chosen else []
    return paragraphs(
        document.text, [*marks, *parts], outline=headings(document), title=document.title
    )


def _fragments(row: Passage) -> list[Mark]:
    """Where in the words it says who, when, how often and how much."""
    if row.start is None or row.adrift:
        return []
    said = [(name, _("谁")) for name in [*row.lead_names, *row.co_names]]
    said += [
        (str(row.deadline.get("text") or ""), _("何时")),
        (str(row.recurrence.get("text") or ""), _("多久")),
    ]
    said += [(str(part.get("text") or ""), _("多少")) for part in row.quantities]
    found: list[Mark] = []
    for words, label in said:
        place = row.quote.find(words) if words else -1
        start = row.start + place
        free = all(start >= mark.end or start + len(words) <= mark.start for mark in found)
        if place >= 0 and free:
            found.append(Mark(start=start, end=start + len(words), payload=label, level=FRAGMENT))
    return found


def place_of(document: Document, row: Passage) -> str:
    """Where the words stand in the original, as far as it has pages or sheets: 第3页."""
    reading = document.reading
    places = reading.places if reading and row.start is not None else []
    found = next((p for p in places if p["start"] <= (row.start or 0) < p["end"]), None)
    if found is None:
        return _("第%(n)d页") % {"n": row.page} if row.page else ""
    if found.get("page"):
        return _("第%(n)d页") % {"n": found["page"]}
    if found.get("sheet") and found.get("row"):
        return _("表“%(sheet)s”第%(row)d行") % {"sheet": found["sheet"], "row": found["row"]}
    return _("表格第%(row)d行") % {"row": found["row"]} if found.get("row") else ""


def _alike(row: Passage, units: Named | None, viewer: Actor) -> list[Matter]:
    """Live matters whose words are like these, the likest first."""
    linked = {link.matter_id for link in row.links.all()}
    over = [MatterState.WITHDRAWN, *REPLACED]
    live = Matter.objects.visible_to(viewer).filter(parent=None).exclude(state__in=over)
    newest = live.order_by("-pk").select_related("lead_unit", "notice")
    pool = {matter.pk: matter for matter in newest[:CANDIDATES]}
    if units and units.lead:
        pool |= {m.pk: m for m in newest.filter(Q(lead_unit=units.lead))[:CANDIDATES]}
    own = _pairs(row.quote)
    scored = [
        (max(_likeness(own, matter.quote), _likeness(own, matter.title)), matter)
        for pk, matter in pool.items()
        if pk not in linked
    ]
    scored = [each for each in scored if each[0] >= ALIKE]
    return [matter for _score, matter in sorted(scored, key=lambda each: -each[0])[:3]]


def _pairs(text: str) -> set[str]:
    words = [c for c in text if c.isalnum()]
    return {one + other for one, other in pairwise(words)}


def _likeness(own: set[str], text: str) -> float:
    """Shared pairs of characters against the shorter of the two, 0 to 1."""
    other = _pairs(text)
    least = min(len(own), len(other))
    return len(own & other) / least if least >= 4 else 0.0
