"""What units have been given: their lists, to be signed for once, with exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from huiyin import door
from huiyin.actors import Actor
from huiyin.door import Option
from huiyin.errors import NotFound
from huiyin.matters.models import Assignment, HandBack, UnitList
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.planned import know_plans
from huiyin.matters.rules import Shown
from huiyin.rulebook import queries as rulebook

MOST = 100
"""Lists shown of each kind; the others are found through the notices, and the page says how many wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of a list: the part of the unit, its light, its objection if it made one."""

    assignment: Assignment
    shown: Shown
    objection: HandBack | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A unit's list of one notice, and whether the viewer may sign for it."""

    unit_list: UnitList
    rows: list[Asked]
    sign: Option | None
    objection_until: date
    objection_flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Lists that wait to be signed for (the oldest first) and those signed last; `total` wait in all."""

    waiting: list[Any]
    signed: list[Any]
    total: int


def lists(*, viewer: Actor) -> Lists:
    """Lists of the units the viewer may see, at most MOST of each."""
    mine: QuerySet[Any] = UnitList.objects.visible_to(viewer).select_related("unit", "notice")
    counted = mine.annotate(n=Count("assignments"))
    open_ones = counted.filter(state=UnitList.State.SENT).order_by("sent_at", "unit__position")
    signed = counted.filter(state=UnitList.State.SIGNED).order_by("-signed_at", "-pk")
    waiting = list(open_ones[:MOST])
    total = len(waiting) if len(waiting) < MOST else open_ones.count()
    return Lists(waiting=waiting, signed=list(signed[:MOST]), total=total)


def list_page(pk: int, *, viewer: Actor, today: date) -> ListPage:
    """One list with its lines; NotFound unless the viewer may see it."""
    found = (
        UnitList.objects.visible_to(viewer).select_related("unit", "notice").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    given = found.assignments.current()
    rows = list(given.select_related("matter__lead_unit", "matter__notice"))
    know_plans([row.matter for row in rows], today)
    raised = {
        row.assignment_id: row for row in HandBack.objects.filter(assignment__unit_list=found)
    }
    book = rulebook.book(found.notice.jurisdiction_id, "objection_window", "holidays")
    until, flagged = book.objection_ends(signed_on=today)
    options = {option.name: option for option in door.options(found, by=viewer)}
    asked = [
        Asked(assignment=r, shown=light_of(r.matter, today), objection=raised.get(r.pk))
        for r in sorted(rows, key=lambda r: (r.role, r.matter.row or 0))
    ]
    return ListPage(
        unit_list=found,
        rows=asked,
        sign=options.get("unit_list.sign_for"),
        objection_until=until,
        objection_flagged=flagged,
    )
