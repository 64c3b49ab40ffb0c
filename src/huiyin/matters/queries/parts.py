"""The parts of a joint handling as the lead and the office look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.matters.models import Assignment, HandBack, Matter, Report
from huiyin.matters.rules import GIVEN, AssignmentRole, AssignmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A unit's part in the matter with its own last report and objection."""

    assignment: Assignment
    report: Report | None
    objection: HandBack | None
    is_late: bool = False

    @property
    def is_lead(self) -> bool:
        return self.assignment.role == AssignmentRole.LEAD


def silent_parts(matter: Matter) -> list[Assignment]:
    """Supporting parts with neither a report nor a record of how the unit responded."""
    return [row for row in matter.assignments.all() if _is_silent(row)]


def _is_silent(row: Assignment) -> bool:
    answered = row.finished_on or row.last_reported_on or row.response
    return row.role == AssignmentRole.SUPPORTING and row.state in GIVEN and not answered


def part_is_late(row: Assignment, *, today: date) -> bool:
    """A supporting part past its day, not finished."""
    late = row.due_on is not None and row.due_on < today and row.finished_on is None
    return row.role == AssignmentRole.SUPPORTING and row.state in GIVEN and late


def parts_of(matter: Matter, reports: Sequence[Report], *, today: date) -> list[Part]:
    """Current parts, the lead first; with the objection that waits or was refused last."""
    rows = [row for row in matter.assignments.all() if row.state != AssignmentState.ENDED]
    rows.sort(key=lambda row: (row.role != AssignmentRole.LEAD, row.unit.position))
    objected = [row.pk for row in rows if row.state == AssignmentState.OBJECTED]
    raised = HandBack.objects.filter(assignment__in=objected, ruling="pending") if objected else []
    objections = {row.assignment_id: row for row in raised}
    last: dict[int, Report] = {}
    for report in reports:
        last.setdefault(report.assignment_id, report)
    for row in rows:
        row.matter = matter
    return [
        Part(
            assignment=row,
            report=last.get(row.pk),
            objection=objections.get(row.pk),
            is_late=part_is_late(row, today=today),
        )
        for row in rows
    ]
