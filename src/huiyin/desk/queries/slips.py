"""Slips that wait: for the signature of whom the scheme names, to be signed for by the unit they went to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import authority, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waiting import LISTED, section
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.clocks import WITH_UNIT
from huiyin.matters.models import Slip
from huiyin.matters.rules import AskState, SlipState
from huiyin.web.format import day

WAITING = Q(state=SlipState.WAITING)
IN_HAND = Q(matter__state__in=WITH_UNIT)


def to_sign(viewer: Actor, among: Seats) -> Part:
    """Drafted slips whose signature is the viewer's turn."""
    turn = authority.sits(viewer, among, "signer_post", "matter__lead_unit")
    return _rows("sign_slip", viewer, WAITING & IN_HAND & turn)


def unsigned(viewer: Actor, among: Seats) -> Part:
    """Drafts that nobody may sign, or whose matter has gone on: the office takes them back."""
    nobody = authority.nobody_sits(among, "signer_post", "matter__lead_unit")
    return _rows("stuck_slip", viewer, WAITING & (nobody | ~IN_HAND))


def _rows(sort: str, viewer: Actor, which: Q) -> Part:
    rows = Slip.objects.filter(which, authority.seen(viewer))
    return waits.part(
        sort,
        rows,
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("unit"),
        other="drafted_by_name",
        words="reason",
        code="kind",
        at="drafted_at",
    )


def _to_sign(row: Wait, _today: date) -> Entry:
    paper = Act(label=_("看样张"), url=reverse("matters:slip_print", args=[row.pk]))
    why = {"who": row.other, "reason": row.words.rstrip("。")[:80]}
    return _entry(row, _("%(who)s拟：%(reason)s。") % why, "slip-sign", _("去签发"), paper)


def _stuck(row: Wait, _today: date) -> Entry:
    why = _("事项已不在单位手里，或者没有人能签发，请退回。")
    return _entry(row, why, "slip-return-to-office", _("去退回"))


def _entry(row: Wait, why: str, verb: str, act: str, *more: Act) -> Entry:
    do = reverse("matters:do", args=[row.matter, verb]) + f"?about={row.pk}"
    words = {"kind": row.code, "unit": row.unit, "title": row.title}
    return Entry(
        tag=_("待签发"),
        title=_("%(kind)s，发%(unit)s：%(title)s") % words,
        url=reverse("matters:matter", args=[row.matter]),
        why=why,
        acts=(Act(label=act, url=do), *more),
    )


TELLERS: Mapping[str, Tell] = {"sign_slip": _to_sign, "stuck_slip": _stuck}


def received(viewer: Actor, today: date) -> Section:
    """Slips the viewer's units have not signed for; once signed for they stand among the reports asked for."""
    rows = Slip.objects.filter(
        IN_HAND,
        state=SlipState.ISSUED,
        received_at=None,
        request__state=AskState.OPEN,
        request__assignment__unit_id__in=viewer.unit_ids(*UNIT_STAFF),
    )
    found = [_received(row, today) for row in rows.select_related("matter").order_by("answer_by")]
    return section(_("收到的单"), found[:LISTED], len(found))


def _received(row: Slip, today: date) -> Entry:
    url = reverse("matters:matter", args=[row.matter_id])
    words = {"day": day(row.answer_by, today=today), "reason": row.reason.rstrip("。")}
    return Entry(
        tag=row.kind,
        title=f"{row.paper_number} {row.matter.title}",
        url=url,
        why=_("%(reason)s。%(day)s前回应。") % words,
        acts=(Act(label=_("去签收"), url=url),),
    )
