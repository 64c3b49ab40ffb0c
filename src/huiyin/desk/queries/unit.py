"""A unit's desk: what to sign for, what came back, what wants a plan or a report, what is due."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import asked, between, parts, slips, waiting, waits
from huiyin.desk.queries.waiting import LISTED, Pile, counted, section
from huiyin.desk.rules import Act, Desk, Entry, Section
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.rules import AssignmentState, MatterState
from huiyin.web.format import day

MOST = 100
"""Lists counted at most."""


def desk(viewer: Actor, today: date) -> Desk:
    """The liaison officer's sections: only what changed is asked for."""
    sections = _sections(viewer, today)
    total = sum(one.total for one in sections)
    lead = _("本单位有 %(n)d 件事等着办。") % {"n": total} if total else _("现在没有等着办的事。")
    return Desk(
        lead=lead,
        rest=_("签收即收到，反馈只写变化。"),
        sections=tuple(one for one in (*sections, parts.volunteered(viewer, today)) if one.entries),
        week=waiting.week(waits.read([waiting.falling_due(viewer, today)]), today),
        happenings=waiting.happenings(viewer, waiting.last_work_day(today) - timedelta(days=1)),
    )


def beside(viewer: Actor, today: date) -> tuple[Section, ...]:
    """What waits for the unit of somebody whose desk is another post's."""
    return tuple(one for one in _sections(viewer, today) if one.entries)


def _sections(viewer: Actor, today: date) -> tuple[Section, ...]:
    piles = waiting.piles(_ours(viewer), today, **_headings(today))
    report = {"act": _("反馈进展"), "verb": "report_progress"}
    return (
        _lists(viewer),
        slips.received(viewer, today),
        between.asked_of_unit(viewer, today),
        between.late_parts(viewer, today),
        parts.arranged(viewer, today),
        waiting.red(piles["back"], today, _("退回来的"), light="", act=_("看原因")),
        waiting.red(piles["late"], today, _("逾期的"), **report),
        _no_plan(piles["bare"], today),
        asked.asked_of(viewer, today),
        _reports_due(piles["due"], today),
        waiting.red(piles["near"], today, _("快到期的"), light="near", **report),
    )


def _ours(viewer: Actor) -> QuerySet[Matter]:
    """Open matters for which one of the viewer's units answers now."""
    return waiting.open_matters(viewer).filter(lead_unit_id__in=viewer.unit_ids(*UNIT_STAFF))


def _headings(today: date) -> dict[str, Q]:
    """What a unit's matters wait for, most pressing first."""
    doing = Q(state=MatterState.UNDER_WAY)
    return {
        "back": doing & Q(sent_back__gt=0),
        "late": doing & waiting.is_overdue(today),
        "bare": doing & Q(plan=None),
        "due": doing & Q(next_report_on__lte=today),
        "near": doing & waiting.is_near(today),
    }


def _lists(viewer: Actor) -> Section:
    rows = (
        UnitList.objects.visible_to(viewer)
        .filter(state=UnitList.State.SENT, unit_id__in=viewer.unit_ids(*UNIT_STAFF))
        .select_related("notice", "unit")
        .annotate(n=Count("assignments", filter=Q(assignments__state=AssignmentState.SENT)))
        .order_by("sent_at")
    )
    found = list(rows[:MOST])
    entries = [
        Entry(
            tag=_("待签收"),
            title=_("%(notice)s，%(n)d 项") % {"notice": row.notice, "n": counted(row, "n")},
            url=reverse("matters:list", args=[row.pk]),
            why=_("签收即收到，不等于同意；不属于本单位的可在签收时逐项退回。"),
            acts=(
                Act(
                    label=_("去签收"),
                    url=reverse("matters:list", args=[row.pk]),
                    primary=place == 0,
                ),
            ),
        )
        for place, row in enumerate(found[:LISTED])
    ]
    return section(_("待签收"), entries, len(found))


def _no_plan(pile: Pile, today: date) -> Section:
    why = _("已签收，还没有办理方案：目标、措施写清楚就可以。")
    entries = [
        waiting.entry(m, today, why=why, act=_("填方案"), verb="set_plan") for m in pile.matters
    ]
    return section(_("待填方案"), entries, pile.total)


def _reports_due(pile: Pile, today: date) -> Section:
    entries = [
        waiting.entry(
            m,
            today,
            why=_("按周期应在 %(day)s 报一次，只写变化。")
            % {"day": day(m.next_report_on, today=today)},
            act=_("反馈进展"),
            verb="report_progress",
        )
        for m in pile.matters
    ]
    return section(_("该报一次的"), entries, pile.total)
