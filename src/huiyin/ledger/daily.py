"""What is done once a day for every office: wanted work that the worker wants by itself.

The row of the wanted work remembers on which day it was wanted last, so that a day is neither
missed when the machine was off nor done twice when it is started again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from huiyin import clock
from huiyin.ledger import work
from huiyin.ledger.models import ChainHead, WantedWork

Ready = Callable[[int], bool]
"""Whether the hour has come for an office's work of today."""

_daily: dict[str, Ready] = {}
_looked: dict[str, datetime] = {}
A_WHILE = timedelta(minutes=1)


def each_day(
    kind: str, *, ready: Ready = lambda _office: True
) -> Callable[[work.Handler], work.Handler]:
    """Register what is done for each office on each day; subject and jurisdiction are the office's id."""

    def register(handler: work.Handler) -> work.Handler:
        _daily[kind] = ready
        return work.works(kind)(handler)

    return register


def registered() -> frozenset[str]:
    """Kinds of work that come once a day."""
    return frozenset(_daily)


def want_due() -> int:
    """Every office's work of today is wanted, once; how much was.

    Each process looks until all of today's work has been wanted, at most once a minute.
    """
    now = clock.now()
    if clock.is_shifted() or now < _looked.get("until", now):
        return 0
    pairs = [(kind, office) for kind in sorted(_daily) for office in _offices()]
    ready = [(kind, office) for kind, office in pairs if _daily[kind](office)]
    wanted = sum(_want(kind, office) for kind, office in ready)
    _looked["until"] = _tomorrow() if len(ready) == len(pairs) else now + A_WHILE
    return wanted


def _tomorrow() -> datetime:
    return datetime.combine(clock.today() + timedelta(days=1), time.min, tzinfo=clock.zone())


def _offices() -> list[int]:
    return list(ChainHead.objects.order_by("pk").values_list("pk", flat=True))


def _want(kind: str, jurisdiction_id: int) -> bool:
    row = WantedWork.objects.filter(kind=kind, subject_id=jurisdiction_id).first()
    if row is not None and clock.day_of(row.wanted_at) >= clock.today():
        return False
    work.want(kind, jurisdiction_id, jurisdiction_id)
    return True
