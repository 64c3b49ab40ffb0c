"""The invariants of design.md, asked of every row at once: each law yields a sentence for what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from huiyin.actors import Actor
from huiyin.documents.models import Document, Passage
from huiyin.documents.queries import counts as fates_of
from huiyin.ledger.models import Event
from huiyin.matters.models import (
    Assignment,
    Baseline,
    Matter,
    Referral,
    SupervisionNotice,
    Variation,
    Verification,
)
from huiyin.matters.queries.answering import answering
from huiyin.matters.queries.lights import GROUPS, group_of, rank
from huiyin.matters.rules import (
    BEFORE_DISPATCH,
    OPEN,
    REPLACED,
    AssignmentRole,
    AssignmentState,
    MatterState,
    NoticeState,
    Ruling,
)

ON_ITS_WAY = (*OPEN, MatterState.SUSPENDED)
GIVEN = (AssignmentState.SENT, AssignmentState.SIGNED, AssignmentState.OBJECTED)


def broken(today: date) -> Iterator[str]:
    """What of the whole register is not as the design says."""
    yield from _dispatched_is_complete()
    yield from _exactly_one_leads()
    yield from _ended_has_ended()
    yield from _variations_name_who()
    yield from _closed_is_answered()
    yield from _lights_agree(today)
    yield from _numbers_stand_alone()
    yield from _no_part_runs_alone()


def _dispatched_is_complete() -> Iterator[str]:
    """1. Dispatched ⇒ approved, due or at an interval, with an acceptance standard and a planned check."""
    rows = Matter.objects.filter(state__in=[*ON_ITS_WAY, MatterState.CLOSED])
    bad = rows.filter(
        Q(notice=None)
        | Q(notice__approved_at=None)
        | ~Q(notice__state=NoticeState.ISSUED)
        | Q(due_on=None, interval="")
        | Q(acceptance="")
        | Q(check_method="")
        | Q(baseline=None)
    )
    yield from (f"{row.pk} is dispatched and incomplete" for row in bad)


def _exactly_one_leads() -> Iterator[str]:
    """1, 5. One current lead assignment, and it is the unit that the matter names."""
    rows = Matter.objects.filter(state__in=[*ON_ITS_WAY, MatterState.CLOSED])
    now = ~Q(assignments__state__in=[AssignmentState.ENDED, AssignmentState.PROPOSED])
    leading = Q(assignments__role=AssignmentRole.LEAD) & now
    named = leading & Q(assignments__unit=F("lead_unit"))
    counted = rows.annotate(
        leads=Count("assignments", filter=leading), named=Count("assignments", filter=named)
    )
    for row in counted.exclude(leads=1, named=1):
        yield f"{row.pk} ({row.state}) has {row.leads} lead units, {row.named} as named"


def _ended_has_ended() -> Iterator[str]:
    """5. What was merged or split has no unit answering; nothing asked about it still waits."""
    ended = Matter.objects.filter(state__in=[MatterState.WITHDRAWN, *REPLACED])
    left = Assignment.objects.filter(matter__in=ended.filter(state__in=REPLACED)).exclude(
        state__in=[AssignmentState.ENDED, AssignmentState.PROPOSED]
    )
    yield from (f"{row.matter_id} was replaced and {row} still answers" for row in left)
    twice = (
        Referral.objects.filter(ruling=Ruling.PENDING)
        .values("matter")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    yield from (f"{row['matter']} is referred twice at once" for row in twice)


def _variations_name_who() -> Iterator[str]:
    """2. What was varied names who decided, why, and both values."""
    granted = Variation.objects.filter(ruling=Ruling.GRANTED)
    for row in granted.filter(Q(decided_by_name="") | Q(decision="") | Q(decided_at=None)):
        yield f"variation {row.pk} does not say who decided it and why"
    for row in granted.filter(kind="extend").filter(Q(due_was=None) | Q(due_granted=None)):
        yield f"extension {row.pk} does not keep both days"


def _closed_is_answered() -> Iterator[str]:
    """4. Closed ⇒ verified, accepted, summarised, answered; what was taken over closed is as stated."""
    closed = Matter.objects.filter(state=MatterState.CLOSED)
    for row in closed.annotate(
        ends=Count("close_outs", filter=Q(close_outs__reopened_at=None), distinct=True),
        stated=Count("close_outs", filter=Q(close_outs__as_stated=True), distinct=True),
        checked=Count("verifications", filter=Q(verifications__outcome="confirmed"), distinct=True),
    ):
        if row.ends != 1:
            yield f"{row.pk} is closed and has {row.ends} ends"
        if not row.stated and not row.checked:
            yield f"{row.pk} is closed and was never verified"
        if not row.stated and not _was(row, "matter.accept"):
            yield f"{row.pk} is closed and was never accepted"
        if row.stated and not row.taken_over:
            yield f"{row.pk} is closed as stated and was not taken over"


def _was(matter: Matter, verb: str) -> bool:
    return Event.objects.filter(subject_kind="matter", subject_id=matter.pk, action=verb).exists()


def _lights_agree(today: date) -> Iterator[str]:
    """7. The database sorts by the same light that the page shows."""
    places = [code for code, _label in GROUPS]
    for row in Matter.objects.annotate(place=rank(today)):
        shown = group_of(row, today)
        if places[row.place] != shown:
            yield f"{row.pk} is {places[row.place]} in the list and {shown} on its page"


def _numbers_stand_alone() -> Iterator[str]:
    """Two matters never have one number."""
    rows = Matter.objects.exclude(notice=None).exclude(notice__number=None)
    seen: dict[str, int] = {}
    for row in rows.select_related("notice").order_by("pk"):
        if row.number in seen:
            yield f"{row.pk} and {seen[row.number]} are both {row.number}"
        seen[row.number] = row.pk


def _no_part_runs_alone() -> Iterator[str]:
    """While the clock of a whole stands, no part of it runs."""
    rows = Matter.objects.filter(parent__state=MatterState.SUSPENDED, state__in=OPEN)
    yield from (f"{row.pk} runs, its whole {row.parent_id} stands" for row in rows)


def fates_do_not_sum(documents: list[int], today: date) -> Iterator[str]:
    """8. The fates of a document's demands are disjoint and sum to what it demands."""
    told = fates_of.fates(documents, today)
    for pk in documents:
        demands = Passage.objects.filter(document=pk).demands().count()
        if sum(told[pk].values()) != demands or min(told[pk].values(), default=0) < 0:
            yield f"document {pk}: {told[pk]} for {demands} demands"


def documents() -> list[int]:
    """Every document there is."""
    return list(Document.objects.order_by("pk").values_list("pk", flat=True))


def fixed() -> dict[int, Mapping[str, Any]]:
    """2. What was fixed at dispatch, to be compared with what is fixed later."""
    return {row["matter_id"]: row for row in Baseline.objects.values()}


def who_answers(matter: Matter, today: date) -> Iterator[str]:
    """5. Exactly one answers: the unit that has it, or the office, or the approver; the page says who."""
    current = matter.assignments.exclude(state=AssignmentState.ENDED)
    lead = current.filter(role=AssignmentRole.LEAD).first()
    told = answering(
        matter,
        lead=lead,
        plan=getattr(matter, "plan", None),
        milestones=list(matter.milestones.all()),
        close_out=matter.close_out,
        today=today,
    )
    if not told.who.strip():
        yield f"nobody answers for {matter.pk} ({matter.state})"
    doing = matter.state in (MatterState.DISPATCHED, MatterState.UNDER_WAY)
    objected = lead is not None and lead.state == AssignmentState.OBJECTED
    if doing and not objected and told.who != str(matter.lead_unit):
        yield f"{told.who} is said to answer for {matter.pk}, which {matter.lead_unit} leads"
    if matter.state in ON_ITS_WAY and (lead is None or lead.state == AssignmentState.PROPOSED):
        yield f"{matter.pk} ({matter.state}) is on its way and with nobody"


JUDGING = frozenset(
    {
        "matter.verify",
        "matter.accept",
        "matter.close_out",
        "matter.settle",
        "matter.check",
        "matter.check_effect",
        "matter.send_back",
        "matter.reopen",
        "matter.suspend",
        "matter.resume",
        "drawn_check.record",
        "drawn_check.drop",
        "strike_off.sign",
        "strike_off.publish",
        "strike_off.object",
        "notice.approve",
        "assignment.rule_hand_back",
        "referral.rule",
        "variation.decide",
        "coordination.answer",
    }
)
"""Verbs that judge what a unit did or asked (design, invariant 3)."""
ASKING = {"assignment.rule_hand_back", "referral.rule", "variation.decide", "coordination.answer"}
"""Of these, the ones that answer what a unit asked: only that unit, and the lead, stand back."""


def judged_units(verb: str, subject: Any) -> set[int]:
    """Units whose people may not do the verb now: who does it, or who asked."""
    if verb not in JUDGING:
        return set()
    if isinstance(subject, SupervisionNotice):
        return set(subject.matters.values_list("lead_unit_id", flat=True))
    if verb in ASKING:
        named = ("unit_id", "from_unit_id")
        return {getattr(subject, name) for name in named if getattr(subject, name, None)}
    matter = subject if isinstance(subject, Matter) else subject.matter
    rows = matter.assignments.filter(state__in=GIVEN)
    return set(rows.values_list("unit_id", flat=True))


def units_of(actor: Actor, people: Mapping[int, Actor]) -> set[int]:
    """Units in which somebody works, or in which somebody works in whose stead they act."""
    behalf = actor.capacity.on_behalf_of if actor.capacity is not None else None
    lender = people.get(behalf) if behalf is not None else None
    return set(actor.own_units) | (set(lender.own_units) if lender is not None else set())


def judged_from_within(today: date) -> Iterator[str]:
    """3. No verification stands whose verifier's unit did the work (by the names kept on it)."""
    for row in Verification.objects.exclude(checked_by=None).select_related("matter"):
        units = row.matter.assignments.filter(
            state__in=GIVEN, sent_at__date__lte=row.checked_on
        ).values_list("unit__short_name", flat=True)
        if row.checked_by_unit in set(units) and row.matter.state not in BEFORE_DISPATCH:
            yield f"verification {row.pk} of {row.matter_id} is by {row.checked_by_unit}"
    _ = today
