"""Who may do what to a matter: small named questions about an actor in one post."""

from __future__ import annotations

from typing import Any

from huiyin.actors import LEADERS, OFFICE, UNIT_STAFF, Actor, Role
from huiyin.matters.models import Assignment, Matter, SupervisionNotice, UnitList
from huiyin.people.permits import is_office as is_office
from huiyin.people.permits import sits_for

# The supervision office may itself be asked to do something; its staff then act for their own unit.
ACT_FOR_UNIT = UNIT_STAFF | OFFICE


def reads_register(actor: Actor, subject: Any) -> bool:
    """Everybody with business in the jurisdiction reads the part of the register that is theirs."""
    business = OFFICE | LEADERS | UNIT_STAFF | {Role.AUDITOR}
    return actor.has(*business) and subject.jurisdiction_id == actor.jurisdiction_id


def is_approver(actor: Actor, notice: SupervisionNotice) -> bool:
    """The leader whom the rule named for this batch, by delegation too; for one who left, the next authority."""
    return sits_for(actor, notice.approver_post)


def works_in_unit(actor: Actor, subject: Assignment | UnitList) -> bool:
    """Somebody who acts for the unit it was sent to."""
    return subject.unit_id in actor.unit_ids(*ACT_FOR_UNIT)


def works_in_lead_unit(actor: Actor, matter: Matter) -> bool:
    """Somebody who acts for the unit that answers for the matter now."""
    return matter.lead_unit_id is not None and matter.lead_unit_id in actor.unit_ids(*ACT_FOR_UNIT)


def arranged(actor: Actor, matter: Matter) -> bool:
    """Somebody of the unit that leads the whole of which this matter is a part: it arranged the part."""
    return matter.parent is not None and works_in_lead_unit(actor, matter.parent)


def may_verify(actor: Actor, matter: Matter) -> bool:
    """The office, or who arranged the part; else the leader in charge or the principal leader.

    Never the matter's own unit (design, invariant 3): the condition `own_unit` sees to that.
    """
    if is_office(actor, matter) or arranged(actor, matter):
        return True
    if matter.jurisdiction_id != actor.jurisdiction_id or not actor.has(*LEADERS):
        return False
    return actor.has(Role.PRINCIPAL_LEADER) or in_portfolio(actor, matter)


def may_rule(actor: Actor, assignment: Assignment) -> bool:
    """Whoever could verify the matter may rule on an objection to it."""
    return may_verify(actor, assignment.matter)


def in_portfolio(actor: Actor, matter: Matter) -> bool:
    """A leader in whose portfolio the unit that leads is, or whom the matter names."""
    return actor.capacity is not None and (
        matter.lead_unit_id in actor.capacity.portfolio
        or matter.leader_post_id == actor.capacity.post_id
    )


def is_approver_or_office(actor: Actor, notice: SupervisionNotice) -> bool:
    """The approver refuses; the office may take its own proposal back."""
    return is_approver(actor, notice) or is_office(actor, notice)


def within_batch(actor: Actor, matter: Matter) -> bool:
    """Whoever may decide the batch decides its rows; these verbs are only performed within one."""
    return matter.notice is not None and is_approver_or_office(actor, matter.notice)


def office_of_matter(actor: Actor, subject: Any) -> bool:
    """The office of the jurisdiction of the matter behind the subject."""
    return is_office(actor, subject.matter)
