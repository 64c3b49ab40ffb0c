"""Reports that somebody asked a unit for, on the unit's desk, with how much was asked this month."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries.waiting import LISTED, section
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.models import ReportRequest
from huiyin.matters.rules import AskState
from huiyin.web.format import day

MOST = 100
"""Requests counted at most."""


def asked_of(viewer: Actor, today: date) -> Section:
    """What the viewer's units were asked and have not answered, the first due first; one query.

    What a slip asks is listed with the slip until that is signed for.
    """
    rows = ReportRequest.objects.filter(
        Q(slip=None) | Q(slip__received_at__isnull=False),
        assignment__unit_id__in=viewer.unit_ids(*UNIT_STAFF),
        state=AskState.OPEN,
    )
    found = list(rows.select_related("matter", "asked_by_unit").order_by("due_on", "pk")[:MOST])
    return section(_("要情况的"), [_entry(row, today) for row in found[:LISTED]], len(found))


def _entry(row: ReportRequest, today: date) -> Entry:
    said = {
        "who": f"{row.asked_by_unit or ''}{row.asked_by_name}",
        "day": day(row.due_on, today=today),
        "why": row.reason,
    }
    url = reverse("matters:do", args=[row.matter_id, "report-progress"])
    return Entry(
        title=row.matter.title,
        url=reverse("matters:matter", args=[row.matter_id]),
        why=_("%(who)s要情况，%(day)s前报：%(why)s") % said,
        light="overdue" if row.due_on < today else "",
        word=_("要情况已过期") if row.due_on < today else "",
        tag=_("要情况"),
        acts=(Act(label=_("反馈进展"), url=f"{url}?assignment={row.assignment_id}"),),
    )
