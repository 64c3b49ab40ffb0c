"""A matter passed on (转办): the unit that refers goes on answering until the other takes over.

首接负责: whoever received it first answers for it; what was passed on once is passed on again only by
the office's ruling (少当二传手).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.ledger.models import OfficeFact
from huiyin.matters import permits
from huiyin.matters.actions.hands import hand_over, lead_part, standing_unit
from huiyin.matters.actions.parting import end_part
from huiyin.matters.models import Assignment, Matter, Referral
from huiyin.matters.permits import handing
from huiyin.matters.rules import AssignmentState, CameBy, Ruling

UNDECIDED = (handing.already_decided, handing.matter_not_under_way)


@action(
    "assignment.refer",
    label=gettext_lazy("转办"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED},
    unless=(
        handing.supporting_does_not_refer,
        handing.matter_not_under_way,
        handing.referral_waits,
    ),
)
def refer(assignment: Assignment, call: Call, *, to: int, reason: str) -> Facts:
    """The competent unit is asked to take the matter over; until it does, this unit answers."""
    unit = standing_unit(assignment.matter.jurisdiction_id, to, field="to")
    if unit.pk == assignment.unit_id:
        raise Refusal(
            _("转办要转给别的单位。"), code="bad_unit", fields={"to": [_("请选择另一个单位")]}
        )
    referral = call.create(
        Referral(
            matter=assignment.matter,
            assignment=assignment,
            from_unit_id=assignment.unit_id,
            to_unit=unit,
            reason=required(reason, _("请写明为什么应由该单位办理。")),
            for_office=_was_passed_on(assignment),
            asked_at=call.at,
            asked_by_name=call.actor.name,
        )
    )
    _moved(assignment.matter, call)
    return {
        "referral": referral.pk,
        "to": unit.pk,
        "to_name": str(unit),
        "for_office": referral.for_office,
    }


def _was_passed_on(assignment: Assignment) -> bool:
    """Whether the unit had it by referral or ruling itself, or it was offered to another unit before."""
    if assignment.came_by in (CameBy.REFERRAL, CameBy.RULING):
        return True
    earlier = assignment.matter.referrals.exclude(ruling=Ruling.WITHDRAWN)
    return bool(earlier.exists())


def rows_of_hand_over(referral: Referral, **_given: Any) -> Iterator[OfficeFact]:
    """What a take-over may change: the matter and the parts that are there."""
    yield referral.matter
    yield from referral.matter.assignments.current()


@action(
    "referral.take_over",
    label=gettext_lazy("接手办理"),
    model=Referral,
    permit=handing.works_in_asked_unit,
    unless=(*UNDECIDED, handing.office_must_rule),
    locks=rows_of_hand_over,
)
def take_over_referral(referral: Referral, call: Call) -> Facts:
    """The asked unit answers for the matter from now on; the one that referred it does so no more."""
    _decide(referral, call, Ruling.GRANTED, "")
    return _change_hands(referral, call, CameBy.REFERRAL)


@action(
    "referral.decline",
    label=gettext_lazy("不接手"),
    model=Referral,
    permit=handing.works_in_asked_unit,
    unless=(*UNDECIDED, handing.office_must_rule),
    locks=lambda referral, **_given: [referral.matter],
)
def decline_referral(referral: Referral, call: Call, *, reason: str) -> Facts:
    """The matter stays with the unit that wanted to pass it on, and it knows why."""
    _decide(referral, call, Ruling.REFUSED, required(reason, _("请写明为什么不接手，应由谁办。")))
    _moved(referral.matter, call)
    return _between(referral)


@action(
    "referral.take_back",
    label=gettext_lazy("收回转办"),
    model=Referral,
    permit=handing.works_in_asking_unit,
    unless=(handing.already_decided,),
    locks=lambda referral, **_given: [referral.matter],
)
def take_back_referral(referral: Referral, call: Call) -> Facts:
    """The unit keeps the matter after all."""
    _decide(referral, call, Ruling.WITHDRAWN, "")
    _moved(referral.matter, call)
    return _between(referral)


@action(
    "referral.rule",
    label=gettext_lazy("裁定转办"),
    model=Referral,
    permit=handing.rules_referral,
    unless=(*UNDECIDED, handing.refers_own_unit),
    locks=rows_of_hand_over,
)
def rule_referral(referral: Referral, call: Call, *, granted: bool, reason: str) -> Facts:
    """It is decided for both units: the asked one has it to sign for, or it stays where it is."""
    reason = required(reason, _("请写明裁定的理由。"))
    _decide(referral, call, Ruling.GRANTED if granted else Ruling.REFUSED, reason)
    if granted:
        return {"granted": True, **_change_hands(referral, call, CameBy.RULING)}
    _moved(referral.matter, call)
    return {"granted": False, **_between(referral)}


def _between(referral: Referral) -> Facts:
    """The two units, with their names as they are today."""
    return {
        "from": referral.from_unit_id,
        "from_name": str(referral.from_unit),
        "to": referral.to_unit_id,
        "to_name": str(referral.to_unit),
    }


def _decide(referral: Referral, call: Call, ruling: Ruling, words: str) -> None:
    referral.ruling, referral.decision = ruling, words
    referral.decided_at, referral.decided_by_name = call.at, call.actor.name


def _change_hands(referral: Referral, call: Call, came_by: CameBy) -> Facts:
    """The former lead ends and the asked unit leads: exactly one answers (design, invariant 5)."""
    matter = referral.matter
    end_part(lead_part(matter), call)
    row = hand_over(matter, referral.to_unit, call, came_by=came_by)
    return {**_between(referral), "new_lead": row.pk}


def _moved(matter: Matter, call: Call) -> None:
    matter.moved_at = call.at
    call.save(matter)
