"""Rectifications on their way to be struck off that wait for the viewer: a signature, the publication, the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import authority, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import StrikeOff
from huiyin.matters.rules import StrikeOffState

State = StrikeOffState


def to_sign(viewer: Actor, among: Seats) -> Part:
    """Checked rectifications whose signature is this leader's turn (谁验收、谁负责)."""
    return _rows("sign", viewer, authority.leads(viewer, among) & Q(state=State.CHECKED))


def unsigned(viewer: Actor, among: Seats) -> Part:
    """Checked ones no leader may sign: the office has to see who can."""
    return _rows("unsigned", viewer, authority.nobody_leads(among) & Q(state=State.CHECKED))


def to_go_on(viewer: Actor, today: date) -> Part:
    """Signed ones to be published, and published ones whose days are over."""
    over = Q(published_until=None) | Q(published_until__lt=today)
    return _rows("go_on", viewer, Q(state=State.SIGNED) | (Q(state=State.PUBLISHED) & over))


def _rows(sort: str, viewer: Actor, which: Q) -> Part:
    rows = StrikeOff.objects.filter(which, authority.seen(viewer))
    unit = waits.unit("matter__lead_unit")
    return waits.part(
        sort,
        rows,
        matter="matter_id",
        title="matter__title",
        unit=unit,
        code="state",
        on="checked_on",
    )


def _to_sign(row: Wait, _today: date) -> Entry:
    why = _("%(unit)s的整改已核查，与报送相符，等您签字验收。")
    return _entry(row, _("整改签字"), why, _("去签字"))


def _unsigned(row: Wait, _today: date) -> Entry:
    why = _("%(unit)s的整改已核查，分管领导和主要领导都须回避或已离任，请先明确由谁签字。")
    return _entry(row, _("整改签字"), why, _("看一看"))


def _to_go_on(row: Wait, _today: date) -> Entry:
    if row.code == State.SIGNED:
        why = _("%(unit)s的整改已由领导签字验收，等着内部公示。")
        return _entry(row, _("整改公示"), why, _("去公示"))
    return _entry(row, _("整改销号"), _("%(unit)s的整改公示期满，可以销号备案。"), _("去销号"))


def _entry(row: Wait, tag: str, why: str, act: str) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    words = why % {"unit": row.unit}
    return Entry(tag=tag, title=row.title, url=url, why=words, acts=(Act(label=act, url=url),))


TELLERS: Mapping[str, Tell] = {"sign": _to_sign, "unsigned": _unsigned, "go_on": _to_go_on}
