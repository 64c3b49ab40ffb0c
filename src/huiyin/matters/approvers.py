"""Which leader approves a batch: the one the rule names, or the next authority when recused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.matters.models import Matter
from huiyin.people import queries as people
from huiyin.people.models import Post, held_on
from huiyin.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """A post and why it is that one."""

    post: Post | None
    why: str

    @property
    def name(self) -> str:
        """`沈岚副市长`; nothing for no post."""
        return f"{self.post.user.name}{self.post.title}" if self.post is not None else ""


def choose_approver(matters: Sequence[Matter], *, today: date) -> Approver:
    """The leader in charge when one leader is in charge of all; else the principal leader.

    A leader who also holds a post in a lead unit of the batch stands back (design, invariant 3).
    """
    jurisdiction_id = matters[0].jurisdiction_id
    principal = people.principal_post(jurisdiction_id, today=today)
    rule = rulebook.approver(jurisdiction_id, source_kind=matters[0].source_kind, on=today)
    if rule.value != "leader_in_charge":
        return Approver(post=principal, why=rule.why)
    posts = {matter.leader_post_id for matter in matters}
    leader = matters[0].leader_post if len(posts) == 1 else None
    if leader is None:
        return Approver(post=principal, why=_("涉及几位分管领导，由主要领导审批"))
    if _holds_post_in(leader, {m.lead_unit_id for m in matters if m.lead_unit_id}, today):
        return Approver(post=principal, why=_("分管领导在牵头单位任职，依回避规则由主要领导审批"))
    return Approver(post=leader, why=rule.why)


def choose_coordinator(matter: Matter, *, today: date) -> Approver:
    """Whom a unit asks first when it cannot settle something: the leader in charge, the lowest level.

    The leader named on the matter, else the one in charge of its lead unit; the principal leader when
    there is none, or when that leader also holds a post in the unit that asks (design, invariant 3).
    """
    leader = matter.leader_post
    if leader is None or (leader.ended_on is not None and leader.ended_on <= today):
        leader = people.leader_post_for(matter.lead_unit_id or 0, today=today)
    principal = people.principal_post(matter.jurisdiction_id, today=today)
    if leader is None:
        return Approver(post=principal, why=_("没有分管领导，由主要领导答复"))
    if _holds_post_in(leader, {matter.lead_unit_id or 0}, today):
        return Approver(post=principal, why=_("分管领导在牵头单位任职，依回避规则由主要领导答复"))
    return Approver(post=leader, why=_("由分管领导答复"))


def _holds_post_in(leader: Post, units: set[int], today: date) -> bool:
    return Post.objects.filter(held_on(today), user_id=leader.user_id, unit_id__in=units).exists()
