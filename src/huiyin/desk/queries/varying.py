"""Variations that wait for somebody's decision, and clocks that stand longer than was said."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Requests that this viewer decides: the office's, and those of the posts held or sat for; never the own unit's."""
    named = authority.sits(viewer, among, "decider_post", *UNITS)
    if viewer.has(*OFFICE):
        named |= Q(decider_post=None) & ~Q(unit_id__in=viewer.own_units)
    return _requests("variation", viewer, named)


def undecided(viewer: Actor, among: Seats) -> Part:
    """Requests whose decider may decide no more, so that they have to be asked anew."""
    return _requests("stuck", viewer, authority.nobody_sits(among, "decider_post", *UNITS))


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
    url = reverse("matters:do", args=[row.matter, "variation-decide"]) + f"?about={row.pk}"
    return Entry(
        tag=str(VariationKind(row.code).label),
        title=_said(row),
        url=reverse("matters:matter", args=[row.matter]),
        why=_("理由：%(reason)s。决定以前时限照算。") % {"reason": row.words.rstrip("。")[:80]},
        acts=(Act(label=_("去决定"), url=url),),
    )


def _stuck(row: Wait, _today: date) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    return Entry(
        tag=str(VariationKind(row.code).label),
        title=_said(row),
        url=url,
        why=_("原定由%(name)s决定，现已离任或须回避。请通知申请单位收回后重新提出。")
        % {"name": row.other},
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


TELLERS: Mapping[str, Tell] = {"variation": _request, "stuck": _stuck, "resume": _standing}
