"""A leader's desk: what to decide, what is red in the portfolio, each unit's fates, one's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import (
    authority,
    batches,
    between,
    checks,
    slips,
    strike_offs,
    varying,
    waiting,
    waits,
    words,
)
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waiting import LISTED, Pile, counted, section
from huiyin.desk.queries.waits import Part, Tell
from huiyin.desk.rules import Act, Desk, Entry, Section, Share
from huiyin.matters.models import DrawnCheck, HandBack, Matter, Referral, SupervisionNotice
from huiyin.matters.queries.shaping import without_parts
from huiyin.matters.rules import OPEN, MatterState, Nature, NoticeState
from huiyin.people.models import Unit

MOST = 100
"""Batches counted at most; nobody has that many to decide."""


def desk(viewer: Actor, today: date) -> Desk:
    """The leader's sections."""
    decide = _decide(viewer, today)
    piles = waiting.piles(
        waiting.whole_matters(viewer),
        today,
        late=waiting.is_overdue(today),
        near=waiting.is_near(today),
    )
    lead = _("请您定 %(n)d 件事。") % {"n": decide.total} if decide.total else _("没有等您定的事。")
    red = waiting.red(piles["late"], today, _("逾期的"))
    near = waiting.red(piles["near"], today, _("快到期的"), light="near")
    shares = _shares(viewer, today)
    personal = between.led_personally(viewer, today)
    return Desk(
        lead=lead,
        rest=_sentence(piles["late"], today),
        sections=tuple(one for one in (decide, red, personal, near) if one.entries),
        shares=shares,
        shares_heading=_("各单位的事")
        if viewer.sees_all
        else _("分管 %(n)d 家") % {"n": len(shares)},
        happenings=waiting.happenings(viewer, waiting.last_work_day(today)),
        documents=words.documents(words.papers(viewer), today),
    )


def beside(viewer: Actor, today: date) -> tuple[Section, ...]:
    """What waits for a leader's decision, for somebody whose desk is another post's."""
    decide = _decide(viewer, today)
    return (decide,) if decide.entries else ()


def _sentence(late: Pile, today: date) -> str:
    oldest = late.matters[0].due_on if late.matters else None
    if oldest is None:
        return _("没有逾期的事项。")
    return _("有 %(n)d 件逾期，最久 %(days)d 天。") % {
        "n": late.total,
        "days": (today - oldest).days,
    }


def _decide(viewer: Actor, today: date) -> Section:
    """Batches to approve, questions asked, requests to vary what was fixed, rectifications to sign."""
    among = authority.seats(viewer, today)
    turn = SupervisionNotice.objects.filter(batches.to_approve(viewer, among))
    rows = (
        SupervisionNotice.objects.filter(
            state=NoticeState.PROPOSED,
            pk__in=turn.values("pk"),
            matters__state=MatterState.PROPOSED,
        )
        .annotate(n=Count("matters"), units=Count("matters__lead_unit", distinct=True))
        .order_by("proposed_at")
    )
    found = list(rows[:MOST])
    entries = [
        Entry(
            tag=_("待审批"),
            title=_("%(title)s，%(n)d 项") % {"title": row.title, "n": counted(row, "n")},
            url=reverse("matters:notice", args=[row.pk]),
            why=_("%(units)d 家牵头。%(who)s提请。%(why)s。")
            % {
                "units": counted(row, "units"),
                "who": row.proposed_by_name,
                "why": row.approver_why,
            },
            acts=(
                Act(
                    label=_("审批 %(n)d 项") % {"n": counted(row, "n")},
                    url=reverse("matters:notice", args=[row.pk]),
                    primary=place == 0,
                ),
            ),
        )
        for place, row in enumerate(found[:LISTED])
    ]
    asked = waits.told(waits.read(_turns(viewer, among, today)), TELLERS, today)
    total = len(found) + len(asked)
    return section(_("请您定"), [*entries, *asked], total, reverse("matters:notices"))


def _turns(viewer: Actor, among: Seats, today: date) -> list[Part]:
    """What is this leader's turn."""
    return [
        between.to_answer(viewer, among),
        varying.to_decide(viewer, among),
        varying.instead(viewer, among),
        strike_offs.to_sign(viewer, among),
        slips.to_sign(viewer, among),
        *(_instead(viewer, among, today) if among.office_units else ()),
    ]


def _instead(viewer: Actor, among: Seats, today: date) -> list[Part]:
    """What the office has a part in itself, so that it stands back: a leader checks and rules in its place."""

    def turn(matter: str) -> Q:
        return authority.office_stands_back(among, matter) & authority.leads(viewer, among, matter)

    matters, about = Matter.objects.filter(turn("")), "assignment__matter"
    raised = HandBack.objects.filter(turn(about), ruling=HandBack.Ruling.PENDING)
    return [
        batches.objected(raised),
        between.referred(Referral.objects.filter(turn("matter"))),
        checks.to_verify(matters),
        checks.to_finish(matters),
        strike_offs.instead(turn("matter"), viewer, today),
        checks.checks_of(DrawnCheck.objects.filter(turn("matter"))),
        checks.looks_back(matters, today),
    ]


TELLERS: Mapping[str, Tell] = {
    **between.TELLERS,
    **varying.TELLERS,
    **strike_offs.TELLERS,
    **slips.TELLERS,
    **batches.ASKED,
    **checks.INSTEAD,
}


def _shares(viewer: Actor, today: date) -> tuple[Share, ...]:
    """Each unit with the fates of its matters, in the order of the directory (never ranked)."""
    late = Q(late_on__lte=today) & ~Q(nature=Nature.STANDING)
    live = Q(state__in=OPEN)
    rows = (
        without_parts(Matter.objects.visible_to(viewer), viewer)
        .filter(Q(state__in=OPEN) | Q(state=MatterState.CLOSED), lead_unit__isnull=False)
        .order_by()
        .values("lead_unit")
        .annotate(
            closed=Count("pk", filter=Q(state=MatterState.CLOSED)),
            overdue=Count("pk", filter=live & late),
            standing=Count("pk", filter=live & Q(nature=Nature.STANDING)),
            total=Count("pk"),
        )
    )
    found = {row["lead_unit"]: row for row in rows}
    units = Unit.objects.filter(pk__in=found).order_by("position", "pk")
    return tuple(_share(unit, found[unit.pk]) for unit in units)[:20]


def _share(unit: Unit, row: Mapping[str, Any]) -> Share:
    ontime = row["total"] - row["closed"] - row["overdue"] - row["standing"]
    return Share(
        name=str(unit),
        url=reverse("matters:register") + f"?unit={unit.pk}",
        counts={
            "closed": row["closed"],
            "ontime": ontime,
            "overdue": row["overdue"],
            "standing": row["standing"],
        },
        total=row["total"],
        overdue=row["overdue"],
    )
