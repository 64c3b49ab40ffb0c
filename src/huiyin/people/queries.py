"""Reads about people: the actor behind a request, units by name, who is in charge of what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q
from django.db.models.expressions import Combinable

from huiyin.actors import Actor, Capacity, Role
from huiyin.people.matching import Directory, Entry
from huiyin.people.models import Delegation, Portfolio, Post, Unit, User, held_on
from huiyin.people.passwords import DEMO_PASSWORD

Beside = Callable[[int], Combinable]
_beside: dict[str, Beside] = {}


def read_beside(name: str, expression: Beside) -> None:
    """From now on this value (an expression made of the user's id) is read with everybody's posts."""
    _beside[name] = expression


def actor_of(user: User, *, today: date) -> Actor:
    """The person with every post held today, own and delegated (four queries at most)."""
    beside = {name: expression(user.pk) for name, expression in _beside.items()}
    own = list(
        Post.objects.filter(held_on(today), user=user).select_related("unit").annotate(**beside)
    )
    lent = list(
        Delegation.objects.filter(held_on(today), held_on(today, "post__"), to=user)
        .select_related("post__unit", "post__user")
        .annotate(**beside)
    )
    first: Any = next(iter([*own, *lent]), None)
    reach = _portfolios([*own, *(d.post for d in lent)], today)
    posts = [_capacity(post, reach) for post in own]
    works = _units_of([d.post.user_id for d in lent], today)
    posts += [_capacity(d.post, reach, d.post.user, works[d.post.user_id]) for d in lent]
    return Actor(
        user_id=user.pk,
        name=user.name,
        jurisdiction_id=user.jurisdiction_id,
        posts=tuple(posts),
        beside={name: getattr(first, name) or 0 for name in beside if first is not None},
    )


def _units_of(users: Iterable[int], today: date) -> dict[int, frozenset[int]]:
    """The units in which each of these people works today; no query for nobody."""
    wanted = set(users)
    if not wanted:
        return {}
    rows = Post.objects.filter(held_on(today), user_id__in=wanted)
    found: dict[int, set[int]] = {user: set() for user in wanted}
    for user, unit in rows.values_list("user_id", "unit_id"):
        found[user].add(unit)
    return {user: frozenset(units) for user, units in found.items()}


def _portfolios(posts: Iterable[Post], today: date) -> dict[int, set[int]]:
    """Units each leader's post is in charge of today."""
    leaders = [post.pk for post in posts if post.role == Role.LEADER_IN_CHARGE]
    reach: dict[int, set[int]] = {}
    if leaders:
        rows = Portfolio.objects.filter(
            held_on(today), post__in=leaders, kind=Portfolio.Kind.IN_CHARGE
        )
        for row in rows:
            reach.setdefault(row.post_id, set()).add(row.unit_id)
    return reach


def _capacity(
    post: Post,
    reach: dict[int, set[int]],
    behalf: User | None = None,
    lender_units: frozenset[int] = frozenset(),
) -> Capacity:
    return Capacity(
        post_id=post.pk,
        role=Role(post.role),
        title=post.title,
        unit_id=post.unit_id,
        unit_name=str(post.unit),
        portfolio=frozenset(reach.get(post.pk, ())),
        on_behalf_of=behalf.pk if behalf else None,
        on_behalf_of_name=behalf.name if behalf else "",
        lender_units=lender_units,
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
        Post.objects.filter(
            held_on(today), jurisdiction_id=jurisdiction_id, role=Role.PRINCIPAL_LEADER
        )
        .select_related("user", "unit")
        .first()
    )


def standing_units(jurisdiction_id: int, *, today: date) -> list[Unit]:
    """The units that stand on a day, in the order of the directory."""
    return list(Unit.objects.filter(jurisdiction_id=jurisdiction_id).standing_on(today))


def directory_index(jurisdiction_id: int, *, today: date) -> Directory:
    """The directory as `matching.match` needs it, one query."""
    return directory_of(standing_units(jurisdiction_id, today=today))


def directory_of(units: Iterable[Unit]) -> Directory:
    """These units by every name they are called."""
    return Directory(
        Entry(
            unit_id=unit.pk,
            name=unit.name,
            short_name=unit.short_name,
            aliases=tuple(unit.aliases),
            kind=unit.kind,
        )
        for unit in units
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One line of the directory: the unit, how deep it lies, who leads it and who works in it."""

    unit: Unit
    level: int
    leader: Post | None
    staff: tuple[Post, ...]


def unit_lines(*, viewer: Actor, today: date) -> list[UnitLine]:
    """The directory as a tree, three queries: every unit under its superior, in its order."""
    units = standing_units(viewer.jurisdiction_id, today=today)
    leaders = {
        row.unit_id: row.post
        for row in Portfolio.objects.filter(
            held_on(today), jurisdiction_id=viewer.jurisdiction_id, kind=Portfolio.Kind.IN_CHARGE
        ).select_related("post__user")
    }
    staff: dict[int, list[Post]] = {}
    posts = Post.objects.filter(held_on(today), jurisdiction_id=viewer.jurisdiction_id)
    for post in posts.select_related("user"):
        staff.setdefault(post.unit_id, []).append(post)
    return [
        UnitLine(
            unit=unit,
            level=max(unit.path.count("/") - 2, 0),
            leader=leaders.get(unit.pk),
            staff=tuple(staff.get(unit.pk, ())),
        )
        for unit in in_tree_order(units)
    ]


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Every unit after its superior and before the superior's next sibling."""
    below: dict[int | None, list[Unit]] = {}
    every = list(units)
    there = {unit.pk for unit in every}
    for unit in every:
        below.setdefault(unit.parent_id if unit.parent_id in there else None, []).append(unit)
    ordered: list[Unit] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(reversed(below.get(unit.pk, [])))
    return ordered


def known_names(jurisdiction_id: int, *, today: date) -> dict[str, str]:
    """Every name of the directory → the full name of its unit."""
    units = standing_units(jurisdiction_id, today=today)
    return {name: unit.name for unit in units for name in unit.names}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One line of the list of people."""

    user: User
    posts: tuple[Post, ...]


def people(
    *, viewer: Actor, today: date, words: str = "", inactive: bool = False
) -> list[PersonLine]:
    """Accounts of the viewer's office with the posts held today; two queries.

    `words` is looked for in names, account names and units.
    """
    users = User.objects.visible_to(viewer).filter(is_active=not inactive).order_by("pk")
    posts: dict[int, list[Post]] = {}
    held = Post.objects.filter(held_on(today), jurisdiction_id=viewer.jurisdiction_id)
    for post in held.select_related("unit"):
        posts.setdefault(post.user_id, []).append(post)
    lines = [PersonLine(user=user, posts=tuple(posts.get(user.pk, ()))) for user in users]
    return [line for line in lines if _speaks_of(line, words)] if words else lines


def _speaks_of(line: PersonLine, words: str) -> bool:
    texts = [line.user.name, line.user.username]
    for post in line.posts:
        texts += [post.title, *post.unit.names]
    return any(words in text for text in texts)


def demo_accounts() -> list[dict[str, str]]:
    """Who may sign in to the demo, with the password they all share."""
    users = User.objects.filter(jurisdiction__is_demo=True, is_active=True).order_by("pk")
    posts: dict[int, Post] = {}
    for post in Post.objects.filter(jurisdiction__is_demo=True, ended_on=None).select_related(
        "unit"
    ):
        posts.setdefault(post.user_id, post)
    return [
        {
            "username": user.username,
            "password": DEMO_PASSWORD,
            "name": user.name,
            "title": f"{posts[user.pk].unit} {posts[user.pk].title}" if user.pk in posts else "",
        }
        for user in users
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """What the page of one unit shows besides its own row."""

    leader: Post | None
    inherited: bool
    liaison: tuple[Post, ...]
    staff: tuple[Post, ...]
    below: tuple[Unit, ...]
    predecessors: tuple[Unit, ...]


def unit_page(unit: Unit, *, today: date) -> UnitPage:
    """Who leads a unit (itself or through its superior), who works there, what lies below it."""
    rows = list(
        Portfolio.objects.filter(held_on(today), unit=unit).select_related(
            "post__user", "post__unit"
        )
    )
    own = next((row.post for row in rows if row.kind == Portfolio.Kind.IN_CHARGE), None)
    staff = Post.objects.filter(held_on(today), unit=unit).select_related("user", "unit")
    return UnitPage(
        leader=own or leader_post_for(unit.pk, today=today),
        inherited=own is None,
        liaison=tuple(row.post for row in rows if row.kind == Portfolio.Kind.LIAISON),
        staff=tuple(staff),
        below=tuple(Unit.objects.filter(parent=unit).standing_on(today)),
        predecessors=tuple(unit.predecessors.all()),
    )


def active_users(viewer: Actor) -> list[User]:
    """The accounts of the viewer's office that are in use."""
    return list(User.objects.visible_to(viewer).filter(is_active=True).order_by("pk"))


def posts_of(user: User, *, today: date) -> list[tuple[Post, list[Portfolio], list[Delegation]]]:
    """A person's posts (today's and coming ones), each with its portfolio and who it is lent to."""
    posts = list(
        Post.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), user=user).select_related(
            "unit", "user"
        )
    )
    portfolio = Portfolio.objects.filter(post__in=posts, ended_on=None).select_related(
        "unit", "post"
    )
    loans = Delegation.objects.filter(post__in=posts, ended_on__gt=today).select_related(
        "to", "post"
    )
    return [
        (
            post,
            [row for row in portfolio if row.post_id == post.pk],
            [row for row in loans if row.post_id == post.pk],
        )
        for post in posts
    ]


def lent_to(user: User, *, today: date) -> list[Delegation]:
    """Posts of others in which the person acts, now or soon."""
    rows = Delegation.objects.filter(to=user, ended_on__gt=today)
    return list(rows.select_related("post__user", "post__unit"))


def account(actor: Actor) -> User:
    """The account of the person who acts."""
    return User.objects.get(pk=actor.user_id or 0)


def is_locked(user: User, *, now: datetime) -> bool:
    """Whether wrong passwords have locked the account, from one address at least."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(username=user.username, attempt_time__gt=since)
    return bool(attempts.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())
