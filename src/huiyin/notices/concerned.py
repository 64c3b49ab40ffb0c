"""Whom a matter concerns today: everybody who may be urged about it by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.matters.models import Matter
from huiyin.matters.rules import AssignmentRole, AssignmentState
from huiyin.notices.holders import Holders
from huiyin.notices.rules import Addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """The people of a matter: the lead unit's liaison officers, and everybody who may be urged."""

    liaison: tuple[Addressee, ...]
    everybody: tuple[Addressee, ...]


def concerned(matter: Matter, *, on: date) -> Concerned:
    """The lead unit first, then the supporting ones, then the leader in charge; each person once."""
    holders = Holders(matter.jurisdiction_id, on)
    rows = [row for row in matter.assignments.all() if row.state != AssignmentState.ENDED]
    rows.sort(key=lambda row: (row.role != AssignmentRole.LEAD, row.pk))
    people = [
        person
        for row in rows
        for person in (*holders.liaison(row.unit_id), *holders.head(row.unit_id))
    ]
    lead = matter.lead_unit_id or 0
    people += holders.leader(lead, matter.personal_lead_id, matter.leader_post_id)
    once = {person.user: person for person in reversed(people)}
    everybody = sorted(once.values(), key=people.index)
    return Concerned(liaison=holders.liaison(lead), everybody=tuple(everybody))
