"""文号: the numbers of papers, one after another within a year."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, QuerySet

from huiyin.matters.models import Slip, SupervisionNotice
from huiyin.people.models import Jurisdiction


def take_number(
    paper: SupervisionNotice | Slip,
    among: QuerySet[SupervisionNotice] | QuerySet[Slip],
    today: date,
) -> tuple[str, int]:
    """The paper is issued today and has the next number of the year, for ever; returns whose short name and the number.

    The jurisdiction's row is the lock under which numbers are taken, one after another.
    """
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=paper.jurisdiction_id)
    paper.year, paper.issued_on = today.year, today
    last = among.filter(jurisdiction=jurisdiction, year=paper.year).aggregate(last=Max("number"))
    paper.number = number = (last["last"] or 0) + 1
    return jurisdiction.short, number
