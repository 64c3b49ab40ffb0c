"""What lies between units and waits for somebody: referrals, slips, questions gone up, parts past their day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.actors import UNIT_STAFF, Actor
from huiyin.desk.queries import waiting
from huiyin.desk.queries.waiting import LISTED, section
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.models import Assignment, Consultation, Coordination, Matter, Referral
from huiyin.matters.queries import know_plans
from huiyin.matters.queries.between import asked_of, slip_word
from huiyin.matters.queries.parts import GIVEN
from huiyin.matters.rules import OPEN, AskState, AssignmentRole, Level, Ruling

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
    live = rows.exclude(matter__state__in=("closed", "withdrawn", "merged", "split"))
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


def to_rule(viewer: Actor, today: date) -> list[Entry]:
    """Referrals only the office can decide, and those nobody has answered."""
    rows = Referral.objects.visible_to(viewer).filter(ALIVE, ruling=Ruling.PENDING)
    return [
        _entry(
            row.matter,
            tag=_("待裁定") if row.for_office else _("转办"),
            why=_not_taken(row, today),
            act=_("裁定转办"),
            verb="referral-rule",
            about=row,
        )
        for row in rows.select_related("matter", "from_unit", "to_unit")[:LISTED]
    ]


def unanswered(viewer: Actor, today: date) -> list[Entry]:
    """Questions nobody has answered, wherever they lie, with the days they have lain there."""
    rows = Coordination.objects.visible_to(viewer).filter(ALIVE, state=AskState.OPEN)
    return [
        _asked(row, today, answers=row.level != Level.LEADER)
        for row in rows.select_related("matter", "from_unit", "to_post__user")[:LISTED]
    ]


def to_answer(viewer: Actor, today: date) -> list[Entry]:
    """Questions units have asked this leader, the oldest first."""
    posts = [post.post_id for post in viewer.posts]
    rows = Coordination.objects.filter(
        ALIVE, state=AskState.OPEN, level=Level.LEADER, to_post__in=posts
    )
    return [
        _asked(row, today, answers=True)
        for row in rows.select_related("matter", "from_unit", "to_post__user")
    ]


def led_personally(viewer: Actor, today: date) -> Section:
    """Matters this leader leads personally."""
    posts = [post.post_id for post in viewer.posts]
    rows = waiting.open_matters(viewer).filter(personal_lead__in=posts)
    found = list(rows.select_related("lead_unit").order_by("due_on", "pk"))
    know_plans(found[:LISTED], today)
    entries = [waiting.entry(matter, today) for matter in found[:LISTED]]
    return section(_("我领办的"), entries, len(found))


def _asked(row: Coordination, today: date, *, answers: bool) -> Entry:
    words = {"unit": row.from_unit, "who": asked_of(row), "days": _days(row.asked_at, today)}
    if clock.day_of(row.asked_at) >= today:
        asked = _("%(unit)s今天提请%(who)s协调。") % words
    else:
        asked = _("%(unit)s提请%(who)s协调，已%(days)s。") % words
    return _entry(
        row.matter,
        tag=_("协调"),
        why=asked + row.question,
        act=_("答复") if answers else _("看一看"),
    )


def _entry(
    matter: Matter, *, tag: str, why: str, act: str, verb: str = "", about: Any = None
) -> Entry:
    url = reverse("matters:matter", args=[matter.pk])
    target = reverse("matters:do", args=[matter.pk, verb]) if verb else url
    if about is not None:
        target += f"?about={about.pk}"
    return Entry(tag=tag, title=matter.title, url=url, why=why, acts=(Act(label=act, url=target),))


def _not_taken(row: Referral, today: date) -> str:
    words = {"a": row.from_unit, "b": row.to_unit, "days": _days(row.asked_at, today)}
    if clock.day_of(row.asked_at) >= today:
        return _("%(a)s今天提出转给%(b)s。接手或裁定前仍由%(a)s负责。") % words
    return _("%(a)s要转给%(b)s，%(days)s没有接手。裁定前仍由%(a)s负责。") % words


def _days(since: datetime, today: date) -> str:
    count = (today - clock.day_of(since)).days
    return ngettext("%(n)d 天", "%(n)d 天", count) % {"n": count} if count else _("今天提出")
