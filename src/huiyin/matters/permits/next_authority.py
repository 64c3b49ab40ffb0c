"""Who follows when the office stands back from what is its own: a leader who has to do with the matter."""

from __future__ import annotations

from huiyin import clock
from huiyin.actors import LEADERS, OFFICE, Actor, Role
from huiyin.matters.models import Matter
from huiyin.matters.permits.conditions import part_of
from huiyin.matters.permits.main import in_portfolio
from huiyin.people import queries as people
from huiyin.people.models import Post, held_on


def leads_matter(actor: Actor, matter: Matter) -> bool:
    """A leader who has to do with the matter: in charge of it, named on it, or the principal leader."""
    if not actor.has(*LEADERS) or actor.jurisdiction_id != matter.jurisdiction_id:
        return False
    return actor.has(Role.PRINCIPAL_LEADER) or in_portfolio(actor, matter)


def office_units(jurisdiction_id: int) -> set[int]:
    """Units in which somebody is of the supervision office today."""
    rows = Post.objects.filter(
        held_on(clock.today()), jurisdiction_id=jurisdiction_id, role__in=sorted(OFFICE)
    )
    return set(rows.values_list("unit_id", flat=True))


def office_stands_back(matter: Matter) -> bool:
    """The office has a part in the matter, or had one: what it would do itself a leader does in its place."""
    return bool(part_of(matter, office_units(matter.jurisdiction_id)))


def steps_in(actor: Actor, matter: Matter) -> bool:
    """The leader who does what the office stands back from (design, invariant 3)."""
    return leads_matter(actor, matter) and office_stands_back(matter)


def leader_in_its_place(matter: Matter) -> Post | None:
    """The leader named on the matter; the principal leader where that one has left or works on it too."""
    today, post = clock.today(), matter.leader_post
    if post is not None and post.lasts(today):
        own = Post.objects.filter(held_on(today), user_id=post.user_id)
        if not part_of(matter, set(own.values_list("unit_id", flat=True))):
            return post
    return people.principal_post(matter.jurisdiction_id, today=today)
