"""Reads about people: the actor behind a request, units by name, who is in charge of what."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.actors import Actor, Capacity, Role
from huiyin.people.models import Delegation, Portfolio, Post, Unit, User, held_on


def actor_of(user: User, *, today: date) -> Actor:
    """The person with every post held today, own and delegated (three queries at most)."""
    own = list(Post.objects.filter(held_on(today), user=user).select_related("unit"))
    lent = list(
        Delegation.objects.filter(held_on(today), held_on(today, "post__"), to=user).select_related(
            "post__unit", "post__user"
        )
    )
    reach = _portfolios([*own, *(d.post for d in lent)], today)
    posts = [_capacity(post, reach) for post in own]
    posts += [_capacity(d.post, reach, behalf=d.post.user) for d in lent]
    return Actor(
        user_id=user.pk, name=user.name, jurisdiction_id=user.jurisdiction_id, posts=tuple(posts)
    )


def _portfolios(posts: Iterable[Post], today: date) -> dict[int, set[int]]:
    """Units each leader's post is in charge of today."""
    leaders = [post.pk for post in posts if post.role == Role.LEADER_IN_CHARGE]
    reach: dict[int, set[int]] = {}
    if leaders:
        rows = Portfolio.objects.filter(held_on(today), post__in=leaders, kind=Portfolio.Kind.IN_CHARGE)
        for row in rows:
            reach.setdefault(row.post_id, set()).add(row.unit_id)
    return reach


def _capacity(post: Post, reach: dict[int, set[int]], behalf: User | None = None) -> Capacity:
    return Capacity(
        post_id=post.pk,
        role=Role(post.role),
        title=post.title,
        unit_id=post.unit_id,
        unit_name=str(post.unit),
        portfolio=frozenset(reach.get(post.pk, ())),
        on_behalf_of=behalf.pk if behalf else None,
        on_behalf_of_name=behalf.name if behalf else "",
    )


def units(*, viewer: Actor, today: date) -> list[Unit]:
    """The directory of the viewer's jurisdiction, in its order."""
    return list(Unit.objects.visible_to(viewer).standing_on(today))


def leader_post_for(unit_id: int, *, today: date) -> Post | None:
    """The post of the leader in charge of a unit on a day; its superior's when it has none of its own."""
    unit = Unit.objects.filter(pk=unit_id).first()
    while unit is not None:
        row = (
            Portfolio.objects.filter(held_on(today), held_on(today, "post__"), unit=unit)
            .filter(kind=Portfolio.Kind.IN_CHARGE)
            .select_related("post__user", "post__unit")
            .first()
        )
        if row is not None:
            post: Post = row.post
            return post
        unit = unit.parent
    return None


def principal_post(jurisdiction_id: int, *, today: date) -> Post | None:
    """The post of the principal leader on a day."""
    return (
        Post.objects.filter(held_on(today), jurisdiction_id=jurisdiction_id, role=Role.PRINCIPAL_LEADER)
        .select_related("user", "unit")
        .first()
    )
