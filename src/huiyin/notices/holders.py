"""Who holds which post on a day: addressees are worked out when something is sent, never stored before.

Somebody who has left, or whose post or account has ended, is never among them; a post lent to
somebody (授权代理、AB角) reaches the holder and the deputy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from huiyin.actors import Role
from huiyin.notices.rules import Addressee
from huiyin.people.models import Delegation, Portfolio, Post, Unit, held_on

OFFICE_ROLES = (Role.SUPERVISION_OFFICER, Role.OFFICE_HEAD)


class Holders:
    """The posts of one office as they are held on one day, in four queries for any number of questions."""

    def __init__(self, jurisdiction_id: int, on: date) -> None:
        held = held_on(on)
        posts = Post.objects.filter(held, jurisdiction_id=jurisdiction_id)
        self._posts = {p.pk: p for p in posts.select_related("user", "unit").order_by("position")}
        self._in: dict[tuple[int, str], list[Post]] = {}
        self._as: dict[str, list[Post]] = {}
        for post in self._posts.values():
            self._in.setdefault((post.unit_id, post.role), []).append(post)
            self._as.setdefault(post.role, []).append(post)
        self._lent: dict[int, list[Delegation]] = {}
        for lent in Delegation.objects.filter(held, jurisdiction_id=jurisdiction_id).select_related(
            "to"
        ):
            self._lent.setdefault(lent.post_id, []).append(lent)
        self._leaders: dict[int, int] = dict(
            Portfolio.objects.filter(
                held, jurisdiction_id=jurisdiction_id, kind=Portfolio.Kind.IN_CHARGE
            ).values_list("unit_id", "post_id")
        )
        self._superiors: dict[int, int | None] = dict(
            Unit.objects.filter(jurisdiction_id=jurisdiction_id).values_list("pk", "parent_id")
        )

    def of_post(self, post_id: int | None) -> tuple[Addressee, ...]:
        """The holder of a post and whoever it is lent to; nobody when it is not held any more."""
        post = self._posts.get(post_id or 0)
        return tuple(self._people(post)) if post is not None else ()

    def liaison(self, unit_id: int) -> tuple[Addressee, ...]:
        """The liaison officers of a unit; its head when it has none."""
        return self._in_unit(unit_id, Role.LIAISON_OFFICER) or self._in_unit(
            unit_id, Role.UNIT_HEAD
        )

    def head(self, unit_id: int) -> tuple[Addressee, ...]:
        """The head of a unit; its liaison officers when none is entered."""
        return self._in_unit(unit_id, Role.UNIT_HEAD) or self._in_unit(
            unit_id, Role.LIAISON_OFFICER
        )

    def leader(self, unit_id: int, *posts: int | None) -> tuple[Addressee, ...]:
        """The first of `posts` that is still held; else the leader in charge of the unit or its superior."""
        for post in posts:
            if self.of_post(post):
                return self.of_post(post)
        unit: int | None = unit_id
        while unit is not None:
            if self.of_post(self._leaders.get(unit)):
                return self.of_post(self._leaders[unit])
            unit = self._superiors.get(unit)
        return self.principal()

    def principal(self) -> tuple[Addressee, ...]:
        """The principal leader."""
        return self._with_role(Role.PRINCIPAL_LEADER)

    def office(self) -> tuple[Addressee, ...]:
        """The supervision officers; the head of the office when there is none."""
        return next((found for role in OFFICE_ROLES if (found := self._with_role(role))), ())

    def _in_unit(self, unit_id: int, role: Role) -> tuple[Addressee, ...]:
        rows = self._in.get((unit_id, role), ())
        return _once(person for post in rows for person in self._people(post))

    def _with_role(self, role: Role) -> tuple[Addressee, ...]:
        rows = self._as.get(role, ())
        return _once(person for post in rows for person in self._people(post))

    def _people(self, post: Post) -> Iterator[Addressee]:
        if post.user.is_active:
            yield _addressee(post, post.user_id, post.user.name)
        for lent in self._lent.get(post.pk, ()):
            if lent.to.is_active:
                yield _addressee(post, lent.to_id, lent.to.name, behalf=post.user.name)


def _addressee(post: Post, user_id: int, name: str, *, behalf: str = "") -> Addressee:
    return Addressee(
        post=post.pk,
        user=user_id,
        name=name,
        title=post.title,
        unit=str(post.unit),
        unit_id=post.unit_id,
        behalf=behalf,
    )


def _once(people: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Everybody once, in the first post in which they are found."""
    found: dict[int, Addressee] = {}
    for person in people:
        found.setdefault(person.user, person)
    return tuple(found.values())


def still_held(pairs: Iterable[tuple[int, int]], *, on: date) -> tuple[Addressee, ...]:
    """Of (post, user) pairs those that hold on a day: by the post itself or by delegation."""
    wanted = list(dict.fromkeys(pairs))
    posts = {
        post.pk: post
        for post in Post.objects.filter(
            held_on(on), pk__in=[post for post, _user in wanted]
        ).select_related("user", "unit")
    }
    lent = {
        (row.post_id, row.to_id): row.to
        for row in Delegation.objects.filter(held_on(on), post__in=posts).select_related("to")
    }
    found = []
    for pair in wanted:
        post = posts.get(pair[0])
        if post is None:
            continue
        own = post.user_id == pair[1]
        user = post.user if own else lent.get(pair)
        if user is not None and user.is_active:
            behalf = "" if own else post.user.name
            found.append(_addressee(post, user.pk, user.name, behalf=behalf))
    return tuple(found)
