"""Who decides a variation: the post the rule names, or the next authority when it stands back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.actors import OFFICE
from huiyin.matters.models import Matter, Variation
from huiyin.matters.rules import Ruling
from huiyin.people import queries as people
from huiyin.people.models import Post, held_on
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import InForce
from huiyin.rulebook.rules import VariationRow, Varying

LADDER = ("office", "leader_in_charge", "approver", "principal_leader")
"""From the lowest authority to the highest: who stands back is followed by the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides and why: a leader's post, or the office as a whole when there is none."""

    code: str
    post: Post | None
    why: str


def rule_of(matter: Matter, *, today: date) -> InForce[Varying]:
    """The rule of variations in force in the matter's jurisdiction."""
    return rulebook.book(matter.jurisdiction_id, "variation").variation(on=today)


def row_of(matter: Matter, kind: str, rule: InForce[Varying]) -> VariationRow:
    """What the rule says of a kind for this matter."""
    return rule.body.row_for(kind, matter.source_kind)


def granted_before(matter: Matter, kind: str) -> int:
    """How many requests of a kind were granted on the matter."""
    return matter.variations.filter(kind=kind, ruling=Ruling.GRANTED).count()


def choose_decider(
    matter: Matter, kind: str, rule: InForce[Varying], *, unit_id: int, today: date
) -> Decider | None:
    """Who decides what a unit asks (design, invariant 3); None when the rule takes no more.

    A post whose holder also works in the asking unit stands back; the next on the ladder decides.
    """
    times = granted_before(matter, kind)
    code = row_of(matter, kind, rule).decider(times)
    if code == "nobody":
        return None
    why = [_first_why(times, rule)]
    for step, post in _from(code, matter, unit_id, today):
        blocked = _stands_back(step, post, matter, unit_id, today)
        if not blocked:
            return Decider(code=step, post=post, why=_("；").join(why))
        why.append(blocked)
    return None


def _first_why(times: int, rule: InForce[Varying]) -> str:
    if not times:
        return rule.cited
    return _("已同意过 %(n)d 次，%(rule)s") % {"n": times, "rule": rule.cited}


def _from(
    code: str, matter: Matter, unit_id: int, today: date
) -> Iterator[tuple[str, Post | None]]:
    for step in LADDER[LADDER.index(code) :]:
        yield step, _post(step, matter, unit_id, today)


def _post(step: str, matter: Matter, unit_id: int, today: date) -> Post | None:
    match step:
        case "leader_in_charge":
            return people.leader_post_for(unit_id, today=today)
        case "approver":
            post = matter.notice.approver_post if matter.notice is not None else None
            return post if post is not None and post.lasts(today) else None
        case "principal_leader":
            return people.principal_post(matter.jurisdiction_id, today=today)
    return None


def _stands_back(step: str, post: Post | None, matter: Matter, unit_id: int, today: date) -> str:
    """Why this one does not decide; "" when they do."""
    if step == "office":
        return (
            _("督查室是申请单位，依回避规则由上一级决定")
            if _is_office(unit_id, today=today)
            else ""
        )
    if post is None:
        return _("没有%(post)s，由上一级决定") % {"post": _name(step)}
    asks = {unit_id, matter.lead_unit_id}
    if works_in(post.user_id, {pk for pk in asks if pk}, today=today):
        words = {"name": post.user.name, "title": post.title}
        return _("%(name)s%(title)s在申请单位任职，依回避规则由上一级决定") % words
    return ""


def _name(step: str) -> str:
    names = {
        "leader_in_charge": _("在任的分管领导"),
        "approver": _("在任的批准领导"),
        "principal_leader": _("在任的主要领导"),
    }
    return names[step]


def _is_office(*units: int, today: date) -> bool:
    roles = [role.value for role in OFFICE]
    return Post.objects.filter(held_on(today), unit_id__in=units, role__in=roles).exists()


def works_in(user_id: int, units: set[int], *, today: date) -> bool:
    """Whether somebody holds a post of their own in one of the units today."""
    return Post.objects.filter(held_on(today), user_id=user_id, unit_id__in=units).exists()


# Whose turn a request is by now: who was named may stand back later, or leave.


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn a request is today: in words, and why; `who` is "" when nobody may decide it."""

    who: str
    why: str


def asking_units(row: Variation) -> set[int]:
    """Whose people do not decide the request: the unit that asked, and the one that leads by now."""
    return {row.unit_id, row.matter.lead_unit_id or row.unit_id}


def office_asks(row: Variation, *, today: date) -> bool:
    """The office is one of the units that ask: a leader decides in its place."""
    return _is_office(*asking_units(row), today=today)


def stands_back(post: Post, row: Variation, *, today: date) -> bool:
    """The holder of the post works in a unit that asks."""
    return works_in(post.user_id, asking_units(row), today=today)


def turn_of(row: Variation, *, today: date) -> Turn:
    """The named authority; once it stands back or has left, the next one, without being asked anew.

    After the office comes the leader of the matter, after every leader the principal leader, as for
    all that leaders decide (`people.permits.sits_for`, `desk.queries.authority`).
    """
    why = [row.decider_why] if row.decider_why else []
    if row.decider_post is None and not office_asks(row, today=today):
        return Turn(who=_("督查室"), why=_("；").join(why))
    if row.decider_post is None:
        why.append(_("督查室是申请单位，依回避规则由上一级决定"))
    for post in _one_after_another(row, today):
        gone = _gone(post, row, today)
        if not gone:
            return Turn(who=f"{post.user.name}{post.title}", why=_("；").join(why))
        why.append(gone)
    return Turn(who="", why=_("；").join(why))


def _one_after_another(row: Variation, today: date) -> Iterator[Post]:
    first = row.decider_post or row.matter.leader_post
    if first is not None:
        yield first
    principal = people.principal_post(row.jurisdiction_id, today=today)
    if principal is not None and principal != first:
        yield principal


def _gone(post: Post, row: Variation, today: date) -> str:
    """Why the post does not decide; "" when it does."""
    words = {"name": post.user.name, "title": post.title}
    if not post.lasts(today):
        return _("%(name)s%(title)s已离任，由上一级决定") % words
    if stands_back(post, row, today=today):
        return _("%(name)s%(title)s在申请单位任职，依回避规则由上一级决定") % words
    return ""
