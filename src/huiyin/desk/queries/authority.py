"""Whose turn a decision is: the post that was named, the next authority when it stands back or was left.

The verbs' permits decide; these are the same rules as filters, so that what waits stands on a desk of
somebody who may act (design, invariant 3). Where no leader may act, it is the office that has to see to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from huiyin.actors import LEADERS, OFFICE, Actor, Role
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rules import GIVEN, AssignmentState
from huiyin.people.models import Post

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A post of somebody who decides or checks, held today or left; `busy`: its unit has a part in some matter."""

    post: int
    user: int
    unit: int
    role: str
    held: bool
    busy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """All posts of leaders and of the office's people, which say who stands back from what."""

    seats: tuple[Seat, ...]

    @property
    def left(self) -> list[int]:
        """Posts that nobody holds any more."""
        return [seat.post for seat in self.seats if not seat.held]

    @property
    def office_units(self) -> set[int]:
        """Units of the supervision office that have a part in some matter."""
        return {s.unit for s in self.seats if s.held and s.busy and s.role in OFFICE}

    @property
    def principals(self) -> list[Seat]:
        """Who is the principal leader today."""
        held = (seat for seat in self.seats if seat.held)
        return [seat for seat in held if seat.role == Role.PRINCIPAL_LEADER]

    def units_of(self, user: int) -> frozenset[int]:
        """Where somebody works today, and therefore decides nothing; only units with matters count."""
        own = (seat for seat in self.seats if seat.user == user)
        return frozenset(seat.unit for seat in own if seat.held and seat.busy)

    def by_units(self) -> dict[frozenset[int], list[int]]:
        """Posts by the units in which their people work, without those who work in none that counts."""
        found: dict[frozenset[int], list[int]] = defaultdict(list)
        for seat in self.seats:
            if units := self.units_of(seat.user):
                found[units].append(seat.post)
        return found


def seats(viewer: Actor, today: date) -> Seats:
    """The seats of the viewer's jurisdiction; one query."""
    deciding = Post.objects.filter(
        jurisdiction_id=viewer.jurisdiction_id, role__in=[*LEADERS, *OFFICE]
    )
    rows = Post.objects.filter(user__in=deciding.values("user"), started_on__lte=today)
    led = Matter.objects.filter(lead_unit=OuterRef("unit_id"))
    busy = Q(Exists(Assignment.objects.filter(unit=OuterRef("unit_id")))) | Q(Exists(led))
    columns = rows.annotate(busy=busy).values_list(
        "pk", "user_id", "unit_id", "role", "ended_on", "busy"
    )
    return Seats(
        seats=tuple(
            Seat(
                post=pk,
                user=user,
                unit=unit,
                role=role,
                held=ended is None or ended > today,
                busy=has_matters,
            )
            for pk, user, unit, role, ended, has_matters in columns
        )
    )


def sits(viewer: Actor, among: Seats, post: str, *units: str) -> Q:
    """Rows whose named post the viewer holds, acts in, or (the principal leader) sits for because it was left.

    `units`: paths to the units whose people stand back. The rule of `people.permits.sits_for`.
    """
    found = NOTHING
    for own in viewer.posts:
        posts = [own.post_id, *(among.left if own.role == Role.PRINCIPAL_LEADER else ())]
        named = Q(**{f"{post}__in": posts})
        found |= named & ~_any(units, viewer.own_units | own.lender_units)
    return found


def follows(viewer: Actor, among: Seats, post: str, *units: str) -> Q:
    """Rows whose named post was left or stands back, for the principal leader who does not stand back.

    The rule of `matters.permits.decides`: who follows need not be asked anew.
    """
    found = NOTHING
    for own in viewer.posts:
        if own.role == Role.PRINCIPAL_LEADER:
            gone = _gone(among, post, units) & ~Q(**{post: own.post_id})
            found |= gone & ~_any(units, viewer.own_units | own.lender_units)
    return found


def nobody_follows(among: Seats, post: str, *units: str) -> Q:
    """Rows whose named post was left or stands back, and every principal leader with it."""
    found = _gone(among, post, units)
    for principal in among.principals:
        found &= _any(units, among.units_of(principal.user))
    return found


def nobody_sits(among: Seats, post: str, *units: str) -> Q:
    """Rows whose named post stands back by now, or was left while no principal leader sits for it."""
    left = NOTHING if among.principals else Q(**{f"{post}__in": among.left})
    return left | _works_there(among, post, units)


def leads(viewer: Actor, among: Seats, matter: str = "matter") -> Q:
    """Rows of matters that this leader decides: as the one in charge, or as the next authority.

    The principal leader follows where the matter names nobody, or one who left or stands back.
    """
    found = NOTHING
    for own in viewer.posts:
        named = Q(**{_path(matter, "leader_post"): own.post_id})
        if own.role == Role.PRINCIPAL_LEADER:
            named |= _nobody_in_charge(among, matter)
        found |= named & ~_works_on_it(matter, viewer.own_units | own.lender_units)
    return found & _here(viewer, matter)


def nobody_leads(among: Seats, matter: str = "matter") -> Q:
    """Rows of matters whose leader in charge and whose principal leader both stand back or are missing."""
    found = _nobody_in_charge(among, matter)
    for principal in among.principals:
        found &= _works_on_it(matter, among.units_of(principal.user))
    return found


def office_stands_back(among: Seats, matter: str = "matter") -> Q:
    """Rows of matters in which the office itself has a part: a leader checks them in its place."""
    return _works_on_it(matter, among.office_units)


def stands_back(among: Seats, post: str, matter: str = "matter") -> Q:
    """Rows whose named post was left, or whose holder works in a unit of the matter."""
    found = Q(**{post: None}) | Q(**{f"{post}__in": among.left})
    for working_in, posts in among.by_units().items():
        found |= Q(**{f"{post}__in": posts}) & _works_on_it(matter, working_in)
    return found


def seen(viewer: Actor, matter: str = "matter") -> Q:
    """Rows of matters the viewer may see; no sub-query for who sees all."""
    if viewer.sees_all:
        return _here(viewer, matter)
    return Q(**{f"{matter or 'pk'}__in": Matter.objects.visible_to(viewer).values("pk")})


def _here(viewer: Actor, matter: str) -> Q:
    return Q(**{_path(matter, "jurisdiction"): viewer.jurisdiction_id})


def _nobody_in_charge(among: Seats, matter: str) -> Q:
    return stands_back(among, _path(matter, "leader_post"), matter)


def _gone(among: Seats, post: str, units: tuple[str, ...]) -> Q:
    """Rows whose named post was left, or whose holder works in one of the units."""
    return Q(**{f"{post}__in": among.left}) | _works_there(among, post, units)


def _works_there(among: Seats, post: str, units: tuple[str, ...]) -> Q:
    found = NOTHING
    for working_in, posts in among.by_units().items():
        found |= Q(**{f"{post}__in": posts}) & _any(units, working_in)
    return found


def _works_on_it(matter: str, units: Collection[int]) -> Q:
    """Rows of matters in which one of the units has a part or reported: who works there does not decide on it."""
    if not units:
        return NOTHING
    reference: Any = OuterRef(f"{matter}_id" if matter else "pk")
    worked = Q(state=AssignmentState.ENDED, last_reported_on__isnull=False)
    parts = Assignment.objects.filter(worked | Q(state__in=GIVEN), matter=reference)
    return Q(Exists(parts.filter(unit_id__in=units)))


def _any(paths: tuple[str, ...], units: Iterable[int]) -> Q:
    found = NOTHING
    for path in paths:
        found |= Q(**{f"{path}__in": units})
    return found


def _path(matter: str, name: str) -> str:
    return f"{matter}__{name}" if matter else name
