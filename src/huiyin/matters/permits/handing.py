"""Who may pass a matter on, share it, ask about it; and what stands against it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import LEADERS, Actor, Role
from huiyin.matters.models import Assignment, Consultation, Coordination, Matter, Referral
from huiyin.matters.permits.main import (
    ACT_FOR_UNIT,
    in_portfolio,
    is_office,
    may_verify,
    office_of_matter,
    works_in_lead_unit,
)
from huiyin.matters.permits.next_authority import leads_matter
from huiyin.matters.rules import AssignmentRole, CameBy, Level, MatterState, Ruling
from huiyin.people.permits import sits_for
from huiyin.web.format import day


def works_in_asked_unit(actor: Actor, row: Referral | Consultation) -> bool:
    """Somebody who acts for the unit that is asked."""
    return row.to_unit_id in actor.unit_ids(*ACT_FOR_UNIT)


def works_in_asking_unit(actor: Actor, row: Referral | Consultation | Coordination) -> bool:
    """Somebody who acts for the unit that asked, or for the one that leads now."""
    units = actor.unit_ids(*ACT_FOR_UNIT)
    return row.from_unit_id in units or works_in_lead_unit(actor, row.matter)


def takes_slip_back(actor: Actor, slip: Consultation) -> bool:
    """The unit that asked, or the office."""
    return works_in_asking_unit(actor, slip) or office_of_matter(actor, slip)


def rules_referral(actor: Actor, referral: Referral) -> bool:
    """Whoever could verify the matter may rule on a referral of it."""
    return may_verify(actor, referral.matter)


def leads_the_whole(actor: Actor, assignment: Assignment) -> bool:
    """Somebody of the unit that answers for the matter of which this is a part."""
    return works_in_lead_unit(actor, assignment.matter)


def leads_or_office(actor: Actor, matter: Matter) -> bool:
    """The unit that answers for the matter now, or the office."""
    return works_in_lead_unit(actor, matter) or is_office(actor, matter)


def answers_coordination(actor: Actor, asked: Coordination) -> bool:
    """The leader who was asked; what a meeting answered is recorded by the office or a leader."""
    if asked.level != Level.LEADER:
        return office_of_matter(actor, asked) or leads_matter(actor, asked.matter)
    if not actor.has(*LEADERS) or actor.capacity is None:
        return False
    if in_portfolio(actor, asked.matter) or sits_for(actor, asked.to_post):
        return True
    return asked.to_post is None and actor.has(Role.PRINCIPAL_LEADER)


def raises_coordination(actor: Actor, asked: Coordination) -> bool:
    """The leader who was asked cannot settle it, or the office takes it up."""
    return answers_coordination(actor, asked) or office_of_matter(actor, asked)


def names_personal_lead(actor: Actor, matter: Matter) -> bool:
    """A leader for himself, or the office for a leader (领办、包案)."""
    return is_office(actor, matter) or leads_matter(actor, matter)


# Conditions: what stands against a verb somebody's post permits.


def supporting_does_not_refer(assignment: Assignment, actor: Actor) -> str | None:
    """Only the unit that answers for the whole can pass it on."""
    if assignment.role != AssignmentRole.LEAD:
        return _("转办由牵头单位提出；配合的份不属于本单位的，请在异议期内退回。")
    return None


def matter_not_under_way(row: Any, actor: Actor) -> str | None:
    """Only what is under way goes from hand to hand."""
    if row.matter.state != MatterState.UNDER_WAY:
        return _("事项现在是“%(state)s”，办理中的才能转办、接手。") % {
            "state": row.matter.get_state_display()
        }
    return None


def referral_waits(assignment: Assignment, actor: Actor) -> str | None:
    """One referral at a time; until it is decided the unit goes on and neither objects nor submits."""
    if assignment.role == AssignmentRole.LEAD and _has_pending(assignment.matter):
        return _("已经提出转办，对方还没有接手；请等结果，或先收回转办。")
    return None


def _has_pending(matter: Matter) -> bool:
    """A page's matter knows it already (`queries.asked.flagged`)."""
    known = getattr(matter, "waits_referral", None)
    if known is None:
        return bool(matter.referrals.filter(ruling=Ruling.PENDING).exists())
    return bool(known)


def took_it_over(assignment: Assignment, actor: Actor) -> str | None:
    """Who took a matter over said that it is theirs."""
    if assignment.came_by == CameBy.REFERRAL:
        return _("这件事是本单位接手的，接手即认领，不能再退回。")
    return None


def already_decided(row: Referral, actor: Actor) -> str | None:
    """What has its answer is not answered twice."""
    if row.ruling != Ruling.PENDING:
        return _("这次转办已经是“%(state)s”，不需要再办。") % {"state": row.get_ruling_display()}
    return None


def office_must_rule(referral: Referral, actor: Actor) -> str | None:
    """What was passed on before is not passed on among units (少当二传手)."""
    if referral.for_office:
        return _("这件事已经转过手，再转须由督查室裁定。")
    return None


def refers_own_unit(referral: Referral, actor: Actor) -> str | None:
    """Nobody rules for their own unit."""
    if {referral.from_unit_id, referral.to_unit_id} & actor.own_units:
        return _("转出或接收的是您任职的单位，须由别人裁定。")
    return None


def lead_has_no_part(assignment: Assignment, actor: Actor) -> str | None:
    """The lead answers for the whole, not for a part."""
    if assignment.role == AssignmentRole.LEAD:
        return _("牵头单位对整件事负责，这里办的是配合单位的份。")
    return None


def part_is_finished(assignment: Assignment, actor: Actor) -> str | None:
    """A part is finished once."""
    if assignment.finished_on is not None:
        return _("本单位的份已于%(day)s办完。") % {
            "day": day(assignment.finished_on, today=clock.today())
        }
    return None


def lead_is_not_released(assignment: Assignment, actor: Actor) -> str | None:
    """A matter is never without the unit that answers for it."""
    if assignment.role == AssignmentRole.LEAD:
        return _("牵头单位不能直接免去；要换，请裁定转办或裁定退回，任何时候都有一个单位负责。")
    return None


def releases_own_unit(assignment: Assignment, actor: Actor) -> str | None:
    """Nobody takes a part from their own unit."""
    if assignment.unit_id in actor.own_units:
        return _("这是您任职单位的份，须由别人免去。")
    return None


def coordination_of_own_unit(asked: Coordination, actor: Actor) -> str | None:
    """Nobody answers what their own unit asked; the next authority does."""
    if asked.from_unit_id in actor.own_units:
        return _("提出协调的是您任职的单位，须由上一级领导答复。")
    return None


def nobody_leads_personally(matter: Matter, actor: Actor) -> str | None:
    """There is nothing to end."""
    if matter.personal_lead_id is None:
        return _("这件事没有领导领办。")
    return None


def led_by_another(matter: Matter, actor: Actor) -> str | None:
    """A leader ends only what that leader took on; the office may for anybody."""
    post = actor.capacity.post_id if actor.capacity is not None else None
    if actor.has(*LEADERS) and matter.personal_lead_id != post:
        return _("领办的是另一位领导。")
    return None


def highest_level(asked: Coordination, actor: Actor) -> str | None:
    """Above the executive meeting there is nobody to ask here."""
    if asked.level == Level.EXECUTIVE_MEETING:
        return _("已经提请常务会议，没有更高一级可提。")
    return None
