"""What is done once a day for every office: wanted work that the worker wants by itself.

The row of the wanted work remembers on which day it was wanted last, so that a day is neither
missed when the machine was off nor done twice when it is started again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huiyin import clock
from huiyin.ledger import work
from huiyin.ledger.models import ChainHead, WantedWork

_daily: set[str] = set()
_looked: dict[str, date] = {}


def each_day(kind: str) -> Callable[[work.Handler], work.Handler]:
    """Register what is done for each office on each day; subject and jurisdiction are the office's id."""

    def register(handler: work.Handler) -> work.Handler:
        _daily.add(kind)
        return work.works(kind)(handler)

    return register


def registered() -> frozenset[str]:
    """Kinds of work that come once a day."""
    return frozenset(_daily)


def want_due() -> int:
    """Every office's work of today is wanted, once; how much was. Looks once a day in each process."""
    today = clock.today()
    if clock.is_shifted() or _looked.get("day") == today:
        return 0
    wanted = sum(_want(kind, head) for kind in sorted(_daily) for head in _offices())
    _looked["day"] = today
    return wanted


def _offices() -> list[int]:
    return list(ChainHead.objects.order_by("pk").values_list("pk", flat=True))


def _want(kind: str, jurisdiction_id: int) -> bool:
    row = WantedWork.objects.filter(kind=kind, subject_id=jurisdiction_id).first()
    if row is not None and clock.day_of(row.wanted_at) >= clock.today():
        return False
    work.want(kind, jurisdiction_id, jurisdiction_id)
    return True
