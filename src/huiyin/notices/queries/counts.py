"""How often something was urged: a fact about matters and units, never a ranking of persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from huiyin.notices.models import Reminder
from huiyin.people.models import Unit

CHUNK = 500


def times_urged(matters: Sequence[int]) -> Mapping[int, int]:
    """On how many days each matter was urged (催办次数); several steps of one day are one time."""
    found: dict[int, int] = {}
    for start in range(0, len(matters), CHUNK):
        rows = Reminder.objects.of_units().filter(matter__in=matters[start : start + CHUNK])
        counted = rows.order_by().values("matter_id").annotate(n=Count("sent_on", distinct=True))
        found |= {row["matter_id"]: row["n"] for row in counted}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitUrged:
    """Urgings of one unit in a year: by the clock, by people, about how many matters."""

    year: int
    by_clock: int
    by_hand: int
    about: int

    @property
    def total(self) -> int:
        return self.by_clock + self.by_hand


def unit_urged(unit: Unit, *, today: date) -> UnitUrged:
    """How often a unit was urged this year; one query."""
    rows = Reminder.objects.of_units().filter(unit=unit, sent_on__year=today.year)
    counts = rows.aggregate(
        by_clock=Count("pk", filter=~Q(clock="")),
        by_hand=Count("pk", filter=Q(clock="")),
        about=Count("matter", distinct=True),
    )
    return UnitUrged(year=today.year, **counts)
