"""Variations that wait for somebody's decision, and clocks that stand longer than was said."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import OFFICE, Actor
from huiyin.desk.queries.waiting import LISTED
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import Matter, Suspension, Variation
from huiyin.matters.rules import LIVE, MatterState, Ruling
from huiyin.web.format import day


def to_decide(viewer: Actor) -> list[Entry]:
    """Requests that this viewer decides: the office's, and those of the posts held; never the own unit's."""
    named = Q(decider_post_id__in=[post.post_id for post in viewer.posts])
    if viewer.has(*OFFICE):
        named |= Q(decider_post=None)
    rows = (
        Variation.objects.filter(named, ruling=Ruling.PENDING, matter__state__in=LIVE)
        .filter(matter__in=Matter.objects.visible_to(viewer))
        .exclude(unit_id__in=viewer.own_units)
        .select_related("matter", "unit")
        .order_by("asked_at")
    )
    return [_request(row) for row in rows[:LISTED]]


def _request(row: Variation) -> Entry:
    url = reverse("matters:do", args=[row.matter_id, "variation-decide"]) + f"?about={row.pk}"
    words = {"unit": row.unit, "kind": row.get_kind_display(), "title": row.matter.title}
    return Entry(
        tag=str(row.get_kind_display()),
        title=_("%(unit)s申请%(kind)s：%(title)s") % words,
        url=reverse("matters:matter", args=[row.matter_id]),
        why=_("理由：%(reason)s。决定以前时限照算。") % {"reason": row.reason.rstrip("。")[:80]},
        acts=(Act(label=_("去决定"), url=url),),
    )


def to_resume(viewer: Actor, today: date) -> list[Entry]:
    """Suspended matters whose day to be taken up again has come."""
    rows = (
        Suspension.objects.filter(resumed_on=None, until_on__lte=today, with_whole=None)
        .filter(matter__state=MatterState.SUSPENDED)
        .filter(matter__in=Matter.objects.visible_to(viewer))
        .select_related("matter")
        .order_by("until_on", "pk")
    )
    return [
        Entry(
            tag=_("中止到期"),
            title=row.matter.title,
            url=reverse("matters:matter", args=[row.matter_id]),
            why=_("%(from)s起中止，应于%(until)s前恢复办理。")
            % {"from": day(row.from_on, today=today), "until": day(row.until_on, today=today)},
            acts=(
                Act(label=_("去恢复"), url=reverse("matters:do", args=[row.matter_id, "resume"])),
            ),
        )
        for row in rows[:LISTED]
    ]
