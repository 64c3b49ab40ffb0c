"""The looks of lights by the scheme in force, from the digest read with everybody's posts: no query of its own."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable

from huiyin import clock
from huiyin.actors import Actor
from huiyin.rulebook import queries
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.models import RuleVersion
from huiyin.rulebook.rules import LIGHT_SCHEME, LightScheme
from huiyin.web import looks
from huiyin.web.looks import Look, Looks

BESIDE = "lights"
_PAGE_CODES = {"on_time": "ontime"}
"""What pages call a light where the rule has another name for it."""


def digest_in_force(_user: int) -> Combinable:
    """The digest of the office's scheme today, to be read with a row that has a `jurisdiction_id`."""
    versions = RuleVersion.objects.filter(
        rule__jurisdiction_id=OuterRef("jurisdiction_id"),
        rule__code=LIGHT_SCHEME.code,
        effective_on__lte=clock.today(),
    )
    return Subquery(versions.order_by("-number").values("digest")[:1])


def scheme_of(viewer: Actor) -> LightScheme:
    """The scheme in force in somebody's office; the shipped one where none was adopted."""
    digest = viewer.beside.get(BESIDE)
    found = queries.kept_lights(str(digest)) if digest else None
    return found or LIGHT_SCHEME.parse(shipped(LIGHT_SCHEME.code).body)


def scheme_here(jurisdiction_id: int, *, today: date) -> LightScheme:
    """The scheme in force in an office: asked of the database only outside a request of somebody there."""
    viewer = looks.viewer()
    if viewer is not None and viewer.jurisdiction_id == jurisdiction_id:
        return scheme_of(viewer)
    return queries.book(jurisdiction_id, LIGHT_SCHEME.code).lights(on=today)


def looks_of(viewer: Actor) -> Looks:
    """How lights look to somebody; nothing said where no scheme was adopted."""
    digest = viewer.beside.get(BESIDE)
    scheme = queries.kept_lights(str(digest)) if digest else None
    if scheme is None:
        return {}
    words = {row["light"]: row["word"] for row in shipped(LIGHT_SCHEME.code).body["rows"]}
    return {
        _PAGE_CODES.get(mark.light, mark.light): Look(
            shape=mark.shape,
            colour=mark.colour,
            word="" if mark.word == words.get(mark.light) else mark.word,
        )
        for mark in scheme.marks
    }
