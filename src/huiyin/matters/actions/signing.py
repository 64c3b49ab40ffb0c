"""A unit receives what was sent to it: signs for its list once, objects, and the office rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin import clock
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import breaking, permits
from huiyin.matters.actions.hands import hand_over
from huiyin.matters.actions.parting import end_part
from huiyin.matters.models import Assignment, HandBack, Matter, UnitList
from huiyin.matters.permits import handing
from huiyin.matters.rules import AssignmentRole, AssignmentState, CameBy, MatterState
from huiyin.people.models import Unit
from huiyin.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """“Not ours”: the assignment and why."""

    assignment: int
    reason: str


@action(
    "unit_list.sign_for",
    label=gettext_lazy("签收"),
    model=UnitList,
    permit=permits.works_in_unit,
    when={UnitList.State.SENT},
    then=UnitList.State.SIGNED,
)
def sign_list(unit_list: UnitList, call: Call, *, exceptions: Sequence[Objection] = ()) -> Facts:
    """The unit has received its list, signing being receipt and not agreement; exceptions are objections."""
    objections = {item.assignment: item.reason for item in exceptions}
    rows = list(
        unit_list.assignments.filter(state=AssignmentState.SENT).select_related("matter", "unit")
    )
    unknown = set(objections) - {row.pk for row in rows}
    if unknown:
        raise Refusal(_("有的事项已不在这份清单上，请刷新后重试。"), code="not_on_the_list")
    for row in rows:
        call.perform(sign_for, row)
        if row.pk in objections:
            call.perform(hand_back, row, reason=objections[row.pk])
    unit_list.signed_at, unit_list.signed_by_name = call.at, call.actor.name
    return {"count": len(rows), "objections": sorted(objections)}


@action(
    "assignment.sign_for",
    label=gettext_lazy("签收"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SENT},
    then=AssignmentState.SIGNED,
)
def sign_for(assignment: Assignment, call: Call) -> Facts:
    """The unit has it; the objection window runs. A lead's signature puts the matter under way."""
    assignment.signed_at = call.at
    assignment.signed_by, assignment.signed_by_name = call.actor.user_id, call.actor.name
    matter = assignment.matter
    book = rulebook.book(matter.jurisdiction_id)
    assignment.objection_until, _flagged = book.objection_ends(signed_on=call.today)
    if assignment.role == AssignmentRole.LEAD:
        _under_way(matter)
        _moved(matter, call)
    return {"unit": assignment.unit_id, "objection_until": assignment.objection_until}


def _under_way(matter: Matter) -> None:
    """The lead has it; while its clock stands it is under way from the day it runs again."""
    if matter.state == MatterState.SUSPENDED:
        matter.suspended_from = MatterState.UNDER_WAY
    else:
        matter.state = MatterState.UNDER_WAY


@action(
    "assignment.hand_back",
    label=gettext_lazy("退回（非本单位）"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED},
    then=AssignmentState.OBJECTED,
    unless=(
        handing.took_it_over,
        permits.window_has_passed,
        handing.referral_waits,
        permits.matter_is_suspended,
    ),
)
def hand_back(assignment: Assignment, call: Call, *, reason: str) -> Facts:
    """The unit objects with its reason; it goes on answering until the office rules."""
    reason = required(reason, _("请写明为什么不属于本单位，最好写出应由谁办。"))
    raised = call.create(
        HandBack(
            assignment=assignment,
            reason=reason,
            raised_at=call.at,
            raised_by_name=call.actor.name,
        )
    )
    _moved(assignment.matter, call)
    return {"hand_back": raised.pk, "unit": assignment.unit_id}


@action(
    "assignment.rule_hand_back",
    label=gettext_lazy("裁定归属"),
    model=Assignment,
    permit=permits.may_rule,
    when={AssignmentState.OBJECTED},
    unless=(permits.rules_own_unit, permits.matter_is_suspended),
)
def rule_hand_back(
    assignment: Assignment, call: Call, *, granted: bool, reason: str, new_lead: int | None = None
) -> Facts:
    """The objection is decided; whoever leads, exactly one unit answers (design, invariant 5)."""
    reason = required(reason, _("请写明裁定的理由。"))
    raised = assignment.hand_backs.get(ruling=HandBack.Ruling.PENDING)
    raised.ruling = HandBack.Ruling.GRANTED if granted else HandBack.Ruling.REFUSED
    raised.ruled_at, raised.ruled_by_name, raised.ruling_reason = (
        call.at,
        call.actor.name,
        reason,
    )
    call.save(raised)
    matter = assignment.matter
    if not granted:
        assignment.state = AssignmentState.SIGNED
        _moved(matter, call)
        return {"granted": False, "unit": assignment.unit_id}
    heir = _heir(assignment, new_lead)
    end_part(assignment, call)
    if heir is not None:
        hand_over(matter, heir, call, came_by=CameBy.RULING)
    return {"granted": True, "unit": assignment.unit_id, "new_lead": heir.pk if heir else None}


def _heir(assignment: Assignment, new_lead: int | None) -> Unit | None:
    """The unit that leads instead; a lead is never released without one."""
    if assignment.role != AssignmentRole.LEAD:
        return None
    unit = Unit.objects.filter(
        pk=new_lead or 0, jurisdiction_id=assignment.matter.jurisdiction_id, ended_on=None
    ).first()
    if unit is None or unit.pk == assignment.unit_id:
        raise Refusal(
            _("同意退回时须同时指定新的牵头单位，任何时候都要有一个单位负责答复。"),
            code="new_lead_missing",
            fields={"new_lead": [_("请选择另一个单位")]},
        )
    whole = assignment.matter.parent
    if whole is not None and unit not in breaking.reach_of(whole, today=clock.today()):
        raise Refusal(
            _("分解事项只能改派给%(lead)s的下属、下级单位或下级政府。") % {"lead": whole.lead_unit},
            code="out_of_reach",
            fields={"new_lead": [_("请选择另一个单位")]},
        )
    return unit


def _moved(matter: Matter, call: Call) -> None:
    matter.moved_at = call.at
    call.save(matter)
