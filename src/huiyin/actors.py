"""Who acts: a person in one of the posts held today, or one of the system's own named actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """The roles of `design.md` part 3; a post carries exactly one."""

    SUPERVISION_OFFICER = "supervision_officer"
    OFFICE_HEAD = "office_head"
    LIAISON_OFFICER = "liaison_officer"
    UNIT_HEAD = "unit_head"
    LEADER_IN_CHARGE = "leader_in_charge"
    PRINCIPAL_LEADER = "principal_leader"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    MACHINE = "machine"


OFFICE = frozenset({Role.SUPERVISION_OFFICER, Role.OFFICE_HEAD})
LEADERS = frozenset({Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER})
UNIT_STAFF = frozenset({Role.LIAISON_OFFICER, Role.UNIT_HEAD})
SEES_ALL = OFFICE | {Role.PRINCIPAL_LEADER, Role.AUDITOR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """One post in which somebody may act, with what it reaches.

    `portfolio` holds the ids of the units a leader is in charge of; `on_behalf_of` names the
    person who delegated the post, when it is held by delegation, and `lender_units` are the units in
    which that person works.
    """

    post_id: int
    role: Role
    title: str
    unit_id: int
    unit_name: str
    portfolio: frozenset[int] = frozenset()
    on_behalf_of: int | None = None
    on_behalf_of_name: str = ""
    lender_units: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts, with all posts held today; `capacity` is the one acted in.

    `beside` holds what is read together with the posts (how many messages are unread, the digest of
    the scheme of lights), so that a page needs no query for it.
    """

    user_id: int | None
    name: str
    jurisdiction_id: int
    posts: tuple[Capacity, ...] = ()
    capacity: Capacity | None = None
    machine: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def roles(self) -> frozenset[Role]:
        """Roles of all posts, or of the one acted in once it is chosen."""
        if self.capacity is not None:
            return frozenset({self.capacity.role})
        return frozenset(post.role for post in self.posts)

    @property
    def own_units(self) -> frozenset[int]:
        """Every unit in which the person holds a current post of their own (not by delegation).

        Who acts for somebody stands back where that person would: the lender's units count too.
        """
        own = frozenset(post.unit_id for post in self.posts if post.on_behalf_of is None)
        return own if self.capacity is None else own | self.capacity.lender_units

    @property
    def sees_all(self) -> bool:
        return bool(self.roles & SEES_ALL)

    def has(self, *roles: Role) -> bool:
        """Whether the post acted in (or, before one is chosen, any post) carries one of `roles`."""
        return bool(self.roles & set(roles))

    def unit_ids(self, *roles: Role) -> frozenset[int]:
        """Units of the posts carrying one of `roles` (any role when none is named)."""
        posts = self.posts if self.capacity is None else (self.capacity,)
        return frozenset(post.unit_id for post in posts if not roles or post.role in roles)

    def capacities(self) -> Iterator[Actor]:
        """The same person acting in each post in turn, own posts first; a machine as itself."""
        if self.machine or self.capacity is not None:
            yield self
            return
        for post in sorted(self.posts, key=lambda post: post.on_behalf_of is not None):
            yield replace(self, capacity=post)


def machine(name: str, jurisdiction_id: int) -> Actor:
    """A named actor of the system itself: `reader`, `clock`, `importer`, `set_up`."""
    return Actor(user_id=None, name=name, jurisdiction_id=jurisdiction_id, machine=name)
