"""Who may break down, merge, split, reopen and follow on, and what stands against it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.actors import UNIT_STAFF, Actor
from huiyin.matters.clocks import WITH_UNIT
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.permits.main import arranged, is_office, works_in_lead_unit
from huiyin.matters.rules import LIVE, MatterState
from huiyin.people.models import Jurisdiction, Unit

LOWER_GOVERNMENTS = (Unit.Kind.GOVERNMENT, Unit.Kind.TOWN)
"""Kinds of units that are governments themselves and may break down once more what reached them."""


def breaks_down(actor: Actor, matter: Matter) -> bool:
    """The unit that answers for the whole arranges its parts; else the office."""
    return is_office(actor, matter) or works_in_lead_unit(actor, matter)


def arranges(actor: Actor, matter: Matter) -> bool:
    """The office, or whoever arranged the part or what it is a part of; never its own unit."""
    if is_office(actor, matter) or arranged(actor, matter):
        return True
    return matter.parent is not None and arranged(actor, matter.parent)


def volunteers(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """Staff of a unit of the jurisdiction."""
    return actor.has(*UNIT_STAFF) and actor.jurisdiction_id == jurisdiction.pk


def open_parts_of(matter: Matter) -> int:
    """How many parts of the matter are still open; a matter read for its page knows it already."""
    known: int | None = getattr(matter, "open_parts", None)
    return matter.children.filter(state__in=LIVE).count() if known is None else known


def parts_are_open(matter: Matter, actor: Actor) -> str | None:
    """A whole does not end while parts of it are open: the unit that arranged them answers for all."""
    count = open_parts_of(matter)
    return (
        _("还有 %(n)d 件分解事项没有办结，请先办结、核查或撤销。") % {"n": count} if count else None
    )


def lead_parts_are_open(assignment: Assignment, actor: Actor) -> str | None:
    """See `parts_are_open`."""
    return parts_are_open(assignment.matter, actor)


def broken_down_enough(matter: Matter, actor: Actor) -> str | None:
    """A unit breaks down once; a lower government breaks down once more what it was given."""
    if matter.parent is None:
        return None
    if matter.parent.parent_id is not None:
        return _("已经分解到第三级，不再往下分解。")
    if matter.lead_unit is None or matter.lead_unit.kind not in LOWER_GOVERNMENTS:
        return _("分解下来的事项由本单位直接办理；只有下级政府可以再分解一次。")
    return None


def was_said_to_be_done(matter: Matter, actor: Actor) -> str | None:
    """What is said to be done is verified and not merged, also while its clock stands with its whole's."""
    if matter.state != MatterState.SUSPENDED or matter.suspended_from in WITH_UNIT:
        return None
    return _("中止以前已经报送办结，请恢复后核查，不能合并。")


def whole_is_not_under_way(matter: Matter, actor: Actor) -> str | None:
    """A part is not opened again under a whole that is over or waits to be verified."""
    whole = matter.parent
    if whole is None or whole.state in WITH_UNIT:
        return None
    return _("它所属的事项现在是“%(state)s”，请先退回重办或重新启封那一件。") % {
        "state": whole.get_state_display()
    }
