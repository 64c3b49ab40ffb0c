"""Reads for the home pages; the desk reads everything and owns nothing."""

from __future__ import annotations

from datetime import date

from huiyin.actors import LEADERS, OFFICE, UNIT_STAFF, Actor, Role
from huiyin.desk.queries import leader, office, others, unit
from huiyin.desk.rules import Desk


def desk_of(viewer: Actor, *, today: date) -> Desk:
    """The desk of the most far-reaching post somebody holds."""
    if viewer.has(*OFFICE):
        return office.desk(viewer, today)
    if viewer.has(*LEADERS):
        return leader.desk(viewer, today)
    if viewer.has(*UNIT_STAFF):
        return unit.desk(viewer, today)
    if viewer.has(Role.AUDITOR):
        return others.auditor(viewer, today)
    return others.administrator(viewer)
