"""Who may read the whole trail and carry it away."""

from __future__ import annotations

from huiyin.actors import OFFICE, Actor, Role
from huiyin.people.models import Jurisdiction

READERS = frozenset({Role.AUDITOR, Role.PRINCIPAL_LEADER, *OFFICE})


def reads_trail(actor: Actor) -> bool:
    """The auditor, the principal leader and the office see every event of the jurisdiction."""
    return actor.has(*READERS)


def carries_away(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """Only the auditor takes an export or a seal out of the office."""
    return actor.has(Role.AUDITOR) and actor.jurisdiction_id == jurisdiction.pk


def runs_machine(actor: Actor) -> bool:
    """The system administrator sees what the machine gave up, and nothing of the business in it."""
    return actor.has(Role.SYSTEM_ADMIN)
