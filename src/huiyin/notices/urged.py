"""What was sent already: the steps of the ladder, and when each person was urged last."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.matters.models import Matter
from huiyin.notices.models import Reminder
from huiyin.notices.rules import Told
from huiyin.notices.rules.ladder import Mark
from huiyin.notices.said import how

About = tuple[frozenset[Mark], dict[int, Told]]
"""The steps already sent about one thing, and the last urging of each person about it."""
NOTHING: About = (frozenset(), {})


def sent_about(rows: QuerySet[Reminder], column: str) -> dict[int, About]:
    """What these urgings come to, by the id in `column` (the matter or the list)."""
    marks: dict[int, set[Mark]] = {}
    urged: dict[int, dict[int, Told]] = {}
    for row in rows.order_by("sent_at", "pk"):
        about = getattr(row, column)
        last = urged.setdefault(about, {})
        for person in row.recipients:
            last[person["user"]] = Told(on=row.sent_on, how=how(row))
        if row.clock and row.base_on is not None:
            mark = (row.clock, row.base_on, row.unit_id, row.days, row.rung)
            marks.setdefault(about, set()).add(mark)
    return {about: (frozenset(marks.get(about, ())), last) for about, last in urged.items()}


def urged_about(matter: Matter) -> dict[int, Told]:
    """The last urging of each person about one matter."""
    rows = Reminder.objects.filter(matter=matter)
    return sent_about(rows, "matter_id").get(matter.pk, NOTHING)[1]
