"""What the words lack (nearly always) is proposed by rule, and every cell says where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.matters.clocks import flagged
from huiyin.matters.clocks import retime as retime
from huiyin.matters.due import Wish, settle
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rhythms import choose
from huiyin.people import queries as people
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.web.kept import kept

Cells = dict[str, Any]


@kept
def complete(
    matter: Matter,
    book: Book,
    *,
    today: date,
    restore: Sequence[str] = (),
    wish: Wish | None = None,
) -> None:
    """Blank cells hold the rulebook's proposal and its rule; what no rule gives is marked missing.

    `wish` is what a person said of the due day besides the day; with one, the matter's words are read for it.
    """
    cells: Cells = dict(matter.filled)
    was: Cells = dict(cells.get("due", {}))
    for cell in restore:
        _clear(matter, cell)
        cells.pop(cell, None)
    if matter.is_standing:
        _interval(matter, cells, book, today)
    else:
        settle(matter, cells, was, book, wish, today=today)
    matter.due_flagged = flagged(matter, book, today)
    _acceptance(matter, cells, book, today)
    _check(matter, cells, book, today)
    _lead(matter, cells)
    _leader(matter, cells, today)
    matter.filled = cells
    choose(matter, book, today=today)


def _clear(matter: Matter, cell: str) -> None:
    match cell:
        case "due":
            matter.due_on, matter.interval = None, ""
        case "acceptance":
            matter.acceptance = ""
        case "check":
            matter.check_method = ""
        case "leader":
            matter.leader_post = None


def _interval(matter: Matter, cells: Cells, book: Book, today: date) -> None:
    matter.due_on = None
    if not matter.interval:
        rhythm = book.interval_default(start=today)
        matter.interval = rhythm.freq
        cells["due"] = {
            "from": "rule",
            "why": rhythm.why,
            "rule": rhythm.rule,
            "number": rhythm.number,
        }


def _acceptance(matter: Matter, cells: Cells, book: Book, today: date) -> None:
    if not matter.goal:
        matter.goal = matter.title
    if not matter.acceptance:
        proposal = book.acceptance_default(quoted=matter.quote or matter.goal, on=today)
        matter.acceptance = proposal.value
        cells["acceptance"] = {"from": "rule", "why": proposal.why, "rule": proposal.rule}


def _check(matter: Matter, cells: Cells, book: Book, today: date) -> None:
    if not matter.check_method:
        kind = (
            "amount" if matter.nature == "task" and matter.quantity is not None else matter.nature
        )
        proposal = book.check_default(kind=kind, on=today)
        matter.check_method = proposal.value
        cells["check"] = {"from": "rule", "why": proposal.why, "rule": proposal.rule}


def _lead(matter: Matter, cells: Cells) -> None:
    known = cells.get("lead", {})
    if matter.lead_unit_id is None:
        cells["lead"] = {"from": "missing", "why": known.get("why") or _("原话没有点名")}
    elif known.get("from", "missing") == "missing":
        cells["lead"] = {"from": "hand", "why": ""}


def _leader(matter: Matter, cells: Cells, today: date) -> None:
    """The leader in charge follows the lead unit unless a person chose one."""
    if cells.get("leader", {}).get("from") == "hand" or matter.lead_unit_id is None:
        return
    matter.leader_post = people.leader_post_for(matter.lead_unit_id, today=today)
    why = _("按分管分工") if matter.leader_post else _("没有分管领导，报主要领导")
    cells["leader"] = {"from": "rule", "why": why}


@kept
def leader_follows(matter: Matter, *, today: date) -> None:
    """The lead unit changed: the leader in charge is its own, unless a person chose one."""
    cells: Cells = dict(matter.filled)
    _leader(matter, cells, today)
    matter.filled = cells


@kept
def propose_part_due(row: Assignment, *, today: date) -> None:
    """A supporting unit's own part is due by rule, before the whole; the row says which rule."""
    matter = row.matter
    rule = rulebook.book(matter.jurisdiction_id, "joint_handling").joint_handling(on=today)
    due = None if matter.is_standing else matter.due_on
    row.due_on = rule.body.part_due(source=matter.source_kind, start=today, due_on=due)
    row.due_why = _("会办的份，%(rule)s") % {"rule": rule.cited} if row.due_on else ""


def missing(matter: Matter) -> list[str]:
    """Names of the cells without which a matter cannot be proposed (design, invariant 1)."""
    lacking = {
        _("牵头单位"): matter.lead_unit_id is None,
        _("时限或周期"): matter.due_on is None and not matter.interval,
        _("验收标准"): not matter.acceptance,
        _("核查办法"): not matter.check_method,
    }
    return [str(cell) for cell, blank in lacking.items() if blank]
