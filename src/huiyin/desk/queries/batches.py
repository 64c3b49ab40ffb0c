"""Batches as they wait on desks: to be proposed, approved, issued, made void; and what was objected to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import OFFICE, Actor
from huiyin.desk.queries import authority, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import HandBack, Matter, SupervisionNotice, UnitList
from huiyin.matters.permits import IN_A_BATCH
from huiyin.matters.rules import MatterState, NoticeState

LEADS = "matters__lead_unit"
"""Whose people do not approve a batch."""


def to_propose(viewer: Actor) -> Part:
    """Registered matters by the source whose table they stand in, with how many there are."""
    rows = Matter.objects.filter(authority.seen(viewer, ""), state=MatterState.REGISTERED)
    return waits.grouped("propose", rows, "source_label", Count("pk"))


def to_issue(viewer: Actor) -> Part:
    """Approved batches to be issued."""
    return _batches("issue", viewer, Q(_left(), state=NoticeState.APPROVED))


def to_void(viewer: Actor) -> Part:
    """Batches from which everything was withdrawn."""
    waiting = (NoticeState.PROPOSED, NoticeState.APPROVED)
    return _batches("void", viewer, ~Q(_left()) & Q(state__in=waiting))


def to_approve(viewer: Actor, among: Seats) -> Q:
    """Batches this viewer approves: by the post that was named, or for one who left."""
    return authority.sits(viewer, among, "approver_post", LEADS)


def unapproved(viewer: Actor, among: Seats) -> Part:
    """Proposed batches whose approver left without a successor, or stands back by now."""
    stuck = authority.nobody_sits(among, "approver_post", LEADS)
    return _batches("unapproved", viewer, Q(_left(), stuck, state=NoticeState.PROPOSED))


def _left() -> Exists:
    return Exists(Matter.objects.filter(notice=OuterRef("pk"), state__in=IN_A_BATCH))


def _batches(sort: str, viewer: Actor, which: Q) -> Part:
    rows = SupervisionNotice.objects.filter(which, jurisdiction_id=viewer.jurisdiction_id)
    other = "approved_by_name" if sort == "issue" else "approver_post__user__name"
    return waits.part(sort, rows.distinct(), title="title", other=other)


def own_lists(viewer: Actor) -> Part:
    """Lists sent to the office itself, that nobody of it has signed for."""
    rows = UnitList.objects.filter(state=UnitList.State.SENT, unit_id__in=viewer.unit_ids(*OFFICE))
    return waits.part("list", rows, title="notice__title", at="sent_at")


def objections(viewer: Actor) -> Part:
    """Units that say a matter is not theirs."""
    rows = HandBack.objects.filter(
        authority.seen(viewer, "assignment__matter"), ruling=HandBack.Ruling.PENDING
    )
    return objected(rows)


def objected(rows: QuerySet[HandBack]) -> Part:
    """Objections as rows that wait."""
    return waits.part(
        "objection",
        rows,
        matter="assignment__matter_id",
        title="assignment__matter__title",
        unit=waits.unit("assignment__unit"),
        words="reason",
        at="raised_at",
    )


def _objection(row: Wait, _today: date) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    return Entry(
        tag=_("异议"),
        title=_("%(unit)s不认领“%(title)s”") % {"unit": row.unit, "title": row.title},
        url=url,
        why=_("理由：%(reason)s。裁定以前仍由该单位答复。") % {"reason": row.words.rstrip("。")},
        acts=(Act(label=_("裁定归属"), url=url),),
    )


def _to_issue(row: Wait, _today: date) -> Entry:
    why = _("%(who)s已批准，等印发。") % {"who": row.other}
    return _batch(row, _("待印发"), why, _("去印发"))


def _to_void(row: Wait, _today: date) -> Entry:
    return _batch(row, _("待作废"), _("这一批里的事项都已撤销，没有可以印发的。"), _("去作废"))


def _unapproved(row: Wait, _today: date) -> Entry:
    words = {"who": row.other}
    why = _("原定由%(who)s审批，现已离任或须回避。请收回，重新提请。") % words
    return _batch(row, _("待审批"), why, _("去收回"))


def _batch(row: Wait, tag: str, why: str, act: str) -> Entry:
    url = reverse("matters:notice", args=[row.pk])
    return Entry(tag=tag, title=row.title, url=url, why=why, acts=(Act(label=act, url=url),))


def _own_list(row: Wait, _today: date) -> Entry:
    url = reverse("matters:list", args=[row.pk])
    why = _("交给本室的清单，等签收。")
    return Entry(
        tag=_("待签收"),
        title=row.title,
        url=url,
        why=why,
        acts=(Act(label=_("去签收"), url=url),),
    )


def _to_propose(row: Wait, _today: date) -> Entry:
    words = {"label": row.words or _("主动立项"), "n": row.count}
    return Entry(
        tag=_("拟办"),
        title=_("%(label)s，%(n)d 项待提请审批") % words,
        url=reverse("matters:dispatch"),
        why=_("已立项，还没有提请审批。"),
        acts=(Act(label=_("去拟办"), url=reverse("matters:dispatch")),),
    )


ASKED: Mapping[str, Tell] = {"objection": _objection}
TELLERS: Mapping[str, Tell] = {
    "unapproved": _unapproved,
    "issue": _to_issue,
    "void": _to_void,
    "list": _own_list,
    "propose": _to_propose,
}
