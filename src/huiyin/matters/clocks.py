"""The days a matter's light turns and its next report is due, derived from its row by the rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from huiyin.matters.rules import Known, MatterState, Turning, turning
from huiyin.rulebook.queries import Book

if TYPE_CHECKING:
    from huiyin.matters.models import Matter, Milestone

WITH_UNIT = (MatterState.DISPATCHED, MatterState.UNDER_WAY)
"""States in which the unit has the next move; afterwards the office has, and no report is late."""


def retime(matter: Matter, book: Book, *, today: date) -> None:
    """The matter's turning dates follow from its row and the light scheme in force."""
    scheme = book.lights(on=today)
    steps = list(matter.milestones.all()) if matter.pk and scheme.milestones else []
    set_turning(matter, turning(known(matter, steps), scheme, book.calendar(today)))
    matter.due_flagged = flagged(matter, book, today)


def flagged(matter: Matter, book: Book, today: date) -> bool:
    """Whether it is due in a year whose holidays are not known yet."""
    due_on = None if matter.is_standing else matter.due_on
    return due_on is not None and due_on.year not in book.calendar(today).years


def set_turning(matter: Matter, turns: Turning) -> None:
    """The row holds these turning dates with their reasons."""
    matter.behind_on, matter.behind_why = turns.behind_on, turns.behind_why
    matter.grave_on, matter.grave_why = turns.grave_on, turns.grave_why
    matter.attention_on, matter.late_on = turns.attention_on, turns.late_on


def turning_of(matter: Matter) -> Turning:
    """The turning dates as the row has them."""
    return Turning(
        behind_on=matter.behind_on,
        behind_why=matter.behind_why,
        attention_on=matter.attention_on,
        grave_on=matter.grave_on,
        grave_why=matter.grave_why,
        late_on=matter.late_on,
    )


def known(matter: Matter, milestones: Sequence[Milestone] = ()) -> Known:
    """What the row says that its light depends on; nothing turns while it is suspended."""
    if matter.state == MatterState.SUSPENDED:
        return Known(start=None, due_on=None)
    with_unit = matter.state in WITH_UNIT
    return Known(
        start=matter.dispatched_on,
        due_on=None if matter.is_standing else matter.due_on,
        percent=matter.reported_percent,
        urgent=matter.urgency != "normal",
        milestones=[(step.due_on, step.done_on is not None) for step in milestones]
        if with_unit
        else (),
        next_report_on=matter.next_report_on,
        last_reported_on=matter.last_reported_on,
        unchanged=matter.unchanged_reports,
        returned=matter.sent_back > 0 and matter.state == MatterState.UNDER_WAY,
        with_unit=with_unit,
    )
