"""What was sent already: the steps of the ladder, and when each person was urged last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from huiyin import clock
from huiyin.matters.models import Matter, Slip
from huiyin.matters.rules import SlipState
from huiyin.notices.holders import Holders
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
    """The last urging of each person about one matter, a slip among them."""
    rows = Reminder.objects.filter(matter=matter)
    urged = sent_about(rows, "matter_id").get(matter.pk, NOTHING)[1]
    slip = slips_about([matter.pk]).get(matter.pk)
    if slip is None:
        return urged
    return with_slip(urged, slip, Holders(matter.jurisdiction_id, clock.today()))


def slips_about(ids: Sequence[int]) -> dict[int, Slip]:
    """The last slip issued about each matter; a slip is an urging to those it reaches."""
    rows = Slip.objects.filter(matter__in=ids, state=SlipState.ISSUED).order_by("issued_on", "pk")
    return {row.matter_id: row for row in rows}


def with_slip(urged: Mapping[int, Told], slip: Slip | None, holders: Holders) -> dict[int, Told]:
    """The last urging of each person, the slip counted for the liaison officers and head of its unit."""
    found = dict(urged)
    if slip is None or slip.issued_on is None:
        return found
    told = Told(on=slip.issued_on, how=str(slip))
    for person in (*holders.liaison(slip.unit_id), *holders.head(slip.unit_id)):
        last = found.get(person.user)
        if last is None or last.on < told.on:
            found[person.user] = told
    return found
