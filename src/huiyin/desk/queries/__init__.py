"""Reads for the home pages; the desk reads everything and owns nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from huiyin.actors import LEADERS, OFFICE, UNIT_STAFF, Actor, Role
from huiyin.desk.queries import leader, office, others, unit
from huiyin.desk.rules import Desk, Section

Sections = tuple[Section, ...]


def desk_of(viewer: Actor, *, today: date) -> Desk:
    """The desk of the most far-reaching post somebody holds, with what waits for them in their other posts."""
    if viewer.has(*OFFICE):
        desk = office.desk(viewer, today)
        decided = leader.beside(viewer, today) if viewer.has(*LEADERS) else ()
        return _with(desk, before=decided, after=_of_unit(viewer, today))
    if viewer.has(*LEADERS):
        return _with(leader.desk(viewer, today), after=_of_unit(viewer, today))
    if viewer.has(*UNIT_STAFF):
        return unit.desk(viewer, today)
    if viewer.has(Role.AUDITOR):
        return others.auditor(viewer, today)
    return others.administrator(viewer, today)


def _of_unit(viewer: Actor, today: date) -> Sections:
    return unit.beside(viewer, today) if viewer.has(*UNIT_STAFF) else ()


def _with(desk: Desk, *, before: Sections = (), after: Sections = ()) -> Desk:
    return replace(desk, sections=(*before, *desk.sections, *after))
