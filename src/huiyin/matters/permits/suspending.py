"""Who may stop and start the clock of a matter and of what it was broken down into, and what stands against it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.permits.conditions import own_unit
from huiyin.matters.permits.shaping import open_parts_of
from huiyin.matters.rules import GIVEN, LIVE, AssignmentState, MatterState


def within_whole(actor: Actor, part: Matter) -> bool:
    """Whoever stops or starts a whole does so with its parts; these verbs are only performed within that."""
    return part.parent_id is not None and part.jurisdiction_id == actor.jurisdiction_id


# Conditions: the name is the refusal's code.


def objection_waits(matter: Matter, actor: Actor) -> str | None:
    """Whose matter it is comes first; then the clock may be stopped."""
    for row in matter.assignments.all():
        if row.state == AssignmentState.OBJECTED:
            return _("单位提出了异议，请先裁定归属。")
    return None


def suspends_own_unit(matter: Matter, actor: Actor) -> str | None:
    """Nobody stops or starts the clock of what their own unit does."""
    if own_unit(matter, actor):
        return _("您所在单位承办这件事，中止、恢复须由单位以外的人决定。")
    return None


def suspends_own_part(matter: Matter, actor: Actor) -> str | None:
    """The clocks of the parts stop and run with that of the whole: see `suspends_own_unit`."""
    if not open_parts_of(matter):
        return None
    if _units_below(matter).filter(unit_id__in=actor.own_units).exists():
        return _("您所在单位承办其中的分解事项，中止、恢复须由单位以外的人决定。")
    return None


def part_objection_waits(matter: Matter, actor: Actor) -> str | None:
    """See `objection_waits`: whose part it is comes first."""
    if not open_parts_of(matter):
        return None
    row = _units_below(matter).filter(state=AssignmentState.OBJECTED).first()
    if row is None:
        return None
    return _("%(unit)s对分解事项“%(title)s”提出了异议，请先裁定归属。") % {
        "unit": row.unit,
        "title": row.matter.title,
    }


def _units_below(matter: Matter) -> QuerySet[Assignment]:
    """Who has a share in the open parts of the matter, and in the parts of those."""
    below = Q(matter__parent=matter) | Q(matter__parent__parent=matter)
    rows = Assignment.objects.filter(below, matter__state__in=LIVE, state__in=GIVEN)
    return rows.select_related("unit", "matter").order_by("pk")


def whole_stands(matter: Matter, actor: Actor) -> str | None:
    """No part runs while its whole stands: what stopped with the whole runs again with it."""
    whole = matter.parent
    if whole is None or whole.state != MatterState.SUSPENDED:
        return None
    words = {"title": whole.title}
    if matter.suspensions.filter(resumed_on=None, with_whole=None).exists():
        return _("它所属的“%(title)s”还在中止，请先恢复那一件。") % words
    return _("它是随所属的“%(title)s”一起中止的，不能单独恢复；那一件恢复，它就恢复。") % words
