"""A unit was merged away: its part in a matter is its successor's, so that somebody always answers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.matters import permits
from huiyin.matters.actions.parting import end_part, pass_requests
from huiyin.matters.actions.sending import lists_of
from huiyin.matters.models import Assignment, HandBack, Matter
from huiyin.matters.rules import LIVE, AskState, AssignmentRole, AssignmentState, CameBy, Ruling
from huiyin.people import queries as people
from huiyin.people.models import Unit
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept


@action(
    "matter.succeed",
    label=gettext_lazy("机构调整承接"),
    model=Matter,
    permit=permits.is_office,
    when=set(LIVE),
    public=False,
)
def succeed(matter: Matter, call: Call, *, gone: Unit, heir: Unit) -> Facts:
    """The heir has the part the unit had; the plan, the reports and what was fixed at dispatch stay."""
    parts = list(matter.assignments.current().filter(unit=gone))
    for part in parts:
        _take_on(part, matter, heir, call)
    if matter.lead_unit_id == gone.pk:
        matter.lead_unit = heir
        leader = people.leader_post_for(heir.pk, today=call.today)
        matter.leader_post = leader or matter.leader_post
    _questions(matter, gone, heir, call)
    current = matter.assignments.current().filter(unit=heir).first()
    if current is not None:
        pass_requests(current, call)
    matter.moved_at = call.at
    return {"from": gone.pk, "to": heir.pk, "parts": len(parts)}


def _take_on(part: Assignment, matter: Matter, heir: Unit, call: Call) -> None:
    """The old part ends; the heir has it, unless it has one already that stands above it."""
    there = matter.assignments.current().filter(unit=heir).first()
    _end(part, call)
    if there is not None and (
        there.role == AssignmentRole.LEAD or part.role != AssignmentRole.LEAD
    ):
        return
    if there is not None:
        _end(there, call)
    _create(part, matter, heir, call)


def _end(there: Assignment, call: Call) -> None:
    """The part is no more: a proposed one is gone, one that was given ends today."""
    if there.state == AssignmentState.PROPOSED:
        call.remove(there)
    else:
        # An objection of a unit that is gone is not ruled on; the heir may raise its own.
        end_part(there, call, ruling=HandBack.Ruling.REFUSED, why=_raise_it_again())


@kept
def _raise_it_again() -> str:
    return _("机构调整，由承接单位重新提出")


def _create(part: Assignment, matter: Matter, heir: Unit, call: Call) -> None:
    """A part like the one that ended: signed for if it was, on an open list if it was not."""
    was = AssignmentState.SIGNED if part.signed_at else part.sent_at and AssignmentState.SENT
    row = Assignment(
        matter=matter,
        unit=heir,
        role=part.role,
        state=was or AssignmentState.PROPOSED,
        came_by=CameBy.SUCCESSION,
        task=part.task,
        due_on=part.due_on,
        sent_at=call.at if was else None,
        signed_at=call.at if was == AssignmentState.SIGNED else None,
        last_reported_on=part.last_reported_on,
    )
    if was == AssignmentState.SIGNED:
        book = rulebook.book(matter.jurisdiction_id)
        row.objection_until, _flagged = book.objection_ends(signed_on=call.today)
    if was == AssignmentState.SENT:
        row.unit_list = lists_of(matter.notice, [heir.pk], call)[heir.pk]
    call.create(row)


def _questions(matter: Matter, gone: Unit, heir: Unit, call: Call) -> None:
    """What the unit was asked is asked of the heir; what it offered away stays with the heir."""
    for slip in matter.consultations.filter(to_unit=gone, state=AskState.OPEN):
        slip.to_unit = heir
        call.save(slip)
    for referral in matter.referrals.filter(ruling=Ruling.PENDING):
        if gone.pk == referral.from_unit_id or heir.pk == referral.from_unit_id:
            referral.ruling = Ruling.WITHDRAWN
            call.save(referral)
        elif referral.to_unit_id == gone.pk:
            referral.to_unit = heir
            call.save(referral)
    for variation in matter.variations.filter(ruling=Ruling.PENDING, unit=gone):
        variation.unit = heir
        call.save(variation)
