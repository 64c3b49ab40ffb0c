"""What this feature adds to pages of the features below, registered once at start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.actors import OFFICE, Actor
from huiyin.matters.columns import Column, register_column
from huiyin.matters.trail import register_tellers
from huiyin.notices import actions as _actions  # noqa: F401 - the verbs are registered
from huiyin.notices.queries.counts import times_urged, unit_urged
from huiyin.notices.queries.inbox import unread_of
from huiyin.notices.telling import TELLERS
from huiyin.people.models import Unit
from huiyin.people.parts import Part, register_unit_part
from huiyin.people.queries import read_beside
from huiyin.web.badges import Badge, register_badge
from huiyin.web.context import BUSINESS


def _urged(unit: Unit, viewer: Actor) -> Part | None:
    """How often the unit was urged this year, for the office."""
    if not viewer.has(*OFFICE):
        return None
    return Part(template="notices/_unit.html", given=unit_urged(unit, today=clock.today()))


def register() -> None:
    """Urgings have their sentences and their counts, the inbox its place in every page's head."""
    register_tellers(TELLERS)
    read_beside("unread", unread_of)
    register_column(Column(head=_("催办次数"), width=10, values=times_urged))
    register_unit_part(_urged)
    register_badge(
        Badge(
            path="/inbox/",
            label=_("收件"),
            count=lambda viewer: viewer.beside.get("unread", 0),
            shown=lambda viewer: viewer.has(*BUSINESS),
        )
    )
