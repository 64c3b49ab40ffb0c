"""Reads about units and people for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from huiyin import clock
from huiyin.actors import Actor
from huiyin.people import queries
from huiyin.people.models import Post

router = Router(tags=["people"])


class UnitOut(Schema):
    """A unit of the directory."""

    id: int
    version: int
    code: str
    name: str
    short_name: str
    aliases: list[str]
    kind: str
    parent_id: int | None


class PostOut(Schema):
    """A post held today."""

    id: int
    unit_id: int
    unit: str
    role: str
    title: str


class PersonOut(Schema):
    """An account in use, with its posts."""

    id: int
    version: int
    username: str
    name: str
    posts: list[PostOut]


class MatchIn(Schema):
    """Names of units as a document writes them."""

    names: list[str]


class MatchOut(Schema):
    """The units a written name means, and how that was found."""

    written: str
    unit_ids: list[int]
    why: str


@router.get("/units", response=list[UnitOut], operation_id="units.list")
def units(request: HttpRequest) -> list[Any]:
    """The directory of the office, in its order."""
    return list(queries.units(viewer=_actor(request), today=clock.today()))


@router.get("/people", response=list[PersonOut], operation_id="people.list")
def people(request: HttpRequest) -> list[dict[str, Any]]:
    """The accounts in use with the posts held today."""
    return [
        {
            "id": line.user.pk,
            "version": line.user.version,
            "username": line.user.username,
            "name": line.user.name,
            "posts": [_post(post) for post in line.posts],
        }
        for line in queries.people(viewer=_actor(request), today=clock.today())
    ]


@router.get("/me", response=PersonOut, operation_id="me.get")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who is asking, with the posts held today (own and by delegation)."""
    actor = _actor(request)
    user = queries.account(actor)
    posts = [
        {
            "id": p.post_id,
            "unit_id": p.unit_id,
            "unit": p.unit_name,
            "role": p.role.value,
            "title": p.title,
        }
        for p in actor.posts
    ]
    return {
        "id": user.pk,
        "version": user.version,
        "username": user.username,
        "name": user.name,
        "posts": posts,
    }


@router.post("/units/match", response=list[MatchOut], operation_id="units.match")
def match(request: HttpRequest, data: MatchIn) -> list[dict[str, Any]]:
    """What written names mean in this office's directory; changes nothing."""
    index = queries.directory_index(_actor(request).jurisdiction_id, today=clock.today())
    found = [index.match(name) for name in data.names[:10_000]]
    return [{"written": m.written, "unit_ids": list(m.unit_ids), "why": m.why.value} for m in found]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.pk,
        "unit_id": post.unit_id,
        "unit": str(post.unit),
        "role": post.role,
        "title": post.title,
    }
