"""A unit's desk: what to sign for, what came back, what wants a plan or a report, what is due."""
from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import waiting
from huiyin.desk.queries.waiting import LISTED, counted, section
from huiyin.desk.rules import Act, Desk, Entry, Section
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.rules import AssignmentState, MatterState


def desk(viewer: Actor, today: date) -> Desk:
    """The liaison officer's sections: only what changed is asked for."""
    rows = _ours(viewer)
    sections = (
        _lists(viewer),
        _came_back(rows, today),
        _late(rows, today),
        _no_plan(rows, today),
        _reports_due(rows, today),
        _near(rows, today),
    )
    waits = sum(one.total for one in sections)
    lead = _("本单位有 %(n)d 件事等着办。") % {"n": waits} if waits else _("现在没有等着办的事。")
    return Desk(
        lead=lead,
        rest=_("牵头在办 %(n)d 件。") % {"n": rows.count()},
        sections=tuple(one for one in sections if one.entries),
        week=waiting.week(viewer, today),
        happenings=waiting.happenings(viewer, today - timedelta(days=2)),
    )


def _ours(viewer: Actor) -> QuerySet[Matter]:
    """Open matters for which one of the viewer's units answers now."""
    return waiting.open_matters(viewer).filter(lead_unit_id__in=viewer.unit_ids(*UNIT_STAFF))


def _lists(viewer: Actor) -> Section:
    rows = (
        UnitList.objects.visible_to(viewer)
        .filter(state=UnitList.State.SENT, unit_id__in=viewer.unit_ids(*UNIT_STAFF))
        .select_related("notice", "unit")
        .annotate(n=Count("assignments", filter=Q(assignments__state=AssignmentState.SENT)))
        .order_by("sent_at")
    )
    entries = [
        Entry(
            tag=_("待签收"),
            title=_("%(notice)s，%(n)d 项") % {"notice": row.notice, "n": counted(row, "n")},
            url=reverse("matters:list", args=[row.pk]),
            why=_("签收即收到，不等于同意；不属于本单位的可在签收时逐项退回。"),
            acts=(Act(label=_("去签收"), url=reverse("matters:list", args=[row.pk]), primary=place == 0),),
        )
        for place, row in enumerate(rows[:LISTED])
    ]
    return section(_("待签收"), entries, rows.count())


def _came_back(rows: QuerySet[Matter], today: date) -> Section:
    back = rows.filter(state=MatterState.UNDER_WAY, sent_back__gt=0).order_by("late_on", "pk")
    why = _("核查没有通过，已退回重办。")
    entries = [waiting.entry(m, today, why=why, act=_("看原因")) for m in back[:LISTED]]
    return section(_("退回来的"), entries, back.count())


def _late(rows: QuerySet[Matter], today: date) -> Section:
    late = waiting.overdue(rows.filter(state=MatterState.UNDER_WAY, sent_back=0), today)
    entries = [waiting.entry(m, today, act=_("反馈进展"), verb="report_progress") for m in late[:LISTED]]
    return section(_("逾期的"), entries, late.count(), reverse("matters:register") + "?light=overdue")


def _no_plan(rows: QuerySet[Matter], today: date) -> Section:
    bare = rows.filter(state=MatterState.UNDER_WAY, plan=None).order_by("due_on", "pk")
    why = _("已签收，还没有办理方案：目标、措施写清楚就可以。")
    entries = [waiting.entry(m, today, why=why, act=_("填方案"), verb="set_plan") for m in bare[:LISTED]]
    return section(_("待填方案"), entries, bare.count())


def _reports_due(rows: QuerySet[Matter], today: date) -> Section:
    due = rows.filter(state=MatterState.UNDER_WAY, next_report_on__lte=today).order_by("next_report_on", "pk")
    entries = [
        waiting.entry(
            m,
            today,
            why=_("按周期应在 %(day)s 报一次，只写变化。") % {"day": f"{m.next_report_on:%-m月%-d日}"},
            act=_("反馈进展"),
            verb="report_progress",
        )
        for m in due[:LISTED]
    ]
    return section(_("该报一次的"), entries, due.count())


def _near(rows: QuerySet[Matter], today: date) -> Section:
    soon = waiting.near(rows.filter(state=MatterState.UNDER_WAY), today)
    entries = [waiting.entry(m, today, act=_("反馈进展"), verb="report_progress") for m in soon[:LISTED]]
    return section(_("快到期的"), entries, soon.count(), reverse("matters:register") + "?light=near")
