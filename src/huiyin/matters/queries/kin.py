"""The matters a matter came from, went into or is followed by, and those it could be merged into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.matters.models import Matter
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.planned import know_plans
from huiyin.matters.rules import REPLACED, MatterState, Shown

HOPS = 12
"""Merges and splits in a row that are followed; nobody reshapes a matter that often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A matter this one is tied to: how, which, and whether the viewer may open it."""

    tie: str
    matter: Matter
    shown: Shown
    opens: bool


def kin_of(matter: Matter, *, viewer: Actor, today: date) -> list[Kin]:
    """Whole, origin and heirs of a `shaped` matter; two queries, and none when it stands alone."""
    above = [matter.parent_id, matter.merged_into_id, matter.split_from_id, matter.follows_id]
    wanted = [pk for pk in above if pk is not None]
    if not wanted and not getattr(matter, "has_kin", True):
        return []
    tied = Q(pk__in=wanted) | Q(merged_into=matter) | Q(split_from=matter) | Q(follows=matter)
    rows = list(
        Matter.objects.filter(tied)
        .select_related("lead_unit", "notice")
        .order_by("row", "part", "pk")
    )
    know_plans(rows, today)
    seen = Matter.objects.visible_to(viewer).filter(pk__in=[row.pk for row in rows])
    open_to = set(seen.values_list("pk", flat=True))
    return [
        Kin(tie=_tie(matter, row), matter=row, shown=light_of(row, today), opens=row.pk in open_to)
        for row in rows
    ]


def _tie(matter: Matter, other: Matter) -> str:
    """How another matter is tied to this one, seen from here."""
    if other.pk == matter.parent_id:
        return _("所属事项")
    if other.pk == matter.merged_into_id:
        return _("已并入")
    if other.pk == matter.split_from_id:
        return _("拆分自")
    if other.pk == matter.follows_id:
        return _("接续前件")
    if other.merged_into_id == matter.pk:
        return _("并入本件的")
    return _("拆分成") if other.split_from_id == matter.pk else _("办结后新批示")


def carriers(replaced: Iterable[int]) -> dict[int, list[Matter]]:
    """What carries on each matter that was merged or split, at the end of the line; one query a hop."""
    origins = {pk: {pk} for pk in replaced}
    found: dict[int, list[Matter]] = {pk: [] for pk in origins}
    for _hop in range(HOPS):
        if not origins:
            break
        origins = _next_hop(origins, found)
    return found


def _next_hop(origins: dict[int, set[int]], found: dict[int, list[Matter]]) -> dict[int, set[int]]:
    """Carriers of these matters are found, or are replaced themselves and followed further."""
    rows = (
        Matter.objects.filter(Q(merged_here__in=origins) | Q(split_from__in=origins))
        .annotate(of=F("merged_here__pk"))
        .select_related("lead_unit", "notice", "plan")
    )
    further: dict[int, set[int]] = {}
    for row in rows:
        came: int | None = getattr(row, "of", None)
        heirs = {pk for source in (came, row.split_from_id) for pk in origins.get(source or 0, ())}
        if row.state in REPLACED:
            further.setdefault(row.pk, set()).update(heirs)
        else:
            _add(found, heirs, row)
    return further


def _add(found: dict[int, list[Matter]], heirs: Iterable[int], row: Matter) -> None:
    for pk in heirs:
        if row not in found[pk]:
            found[pk].append(row)


def mergeable(matter: Matter, *, viewer: Actor, most: int = 200) -> Sequence[Matter]:
    """Open matters that could carry on this one, those of the same lead first."""
    states = (
        [MatterState.REGISTERED, MatterState.DISPATCHED, MatterState.UNDER_WAY]
        if matter.state == MatterState.REGISTERED
        else [MatterState.DISPATCHED, MatterState.UNDER_WAY]
    )
    rows = (
        Matter.objects.visible_to(viewer)
        .filter(state__in=states, parent=matter.parent_id)
        .exclude(pk=matter.pk)
        .select_related("lead_unit", "notice")
    )
    same = list(rows.filter(lead_unit=matter.lead_unit_id).order_by("-pk")[:most])
    others = rows.exclude(lead_unit=matter.lead_unit_id).order_by("-pk")[: most - len(same)]
    return [*same, *others]
