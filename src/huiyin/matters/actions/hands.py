"""Who answers changes hands: the former part ends and the new lead has the matter, in one act."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.door import Call
from huiyin.errors import Refusal
from huiyin.matters.actions.dispatching import send
from huiyin.matters.defaults import leader_follows
from huiyin.matters.models import Assignment, HandBack, Matter, ReportRequest, UnitList
from huiyin.matters.rules import (
    AskState,
    AssignmentRole,
    AssignmentState,
    CameBy,
    MatterState,
)
from huiyin.people.models import Unit
from huiyin.web.kept import kept


def end_part(row: Assignment, call: Call) -> None:
    """The unit has no part in the matter any more; an objection it had raised is settled by that."""
    row.state, row.ended_on = AssignmentState.ENDED, call.today
    call.save(row)
    for raised in row.hand_backs.filter(ruling=HandBack.Ruling.PENDING):
        raised.ruling = HandBack.Ruling.GRANTED
        raised.ruled_at, raised.ruled_by_name = call.at, call.actor.name
        raised.ruling_reason = _no_part_left()
        call.save(raised)


@kept
def _no_part_left() -> str:
    return _("该单位不再承担这一份，异议随之了结。")


def hand_over(matter: Matter, unit: Unit, call: Call, *, came_by: CameBy) -> Assignment:
    """The unit answers for the matter now; whoever led before has ended already.

    A unit that took it over has signed by that; one that was told to has it on a list to sign for.
    """
    for part in matter.assignments.filter(unit=unit).exclude(state=AssignmentState.ENDED):
        end_part(part, call)
    if came_by == CameBy.REFERRAL:
        row, matter.state = _taken(matter, unit, call), MatterState.UNDER_WAY
    else:
        row, matter.state = _sent(matter, unit, call, came_by), MatterState.DISPATCHED
    for request in ReportRequest.objects.filter(
        matter=matter, state=AskState.OPEN, assignment__state=AssignmentState.ENDED
    ):
        request.assignment = row
        call.save(request)
    matter.lead_unit, matter.moved_at = unit, call.at
    leader_follows(matter, today=call.today)
    call.save(matter)
    return row


def _taken(matter: Matter, unit: Unit, call: Call) -> Assignment:
    return call.create(
        Assignment(
            matter=matter,
            unit=unit,
            role=AssignmentRole.LEAD,
            state=AssignmentState.SIGNED,
            came_by=CameBy.REFERRAL,
            sent_at=call.at,
            signed_at=call.at,
            signed_by=call.actor.user_id,
            signed_by_name=call.actor.name,
        )
    )


def _sent(matter: Matter, unit: Unit, call: Call, came_by: CameBy) -> Assignment:
    row = call.create(
        Assignment(matter=matter, unit=unit, role=AssignmentRole.LEAD, came_by=came_by)
    )
    open_lists = UnitList.objects.filter(
        notice_id=matter.notice_id, unit=unit, state=UnitList.State.SENT
    )
    send(row, matter.notice, call, {lst.unit_id: lst for lst in open_lists})
    return row


def required(text: str, sentence: str, *, field: str = "reason") -> str:
    """The text without blanks around it; refused when there is none."""
    if not text.strip():
        raise Refusal(sentence, code=f"{field}_missing", fields={field: [_("必填")]})
    return text.strip()


def standing_unit(jurisdiction_id: int, pk: int, *, field: str) -> Unit:
    """The unit of the directory that stands today."""
    unit = Unit.objects.filter(jurisdiction_id=jurisdiction_id, pk=pk, ended_on=None).first()
    if unit is None:
        raise Refusal(
            _("没有这个单位，或者它已经撤并，请从名录中另选。"),
            code="no_such_unit",
            fields={field: [_("请选择单位")]},
        )
    return unit


def acting_unit(actor: Actor) -> int:
    """The unit of the post somebody acts in."""
    return actor.capacity.unit_id if actor.capacity is not None else 0
