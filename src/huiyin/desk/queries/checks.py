"""Checks that are due besides what units say is done: looks back at effect, drawn ones; verifications not yet finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import authority, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry
from huiyin.matters.models import CloseOut, DrawnCheck, Matter, StrikeOff, Verification
from huiyin.matters.rules import ON_ITS_WAY, DrawnState, MatterState
from huiyin.web.format import day

FINISHING = (MatterState.VERIFIED, MatterState.ACCEPTED)


def looks_back(rows: QuerySet[Matter], today: date) -> Part:
    """Of these matters the closed ones whose look back (见效) has come."""
    return waits.part(
        "effect",
        rows.filter(state=MatterState.CLOSED, effect_on__lte=today),
        matter="pk",
        title="title",
        unit=waits.unit("lead_unit"),
        on="effect_on",
        since="closed_on",
    )


def drawn(viewer: Actor, among: Seats) -> Part:
    """Drawn checks that are the viewer's, or whose checker left or works in a unit of the matter by now."""
    mine = Q(checker_post__in=[post.post_id for post in viewer.posts])
    which = mine | authority.stands_back(among, "checker_post")
    return checks_of(DrawnCheck.objects.filter(which, authority.seen(viewer)))


def checks_of(rows: QuerySet[DrawnCheck]) -> Part:
    """Of these drawn checks those nobody has made yet."""
    return waits.part(
        "drawn",
        rows.filter(state=DrawnState.OPEN),
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("matter__lead_unit"),
        other=Concat("checker_post__user__name", Value("")),
        on="due_on",
    )


def to_verify(rows: QuerySet[Matter]) -> Part:
    """Of these matters those whose unit says that it is done."""
    return waits.part(
        "verify",
        rows.filter(state=MatterState.SUBMITTED),
        matter="pk",
        title="title",
        unit=waits.unit("lead_unit"),
        at="moved_at",
    )


def to_finish(rows: QuerySet[Matter]) -> Part:
    """Of these matters those verified and not accepted, accepted and not closed; a strike-off has its own steps."""
    by_steps = StrikeOff.objects.filter(state__in=ON_ITS_WAY).values("matter_id")
    last = Verification.objects.filter(matter=OuterRef("pk")).order_by("-checked_on", "-pk")
    return waits.part(
        "finish",
        rows.filter(state__in=FINISHING).exclude(pk__in=by_steps),
        matter="pk",
        title="title",
        unit=waits.unit("lead_unit"),
        other=Subquery(last.values("checked_by_name")[:1]),
        code="state",
        at="moved_at",
    )


def undelivered(viewer: Actor) -> Part:
    """Answers not yet recorded as delivered, by whom they are for."""
    rows = CloseOut.objects.filter(
        authority.seen(viewer), delivered_at=None, reopened_at=None, as_stated=False
    )
    return waits.grouped("answer", rows, "addressee", Count("pk"))


def _look_back(row: Wait, today: date) -> Entry:
    words = {
        "unit": row.unit,
        "closed": day(row.since, today=today),
        "on": day(row.on, today=today),
    }
    why = _("%(unit)s，%(closed)s销号，应在 %(on)s 回头看有没有见效。") % words
    return _entry(row, _("见效"), why, _("回头看"), "check-effect")


def _drawn(row: Wait, today: date) -> Entry:
    words = {"unit": row.unit, "day": day(row.on, today=today), "who": row.other}
    if row.other:
        why = _("%(unit)s，抽查，由%(who)s在 %(day)s 前查。") % words
    else:
        why = _("%(unit)s，抽查，%(day)s 前查。") % words
    url = reverse("matters:do", args=[row.matter, "drawn-check-record"]) + f"?about={row.pk}"
    return _linked(row, _("抽查"), why, _("去抽查"), url)


def _verify(row: Wait, _today: date) -> Entry:
    why = _("%(unit)s报称已经办完；督查室也在办这件事，由您核查。") % {"unit": row.unit}
    return _entry(row, _("待核查"), why, _("核查"), "verify")


def _finish(row: Wait, _today: date) -> Entry:
    words = {"unit": row.unit, "who": row.other}
    if row.code == MatterState.ACCEPTED:
        why = _("%(unit)s，已核查、验收，还没有销号回告。") % words
        return _entry(row, _("待销号"), why, _("销号"), "close-out")
    why = _("%(unit)s，%(who)s已核查，等验收。") % words
    return _entry(row, _("待验收"), why, _("验收"), "accept")


def _answer(row: Wait, _today: date) -> Entry:
    url = reverse("matters:verification")
    words = {"who": row.words, "n": row.count}
    return Entry(
        tag=_("回告"),
        title=_("回告%(who)s，%(n)d 件") % words,
        url=url,
        why=_("已销号，回告还没有记录送达。"),
        acts=(Act(label=_("去回告"), url=url),),
    )


def _entry(row: Wait, tag: str, why: str, act: str, verb: str) -> Entry:
    return _linked(row, tag, why, act, reverse("matters:do", args=[row.matter, verb]))


def _linked(row: Wait, tag: str, why: str, act: str, target: str) -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    return Entry(tag=tag, title=row.title, url=url, why=why, acts=(Act(label=act, url=target),))


TO_SEE: Mapping[str, Tell] = {"drawn": _drawn, "effect": _look_back}
TO_FINISH: Mapping[str, Tell] = {"finish": _finish}
INSTEAD: Mapping[str, Tell] = {"verify": _verify, **TO_FINISH, **TO_SEE}
ANSWERS: Mapping[str, Tell] = {"answer": _answer}
