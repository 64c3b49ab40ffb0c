"""Who answers changes hands: the former part ends and the new lead has the matter, in one act."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.door import Call
from huiyin.errors import Refusal
from huiyin.matters.actions.dispatching import send
from huiyin.matters.actions.parting import end_part, pass_requests
from huiyin.matters.actions.sending import lists_of
from huiyin.matters.defaults import leader_follows
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rules import (
    AssignmentRole,
    AssignmentState,
    CameBy,
    MatterState,
)
from huiyin.people.models import Unit


def hand_over(matter: Matter, unit: Unit, call: Call, *, came_by: CameBy) -> Assignment:
    """The unit answers for the matter now; whoever led before has ended already.

    A unit that took it over has signed by that; one that was told to has it on a list to sign for.
    """
    for part in matter.assignments.current().filter(unit=unit):
        end_part(part, call)
    if came_by == CameBy.REFERRAL:
        row, matter.state = _taken(matter, unit, call), MatterState.UNDER_WAY
    else:
        row, matter.state = _sent(matter, unit, call, came_by), MatterState.DISPATCHED
    pass_requests(row, call)
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
    send(row, matter.notice, call, lists_of(matter.notice, [unit.pk], call))
    return row


def lead_part(matter: Matter) -> Assignment:
    """The part of the unit that leads now; a matter in a unit's hands has exactly one (design, invariant 5)."""
    row: Assignment = matter.assignments.current().get(role=AssignmentRole.LEAD)
    return row


def standing_unit(jurisdiction_id: int, pk: int, *, field: str) -> Unit:
    """The unit of the directory that stands today."""
    unit = Unit.objects.filter(jurisdiction_id=jurisdiction_id, pk=pk, ended_on=None).first()
    if unit is None:
        raise Refusal(no_such_unit(), code="no_such_unit", fields={field: [_("请选择单位")]})
    return unit


def check_supporting(jurisdiction_id: int, pks: Collection[int]) -> None:
    """Every supporting unit named stands in the directory today; Refusal names those that do not.

    A unit that was asked for and left out in silence would never know that it has a part.
    """
    found = {
        unit.pk: unit for unit in Unit.objects.filter(jurisdiction_id=jurisdiction_id, pk__in=pks)
    }
    names = [
        str(found[pk]) if pk in found else _("编号 %(pk)d") % {"pk": pk}
        for pk in dict.fromkeys(pks)
        if pk not in found or found[pk].ended_on is not None
    ]
    if names:
        words = {"names": _("、").join(names)}
        sentence = _("配合单位里，%(names)s不在名录中，或者已经撤并。") % words
        raise Refusal(
            sentence,
            code="no_such_unit",
            next_step=_("请去掉，或从名录中另选，再保存。"),
            fields={"supporting": [sentence]},
        )


def no_such_unit() -> str:
    """What is said of a unit that is not in the directory today, wherever it was named."""
    return _("没有这个单位，或者它已经撤并，请从名录中另选。")


def acting_unit(actor: Actor) -> int:
    """The unit of the post somebody acts in."""
    return actor.capacity.unit_id if actor.capacity is not None else 0
