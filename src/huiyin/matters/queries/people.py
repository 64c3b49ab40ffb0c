"""Units, leaders and contacts as the pages of matters need them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.actors import LEADERS, UNIT_STAFF, Actor
from huiyin.people import queries as people
from huiyin.people.models import Post, Unit, held_on


def units(*, viewer: Actor, today: date) -> list[Unit]:
    """The units that can answer for a matter, in the order of the directory."""
    return people.units(viewer=viewer, today=today)


def leaders(*, viewer: Actor, today: date) -> list[Post]:
    """The posts of the leaders, in their order."""
    rows = Post.objects.filter(
        held_on(today), jurisdiction_id=viewer.jurisdiction_id, role__in=LEADERS
    )
    return list(rows.select_related("user", "unit"))


def contacts(unit_ids: Iterable[int], *, today: date) -> dict[int, list[Post]]:
    """Head and liaison officer of each unit, the head first."""
    rows = Post.objects.filter(held_on(today), unit_id__in=list(unit_ids), role__in=UNIT_STAFF)
    found: dict[int, list[Post]] = {}
    for post in rows.select_related("user").order_by("-role", "position", "pk"):
        found.setdefault(post.unit_id, []).append(post)
    return found


def leader_name(post: Post | None) -> str:
    """`沈岚副市长`; nothing for no post."""
    return f"{post.user.name}{post.title}" if post is not None else ""
