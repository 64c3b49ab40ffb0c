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
SIGNED = (State.SIGNED, State.PUBLISHED)


def to_sign(viewer: Actor, among: Seats) -> Part:
    """Checked rectifications whose signature is this leader's turn (谁验收、谁负责)."""
    return _rows("sign", viewer, authority.leads(viewer, among) & Q(state=State.CHECKED))


def unsigned(viewer: Actor, among: Seats) -> Part:
    """Those no leader may sign, or publish and record in the office's place: the office has to see who can."""
    own = authority.office_stands_back(among)
    stuck = authority.nobody_leads(among) & (Q(state=State.CHECKED) | own & Q(state__in=SIGNED))
    return _rows("unsigned", viewer, stuck)


def to_go_on(viewer: Actor, among: Seats, today: date) -> Part:
    """Signed ones to be published, and published ones whose days are over; never what the office did itself."""
    return _rows("go_on", viewer, _goes_on(today) & ~authority.office_stands_back(among))


def instead(turn: Q, viewer: Actor, today: date) -> Part:
    """Those the office stands back from, whose next step is this leader's turn."""
    return _rows("instead", viewer, turn & _goes_on(today))


def _goes_on(today: date) -> Q:
    over = Q(published_until=None) | Q(published_until__lt=today)
    return Q(state=State.SIGNED) | (Q(state=State.PUBLISHED) & over)


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
    if row.code == State.CHECKED:
        why = _("%(unit)s的整改已核查，分管领导和主要领导都须回避或已离任，请先明确由谁签字。")
        return _entry(row, _("整改签字"), why, _("看一看"))
    why = _(
        "%(unit)s的整改已签字验收，督查室承办须回避，分管领导和主要领导也须回避或已离任，请先明确由谁公示、销号。"
    )
    return _entry(row, _("整改公示"), why, _("看一看"))


def _to_go_on(row: Wait, _today: date) -> Entry:
    if row.code == State.SIGNED:
        why = _("%(unit)s的整改已由领导签字验收，等着内部公示。")
        return _entry(row, _("整改公示"), why, _("去公示"))
    return _entry(row, _("整改销号"), _("%(unit)s的整改公示期满，可以销号备案。"), _("去销号"))


def _instead(row: Wait, _today: date) -> Entry:
    if row.code == State.SIGNED:
        why = _("%(unit)s的整改已签字验收；督查室也在办这件事，由您公示。")
        return _entry(row, _("整改公示"), why, _("去公示"))
    why = _("%(unit)s的整改公示期满；督查室也在办这件事，由您销号备案。")
    return _entry(row, _("整改销号"), why, _("去销号"))


def _entry(row: Wait, tag: str, why: str, act: str) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    words = why % {"unit": row.unit}
    return Entry(tag=tag, title=row.title, url=url, why=words, acts=(Act(label=act, url=url),))


TELLERS: Mapping[str, Tell] = {
    "sign": _to_sign,
    "unsigned": _unsigned,
    "go_on": _to_go_on,
    "instead": _instead,
}
