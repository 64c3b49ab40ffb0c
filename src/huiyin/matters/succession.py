"""机构调整: the matters of a unit that is merged away go on with its successor, each with an event."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from huiyin.door import Call
from huiyin.ledger.models import OfficeFact
from huiyin.matters.actions.succeeding import succeed
from huiyin.matters.models import Assignment, Consultation, Matter, Referral
from huiyin.matters.rules import LIVE, AskState, Ruling
from huiyin.people.models import Unit


def matters_of(unit: Unit) -> QuerySet[Matter]:
    """Live matters in which the unit has a part, or is asked something."""
    parts = Assignment.objects.current().filter(unit=unit)
    asked = Consultation.objects.filter(to_unit=unit, state=AskState.OPEN)
    offered = Referral.objects.filter(Q(to_unit=unit) | Q(from_unit=unit), ruling=Ruling.PENDING)
    return Matter.objects.filter(
        Q(lead_unit=unit)
        | Q(pk__in=parts.values("matter_id"))
        | Q(pk__in=asked.values("matter_id"))
        | Q(pk__in=offered.values("matter_id")),
        jurisdiction_id=unit.jurisdiction_id,
        state__in=LIVE,
    ).order_by("pk")


class MattersOfUnit:
    """What matters hold of a unit (see `people.succession.Business`)."""

    def open_of(self, unit: Unit) -> int:
        """Live matters in which the unit has a part or is asked something."""
        return matters_of(unit).count()

    def rows_of(self, unit: Unit) -> Iterable[OfficeFact]:
        """Those matters."""
        return matters_of(unit)

    def hand_over(self, unit: Unit, heir: Unit, call: Call) -> int:
        """Each of them goes on with the heir."""
        rows = list(matters_of(unit))
        for matter in rows:
            call.perform(succeed, matter, gone=unit, heir=heir)
        return len(rows)
