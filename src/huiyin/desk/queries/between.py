"""What lies between units and waits for somebody: referrals, slips, questions gone up, parts past their day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.actors import OFFICE, UNIT_STAFF, Actor, Role
from huiyin.desk.queries import authority, waiting, waits
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waiting import LISTED, section
from huiyin.desk.queries.waits import Part, Tell, Wait
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.models import Assignment, Consultation, Coordination, Matter, Referral
from huiyin.matters.queries import know_plans
from huiyin.matters.queries.between import slip_word
from huiyin.matters.rules import ENDED, GIVEN, OPEN, AskState, AssignmentRole, Level, Ruling
from huiyin.web.format import day

ALIVE = Q(matter__state__in=OPEN)


def asked_of_unit(viewer: Actor, today: date) -> Section:
    """What other units ask of the viewer's: to take a matter over, to say what it thinks."""
    units = viewer.unit_ids(*UNIT_STAFF)
    entries = [*_referred_here(units, today), *_slips(units, today)]
    return section(_("别的单位在等"), entries[:LISTED], len(entries))


def _referred_here(units: frozenset[int], today: date) -> list[Entry]:
    rows = Referral.objects.filter(ALIVE, ruling=Ruling.PENDING, to_unit__in=units)
    return [
        _entry(
            row.matter,
            tag=_("转办"),
            why=_("%(unit)s提出转来，%(days)s。理由：%(reason)s")
            % {"unit": row.from_unit, "days": _days(row.asked_at, today), "reason": row.reason},
            act=_("看一看，再定接不接"),
        )
        for row in rows.select_related("matter", "from_unit")
    ]


def _slips(units: frozenset[int], today: date) -> list[Entry]:
    rows = Consultation.objects.filter(state=AskState.OPEN, to_unit__in=units)
    live = rows.exclude(matter__state__in=ENDED)
    return [
        _entry(
            row.matter,
            tag=_("征求意见"),
            why=_("%(unit)s征求意见，%(word)s。%(question)s")
            % {"unit": row.from_unit, "word": slip_word(row, today)[0], "question": row.question},
            act=_("答复"),
            verb="consultation-answer",
            about=row,
        )
        for row in live.select_related("matter", "from_unit").order_by("due_on")
    ]


def late_parts(viewer: Actor, today: date) -> Section:
    """Supporting parts of the viewer's units past their day."""
    rows = (
        Assignment.objects.filter(ALIVE, unit__in=viewer.unit_ids(*UNIT_STAFF))
        .filter(role=AssignmentRole.SUPPORTING, state__in=GIVEN)
        .filter(finished_on=None, due_on__lt=today)
        .select_related("matter__lead_unit")
        .order_by("due_on")
    )
    found = list(rows)
    entries = [
        _entry(
            row.matter,
            tag=_("配合"),
            why=_("配合%(unit)s的那一份逾期 %(n)d 天。%(task)s")
            % {
                "unit": row.matter.lead_unit or "",
                "n": (today - row.due_on).days if row.due_on else 0,
                "task": row.task,
            },
            act=_("反馈"),
            verb="report-progress",
        )
        for row in found[:LISTED]
    ]
    return section(_("配合的份逾期"), entries, len(found))


def to_rule(viewer: Actor) -> Part:
    """Referrals only the office can decide, and those nobody has answered."""
    return referred(Referral.objects.filter(authority.seen(viewer)))


def referred(rows: QuerySet[Referral]) -> Part:
    """Of these referrals the undecided ones, as rows that wait."""
    return waits.part(
        "referral",
        rows.filter(ALIVE, ruling=Ruling.PENDING),
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("from_unit"),
        other=waits.unit("to_unit"),
        code=Case(When(for_office=True, then=Value("office")), default=Value("")),
        at="asked_at",
    )


def unanswered(viewer: Actor) -> Part:
    """Questions nobody has answered, wherever they lie, with the days they have lain there."""
    return _questions("question", Q(authority.seen(viewer)))


def to_answer(viewer: Actor, among: Seats) -> Part:
    """Questions units have asked this leader, or one who left and whose next authority this leader is."""
    asked = authority.sits(viewer, among, "to_post", "from_unit")
    if viewer.has(Role.PRINCIPAL_LEADER):
        asked |= Q(to_post=None, matter__jurisdiction_id=viewer.jurisdiction_id)
    return _questions("asked", asked & Q(level=Level.LEADER))


def _questions(sort: str, which: Q) -> Part:
    return waits.part(
        sort,
        Coordination.objects.filter(which, ALIVE, state=AskState.OPEN),
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("from_unit"),
        other=Concat("to_post__user__name", "to_post__title"),
        words="question",
        code="level",
        at="asked_at",
    )


def own_slips(viewer: Actor) -> Part:
    """Opinions other units ask of the office itself."""
    rows = Consultation.objects.filter(state=AskState.OPEN, to_unit_id__in=viewer.unit_ids(*OFFICE))
    return waits.part(
        "slip",
        rows.exclude(matter__state__in=ENDED),
        matter="matter_id",
        title="matter__title",
        unit=waits.unit("from_unit"),
        words="question",
        on="due_on",
    )


def led_personally(viewer: Actor, today: date) -> Section:
    """Matters this leader leads personally."""
    posts = [post.post_id for post in viewer.posts]
    rows = waiting.open_matters(viewer).filter(personal_lead__in=posts)
    found = list(rows.select_related("lead_unit").order_by("due_on", "pk"))
    know_plans(found[:LISTED], today)
    entries = [waiting.entry(matter, today) for matter in found[:LISTED]]
    return section(_("我领办的"), entries, len(found))


def _question(row: Wait, today: date) -> Entry:
    """A question as the office sees it: what lies with a meeting it answers itself."""
    return _asked(row, today, _("看一看") if row.code == Level.LEADER else _("答复"))


def _asked_here(row: Wait, today: date) -> Entry:
    return _asked(row, today, _("答复"))


def _asked(row: Wait, today: date, act: str) -> Entry:
    days = _days(row.at, today)
    words = {"unit": row.unit, "who": row.other or Level(row.code).label, "days": days}
    if _is_today(row, today):
        asked = _("%(unit)s今天提请%(who)s协调。") % words
    else:
        asked = _("%(unit)s提请%(who)s协调，已%(days)s。") % words
    return _waiting(row, tag=_("协调"), why=asked + row.words, act=act)


def _referred(row: Wait, today: date) -> Entry:
    words = {"a": row.unit, "b": row.other, "days": _days(row.at, today)}
    if _is_today(row, today):
        why = _("%(a)s今天提出转给%(b)s。接手或裁定前仍由%(a)s负责。") % words
    else:
        why = _("%(a)s要转给%(b)s，%(days)s没有接手。裁定前仍由%(a)s负责。") % words
    tag = _("待裁定") if row.code else _("转办")
    return _waiting(row, tag=tag, why=why, act=_("裁定转办"), verb="referral-rule")


def _slip(row: Wait, today: date) -> Entry:
    words = {"unit": row.unit, "day": day(row.on, today=today), "question": row.words}
    why = _("%(unit)s征求本室意见，%(day)s前答复。%(question)s") % words
    return _waiting(row, tag=_("征求意见"), why=why, act=_("答复"), verb="consultation-answer")


def _waiting(row: Wait, *, tag: str, why: str, act: str, verb: str = "") -> Entry:
    url = reverse("matters:matter", args=[row.matter])
    target = url
    if verb:
        target = reverse("matters:do", args=[row.matter, verb]) + f"?about={row.pk}"
    return Entry(tag=tag, title=row.title, url=url, why=why, acts=(Act(label=act, url=target),))


def _is_today(row: Wait, today: date) -> bool:
    return row.at is not None and clock.day_of(row.at) >= today


def _entry(
    matter: Matter, *, tag: str, why: str, act: str, verb: str = "", about: Any = None
) -> Entry:
    url = reverse("matters:matter", args=[matter.pk])
    target = reverse("matters:do", args=[matter.pk, verb]) if verb else url
    if about is not None:
        target += f"?about={about.pk}"
    return Entry(tag=tag, title=matter.title, url=url, why=why, acts=(Act(label=act, url=target),))


def _days(since: datetime | None, today: date) -> str:
    count = (today - clock.day_of(since)).days if since is not None else 0
    return ngettext("%(n)d 天", "%(n)d 天", count) % {"n": count} if count else _("今天提出")


TELLERS: Mapping[str, Tell] = {
    "referral": _referred,
    "question": _question,
    "asked": _asked_here,
    "slip": _slip,
}
