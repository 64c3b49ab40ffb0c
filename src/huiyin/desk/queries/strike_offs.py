"""Rectifications on their way to be struck off that wait for the viewer: a signature, the publication, the record."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor, Role
from huiyin.desk.queries.waiting import LISTED
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import Matter, StrikeOff
from huiyin.matters.queries.drawing import waiting_strike_offs
from huiyin.matters.rules import StrikeOffState


def to_sign(viewer: Actor) -> list[Entry]:
    """Checked rectifications that wait for this leader's signature (谁验收、谁负责)."""
    mine = Q(matter__leader_post__in=[post.post_id for post in viewer.posts])
    if viewer.has(Role.PRINCIPAL_LEADER):
        mine |= Q(matter__leader_post=None)
    rows = (
        StrikeOff.objects.filter(mine, state=StrikeOffState.CHECKED)
        .filter(matter__in=Matter.objects.visible_to(viewer))
        .exclude(matter__lead_unit__in=viewer.unit_ids())
        .select_related("matter__lead_unit")
        .order_by("pk")
    )
    why = _("%(unit)s的整改已核查，与报送相符，等您签字验收。")
    return [_entry(row, _("整改签字"), why, _("去签字")) for row in rows[:LISTED]]


def to_go_on(viewer: Actor, today: date) -> list[Entry]:
    """Signed ones to be published, and published ones whose days are over."""
    rows = waiting_strike_offs(viewer=viewer, today=today)
    signed = _("%(unit)s的整改已由领导签字验收，等着内部公示。")
    over = _("%(unit)s的整改公示期满，可以销号备案。")
    return [
        _entry(row, _("整改公示"), signed, _("去公示"))
        if row.state == StrikeOffState.SIGNED
        else _entry(row, _("整改销号"), over, _("去销号"))
        for row in rows
        if row.state != StrikeOffState.CHECKED
    ]


def _entry(row: StrikeOff, tag: str, why: str, act: str) -> Entry:
    url = reverse("matters:matter", args=[row.matter_id])
    words = why % {"unit": row.matter.lead_unit or ""}
    return Entry(
        tag=tag, title=row.matter.title, url=url, why=words, acts=(Act(label=act, url=url),)
    )
