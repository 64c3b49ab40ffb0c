"""Where the plan stands on a day: the same line the light follows, through the steps where they count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from huiyin.actors import Actor
from huiyin.matters.models import Matter, Milestone
from huiyin.matters.rules import Reason, expected, trajectory
from huiyin.matters.rules.turning import Point
from huiyin.rulebook.looks import scheme_here, scheme_of


def counted_steps(matter: Matter, today: date) -> tuple[date, ...]:
    """The steps that bend the plan's line; none where the scheme in force does not count them.

    One query for a matter whose steps were not read with it: see `know_plans` for several.
    """
    if not scheme_here(matter.jurisdiction_id, today=today).milestones:
        return ()
    return tuple(step.due_on for step in matter.milestones.all())


def know_plans(matters: Iterable[Matter], today: date) -> None:
    """The matters whose light tells how far they are behind know their steps: one query for all of them."""
    telling = [matter for matter in matters if _tells_points(matter, today)]
    prefetch_related_objects(telling, "milestones")


def _tells_points(matter: Matter, today: date) -> bool:
    if matter.is_standing or (matter.late_on is not None and matter.late_on <= today):
        return False
    turned = ((matter.behind_on, matter.behind_why), (matter.grave_on, matter.grave_why))
    return any(why == Reason.PROGRESS and on is not None and on <= today for on, why in turned)


def with_steps(found: QuerySet[Any], *, viewer: Actor, today: date) -> QuerySet[Any]:
    """The matters with what `plan_share` needs of their steps, so that a list asks no query for each."""
    if not scheme_of(viewer).milestones:
        return found
    inside = Milestone.objects.filter(
        matter=OuterRef("pk"), due_on__gt=OuterRef("dispatched_on"), due_on__lt=OuterRef("due_on")
    )
    past = inside.filter(due_on__lte=today)
    annotated: QuerySet[Any] = found.annotate(
        steps=Coalesce(_one(inside, Count("pk"), output_field=IntegerField()), 0),
        steps_past=_one(past, Count("pk"), output_field=IntegerField()),
        step_before=_one(past, Max("due_on")),
        step_after=_one(inside.filter(due_on__gt=today), Min("due_on")),
    )
    return annotated


def _one(rows: QuerySet[Any], what: Aggregate, **typed: Any) -> Subquery:
    counted = rows.order_by().values("matter").annotate(found=what)
    return Subquery(counted.values("found"), **typed)


def plan_share(matter: Matter, today: date) -> float | None:
    """Where the plan stands today, 0 to 1; None for what has no line from dispatch to a due day."""
    start, end = matter.dispatched_on, matter.due_on
    if start is None or end is None or matter.is_standing:
        return None
    if end <= start:
        return 1.0
    known = getattr(matter, "steps", None)
    if known:
        return expected(_piece(matter, start, end, known), today) / 100
    steps = () if known == 0 else counted_steps(matter, today)
    return expected(trajectory(start, end, steps), today) / 100


def _piece(matter: Any, start: date, end: date, steps: int) -> list[Point]:
    """The piece of `trajectory` on which today lies, from counts and neighbours alone."""
    past, each = matter.steps_past or 0, 100 / (steps + 1)
    after = 100 if past == steps else round(each * (past + 1))
    return [
        (matter.step_before or start, round(each * past)),
        (matter.step_after or end, after),
    ]
