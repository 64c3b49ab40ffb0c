"""What a unit arranged and has to look at: parts said to be done, objections to parts; what it volunteered."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import waiting
from huiyin.desk.queries.waiting import LISTED, counted, section
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.models import HandBack, Matter
from huiyin.matters.rules import BEFORE_DISPATCH, MatterState


def arranged(viewer: Actor, today: date) -> Section:
    """Parts of the unit's matters that wait for it, and not for the office: it arranged them."""
    units = viewer.unit_ids(*UNIT_STAFF)
    rows = list(
        Matter.objects.filter(parent__lead_unit__in=units, state=MatterState.SUBMITTED)
        .exclude(lead_unit__in=units)
        .annotate(total=Window(Count("pk")))
        .select_related("lead_unit", "notice")
        .order_by("due_on", "pk")[:LISTED]
    )
    objections = _objections(units)
    entries = [
        waiting.entry(
            row,
            today,
            why=_("%(unit)s报称已经办完，由本单位核查。") % {"unit": row.lead_unit},
            act=_("核查"),
            verb="settle",
        )
        for row in rows
    ]
    total = (counted(rows[0], "total") if rows else 0) + len(objections)
    return section(_("分解出去、等本单位的"), [*entries, *objections][:LISTED], total)


def _objections(units: frozenset[int]) -> list[Entry]:
    rows = HandBack.objects.filter(
        ruling=HandBack.Ruling.PENDING, assignment__matter__parent__lead_unit__in=units
    ).select_related("assignment__matter", "assignment__unit")
    found = []
    for row in rows.order_by("raised_at")[:LISTED]:
        url = reverse("matters:matter", args=[row.assignment.matter_id])
        words = {"unit": row.assignment.unit, "title": row.assignment.matter.title}
        found.append(
            Entry(
                tag=_("异议"),
                title=_("%(unit)s不认领“%(title)s”") % words,
                url=url,
                why=_("理由：%(reason)s。裁定以前仍由该单位答复。")
                % {"reason": row.reason.rstrip("。")},
                acts=(Act(label=_("裁定归属"), url=url),),
            )
        )
    return found


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
