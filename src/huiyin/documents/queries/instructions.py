"""Leaders' instructions with the matters that came from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from huiyin.actors import Actor
from huiyin.documents.models import Instruction
from huiyin.matters.models import Matter
from huiyin.matters.queries import know_plans, light_of
from huiyin.matters.rules import Shown

PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A matter from an instruction, with its light today."""

    matter: Matter
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An instruction and what answers it."""

    instruction: Instruction
    matters: list[Answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the list."""

    rows: list[Row]
    total: int
    first: int
    last: int
    previous: int | None
    following: int | None


def instructions(*, viewer: Actor, today: date, page: int = 1) -> Page:
    """What the viewer may see, newest first; three queries."""
    found = Instruction.objects.visible_to(viewer).select_related("leader_post__user", "document")
    total = found.count()
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    start = (page - 1) * PAGE
    rows = list(found[start : start + PAGE])
    answers = _answers([row.pk for row in rows], viewer, today)
    return Page(
        rows=[Row(instruction=row, matters=answers[row.pk]) for row in rows],
        total=total,
        first=start + 1 if total else 0,
        last=start + len(rows),
        previous=page - 1 if page > 1 else None,
        following=page + 1 if start + PAGE < total else None,
    )


def answers_to(row: Instruction, *, viewer: Actor, today: date) -> list[Answered]:
    """The matters from one instruction that the viewer may see."""
    return _answers([row.pk], viewer, today)[row.pk]


def _answers(ids: list[int], viewer: Actor, today: date) -> dict[int, list[Answered]]:
    matters = (
        Matter.objects.visible_to(viewer)
        .filter(source_type="instruction", source_id__in=ids)
        .select_related("lead_unit", "notice")
        .order_by("pk")
    )
    found: dict[int, list[Answered]] = defaultdict(list)
    know_plans(matters, today)
    for matter in matters:
        found[matter.source_id or 0].append(Answered(matter=matter, shown=light_of(matter, today)))
    return found
