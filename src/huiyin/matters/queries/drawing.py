"""Draws as pages show them, what was drawn for a check, and rectifications on their way to be struck off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.errors import NotFound, Words
from huiyin.matters.models import Draw, DrawnCheck, Matter, StrikeOff
from huiyin.matters.rules import ON_ITS_WAY, DrawnState, MatterState, StrikeOffState
from huiyin.matters.rules.draws import SCOPES, drawn

MOST = 100
"""Lines of one kind on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPage:
    """One draw with its checks; `repeats` says whether drawing again gives the same matters."""

    draw: Draw
    scope: Words
    checks: list[DrawnCheck]
    repeats: bool


def draw_page(pk: int, *, viewer: Actor) -> DrawPage:
    """One draw, for those who see the whole register; else NotFound."""
    draw = Draw.objects.filter(pk=pk, jurisdiction_id=viewer.jurisdiction_id).first()
    if draw is None or not viewer.sees_all:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    checks = list(_with_names(draw.checks.order_by("place")))
    again = drawn(draw.population, draw.size, draw.seed)
    return DrawPage(
        draw=draw,
        scope=SCOPES.get(draw.scope, draw.scope),
        checks=checks,
        repeats=again == [check.drawn_id for check in checks],
    )


def latest_draws(*, viewer: Actor) -> list[Draw]:
    """The last five draws, newest first."""
    return list(Draw.objects.filter(jurisdiction_id=viewer.jurisdiction_id).order_by("-pk")[:5])


def waiting_drawn(*, viewer: Actor) -> Sequence[DrawnCheck]:
    """Drawn and not yet checked, the earliest day first."""
    rows = DrawnCheck.objects.filter(
        state=DrawnState.OPEN, matter__in=Matter.objects.visible_to(viewer)
    )
    return list(_with_names(rows.order_by("due_on", "pk"))[:MOST])


def waiting_effects(*, viewer: Actor, today: date) -> list[Matter]:
    """Closed matters whose look back has come, the earliest first."""
    rows = Matter.objects.visible_to(viewer).filter(state=MatterState.CLOSED, effect_on__lte=today)
    return list(rows.select_related("lead_unit", "notice").order_by("effect_on", "pk")[:MOST])


def waiting_strike_offs(*, viewer: Actor, today: date) -> list[StrikeOff]:
    """Rectifications that wait for a signature, for publication, or whose publication is over."""
    rows = StrikeOff.objects.filter(
        matter__in=Matter.objects.visible_to(viewer),
        state__in=ON_ITS_WAY,
    ).select_related("matter__lead_unit", "matter__notice")
    found = rows.order_by("pk")[:MOST]
    return [row for row in found if row.state != StrikeOffState.PUBLISHED or _over(row, today)]


def published(*, viewer: Actor, today: date) -> list[StrikeOff]:
    """Rectifications published inside today: everybody of the office may read and object."""
    rows = StrikeOff.objects.filter(
        matter__jurisdiction_id=viewer.jurisdiction_id, state=StrikeOffState.PUBLISHED
    ).select_related("matter__lead_unit", "matter__notice", "verification")
    return [row for row in rows.order_by("published_until", "pk")[:MOST] if not _over(row, today)]


def _over(row: StrikeOff, today: date) -> bool:
    return row.published_until is None or row.published_until < today


def _with_names(rows: QuerySet[DrawnCheck]) -> QuerySet[DrawnCheck]:
    return rows.select_related(
        "matter__lead_unit", "matter__notice", "checker_post__user", "verification"
    )
