"""拟办: registered matters as a table in which every cell says where its value comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.matters import sources
from huiyin.matters.approvers import Approver, choose_approver
from huiyin.matters.defaults import missing
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.queries.people import leader_name
from huiyin.matters.rules import AssignmentRole, AssignmentState, MatterState
from huiyin.rulebook.rules.words import METHODS
from huiyin.web.format import day as day_words

MOST = 300
"""Rows of one table; a longer list is worked off batch by batch, and the page says so."""
ORIGINS: Mapping[str, str] = {"words": "w", "rule": "df", "hand": "hd", "missing": "no"}
"""Where a value comes from → the look of its cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its words, where they come from (w, df, hd, no, or nothing to say), and why."""

    text: str
    origin: str
    why: str = ""
    several: str = ""

    @property
    def several_first(self) -> str:
        """`并列点名3家`: what is said in bold."""
        return self.several.partition("，")[0]

    @property
    def several_rest(self) -> str:
        """`取首位：住建、财政、城管`."""
        return self.several.partition("，")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRow:
    """One registered matter in the table."""

    place: int
    matter: Matter
    lead: Cell
    supporting: Cell
    due: Cell
    acceptance: Cell
    check: Cell
    leader: Cell
    gaps: list[str]
    supporting_ids: list[int]

    @property
    def cells(self) -> list[Cell]:
        return [self.lead, self.supporting, self.due, self.acceptance, self.check, self.leader]

    @property
    def is_complete(self) -> bool:
        return not self.gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The registered matters of one source: its label and how many there are."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The dispatch table with what can be proposed now and who would approve it."""

    rows: list[DispatchRow]
    origins: dict[str, int]
    total: int
    units: int
    approver: Approver | None

    @property
    def complete(self) -> list[DispatchRow]:
        return [row for row in self.rows if row.is_complete]

    @property
    def incomplete(self) -> list[DispatchRow]:
        return [row for row in self.rows if not row.is_complete]


def registered(
    *, viewer: Actor, document: int | None = None, label: str | None = None
) -> QuerySet[Matter]:
    """Registered matters the viewer may see, of one document or one source when asked."""
    rows = Matter.objects.visible_to(viewer).filter(state=MatterState.REGISTERED)
    if document is not None:
        rows = rows.filter(**sources.of_document(document))
    if label is not None:
        rows = rows.filter(source_label=label)
    return rows


def batches(*, viewer: Actor) -> list[Batch]:
    """The sources that have registered matters, the most recently used last."""
    rows = (
        registered(viewer=viewer)
        .values("source_label")
        .annotate(n=Count("pk"))
        .order_by("source_label")
    )
    return [Batch(label=row["source_label"], count=row["n"]) for row in rows]


def table(rows: QuerySet[Matter], *, today: date) -> Table:
    """The table of these matters, at most MOST of them."""
    total = rows.count()
    wanted = rows.select_related("lead_unit", "leader_post__user", "jurisdiction").order_by(
        "source_label", "pk"
    )
    matters = list(wanted[:MOST])
    supporting = supporting_of(matters)
    made = [
        row_of(m, supporting.get(m.pk, []), place=n, today=today)
        for n, m in enumerate(matters, start=1)
    ]
    ready = [row.matter for row in made if row.is_complete]
    return Table(
        rows=made,
        origins=dict(Counter(cell.origin for row in made for cell in row.cells if cell.origin)),
        total=total,
        units=len({m.lead_unit_id for m in matters if m.lead_unit_id}),
        approver=choose_approver(ready, today=today) if ready else None,
    )


def supporting_of(matters: Sequence[Matter]) -> dict[int, list[Assignment]]:
    """Supporting units proposed for each matter, in the order of the directory."""
    rows = Assignment.objects.filter(
        matter__in=[m.pk for m in matters],
        role=AssignmentRole.SUPPORTING,
        state=AssignmentState.PROPOSED,
    ).select_related("unit")
    found: dict[int, list[Assignment]] = {}
    for row in rows.order_by("unit__position", "pk"):
        found.setdefault(row.matter_id, []).append(row)
    return found


def row_of(
    matter: Matter, supporting: Sequence[Assignment], *, place: int, today: date
) -> DispatchRow:
    """One matter as a row of the table."""
    filled = matter.filled
    due = (
        matter.get_interval_display()
        if matter.is_standing
        else day_words(matter.due_on, today=today)
    )
    helpers = _("、").join(str(row.unit) for row in supporting)
    method = METHODS.get(matter.check_method, matter.check_method)
    return DispatchRow(
        place=place,
        matter=matter,
        lead=_cell(filled, "lead", str(matter.lead_unit or ""), needed=True),
        supporting=_cell(filled, "supporting", helpers),
        due=_cell(filled, "due", due, needed=True),
        acceptance=_cell(filled, "acceptance", _standard(matter), needed=True),
        check=_cell(filled, "check", str(method), needed=True),
        leader=_cell(filled, "leader", leader_name(matter.leader_post)),
        gaps=missing(matter),
        supporting_ids=[row.unit_id for row in supporting],
    )


def _standard(matter: Matter) -> str:
    """The acceptance standard; words that stand in the same row already are not said twice."""
    return _("照原话") if matter.quote and matter.acceptance == matter.quote else matter.acceptance


def _cell(filled: Mapping[str, Any], name: str, text: str, *, needed: bool = False) -> Cell:
    """A cell with the origin its matter keeps; a blank needed one is 待填, whatever was kept."""
    known = filled.get(name) or {}
    why = str(known.get("why", ""))
    if not text:
        return Cell(text=_("待填") if needed else "", origin="no" if needed else "", why=why)
    origin = ORIGINS.get(str(known.get("from", "")), "")
    if name == "lead" and origin == "w" and known.get("several", 0) > 1:
        return Cell(text=text, origin=origin, several=why)
    return Cell(
        text=text, origin="" if origin == "no" else origin, why="" if origin == "w" else why
    )
