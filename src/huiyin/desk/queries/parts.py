"""What a unit arranged and has to look at: parts said to be done, objections to parts; what it volunteered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, QuerySet, Window
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import batches, checks, waiting, waits
from huiyin.desk.queries.waiting import LISTED, counted, section
from huiyin.desk.queries.waits import Part, Tell
from huiyin.desk.rules import Section
from huiyin.matters.models import HandBack, Matter
from huiyin.matters.rules import BEFORE_DISPATCH, MatterState


def arranged(viewer: Actor, today: date) -> Section:
    """Parts of the unit's matters that wait for it, and not for the office: it arranged them."""
    units = viewer.unit_ids(*UNIT_STAFF)
    mine = Matter.objects.filter(parent__lead_unit__in=units).exclude(lead_unit__in=units)
    rows = list(
        mine.filter(state=MatterState.SUBMITTED)
        .annotate(total=Window(Count("pk")))
        .select_related("lead_unit", "notice")
        .order_by("due_on", "pk")[:LISTED]
    )
    said_done = [
        waiting.entry(
            row,
            today,
            why=_("%(unit)s报称已经办完，由本单位核查。") % {"unit": row.lead_unit},
            act=_("核查"),
            verb="settle",
        )
        for row in rows
    ]
    others = waits.told(waits.read(_besides(viewer, mine, today)), TELLERS, today)
    total = (counted(rows[0], "total") if rows else 0) + len(others)
    return section(_("分解出去、等本单位的"), [*said_done, *others][:LISTED], total)


def _besides(viewer: Actor, mine: QuerySet[Matter], today: date) -> list[Part]:
    """Objections to parts, parts verified and not finished, parts whose look back has come."""
    raised = HandBack.objects.filter(
        ruling=HandBack.Ruling.PENDING,
        assignment__matter__parent__lead_unit__in=viewer.unit_ids(*UNIT_STAFF),
    )
    return [
        batches.objected(raised),
        checks.to_finish(mine),
        checks.looks_back(mine, today),
    ]


TELLERS: Mapping[str, Tell] = {**batches.ASKED, **checks.TO_FINISH, **checks.TO_SEE}


def volunteered(viewer: Actor, today: date) -> Section:
    """Matters the unit entered of its own accord that are not dispatched yet, and how many there are in all."""
    units = viewer.unit_ids(*UNIT_STAFF)
    rows = (
        Matter.objects.filter(volunteered_by__in=units, state__in=BEFORE_DISPATCH)
        .annotate(total=Window(Count("pk")))
        .select_related("lead_unit", "notice")
        .order_by("-pk")
    )
    found = list(rows[:LISTED])
    entries = [
        waiting.entry(
            row,
            today,
            why=_("已报请立项，现在是“%(state)s”。") % {"state": row.get_state_display()},
        )
        for row in found
    ]
    return section(_("本单位主动立项"), entries, counted(found[0], "total") if found else 0)
