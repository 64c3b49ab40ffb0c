"""Variations that wait for somebody's decision, and clocks that stand longer than was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import OFFICE, Actor
from huiyin.desk.queries import authority, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import Suspension, Variation
from huiyin.matters.rules import LIVE, MatterState, Ruling, VariationKind
from huiyin.web.format import day

UNITS = ("unit_id", "matter__lead_unit_id")
"""Whose people do not decide: the unit that asked, and the one that leads by now."""


def to_decide(viewer: Actor, among: Seats) -> Part:
    """Requests of which this viewer was named to decide, or the office of which the viewer is; never the own unit's."""
    named = authority.sits(viewer, among, "decider_post", *UNITS)
    named &= Q(decider_post__in=[post.post_id for post in viewer.posts])
    if viewer.has(*OFFICE):
        named |= Q(decider_post=None) & ~asked_by(viewer.own_units)
    return _requests("variation", viewer, named)


def instead(viewer: Actor, among: Seats) -> Part:
    """Requests that are this leader's turn because who was named stands back by now, or has left."""
    turn = authority.follows(viewer, among, "decider_post", *UNITS)
    turn |= _office_asks(among) & authority.leads(viewer, among)
    return _requests("follows", viewer, turn)


def undecided(viewer: Actor, among: Seats) -> Part:
    """Requests nobody may decide: every authority from the named one up stands back or has left."""
    stuck = authority.nobody_follows(among, "decider_post", *UNITS)
    stuck |= _office_asks(among) & authority.nobody_leads(among)
    return _requests("stuck", viewer, stuck)


def asked_by(units: Collection[int]) -> Q:
    """Requests of one of these units, or about what it leads by now."""
    return Q(unit_id__in=units) | Q(matter__lead_unit_id__in=units)


def _office_asks(among: Seats) -> Q:
    return Q(decider_post=None) & asked_by(among.office_units)


def _requests(sort: str, viewer: Actor, which: Q) -> Part:
    rows = Variation.objects.filter(which, authority.seen(viewer), ruling=Ruling.PENDING)
    return waits.part(
        sort,
        rows.filter(matter__state__in=LIVE),
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("unit"),
        other="decider_post__user__name",
        words="reason",
        code="kind",
        at="asked_at",
    )


def to_resume(viewer: Actor, today: date) -> Part:
    """Suspended matters whose day to be taken up again has come."""
    rows = Suspension.objects.filter(
        authority.seen(viewer),
        resumed_on=None,
        with_whole=None,
        until_on__lte=today,
        matter__state=MatterState.SUSPENDED,
    )
    return waits.part(
        "resume", rows, matter="matter_id", title="matter__title", on="until_on", since="from_on"
    )


def _request(row: Wait, _today: date) -> Entry:
    return _to_decide(row, _("理由：%(reason)s。决定以前时限照算。"))


def _follows(row: Wait, _today: date) -> Entry:
    return _to_decide(
        row, _("原定由%(name)s决定，须回避或已离任，由您决定。理由：%(reason)s。决定以前时限照算。")
    )


def _to_decide(row: Wait, why: str) -> Entry:
    url = reverse("matters:do", args=[row.matter, "variation-decide"]) + f"?about={row.pk}"
    return Entry(
        tag=str(VariationKind(row.code).label),
        title=_said(row),
        url=reverse("matters:matter", args=[row.matter]),
        why=why % {"reason": row.words.rstrip("。")[:80], "name": row.other or _("督查室")},
        acts=(Act(label=_("去决定"), url=url),),
    )


def _stuck(row: Wait, _today: date) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    why = _("原定由%(name)s决定，现已离任或须回避，上一级也是。请先明确由谁决定。")
    return Entry(
        tag=str(VariationKind(row.code).label),
        title=_said(row),
        url=url,
        why=why % {"name": row.other or _("督查室")},
        acts=(Act(label=_("看一看"), url=url),),
    )


def _said(row: Wait) -> str:
    words = {"unit": row.unit, "kind": VariationKind(row.code).label, "title": row.title}
    return _("%(unit)s申请%(kind)s：%(title)s") % words


def _standing(row: Wait, today: date) -> Entry:
    words = {"from": day(row.since, today=today), "until": day(row.on, today=today)}
    return Entry(
        tag=_("中止到期"),
        title=row.title,
        url=reverse("matters:matter", args=[row.matter]),
        why=_("%(from)s起中止，应于%(until)s前恢复办理。") % words,
        acts=(Act(label=_("去恢复"), url=reverse("matters:do", args=[row.matter, "resume"])),),
    )


TELLERS: Mapping[str, Tell] = {
    "variation": _request,
    "follows": _follows,
    "stuck": _stuck,
    "resume": _standing,
}
