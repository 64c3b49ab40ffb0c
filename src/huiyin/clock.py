"""The only source of now and today; a demo office may live at another moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("huiyin_moment", default=None)


def now() -> datetime:
    """The current instant in UTC, or the moment set by `at`."""
    return _moment.get() or timezone.now()


def zone() -> ZoneInfo:
    """The zone in which days begin and end (setting TIME_ZONE, Asia/Shanghai by default)."""
    return ZoneInfo(settings.TIME_ZONE)


def today() -> date:
    """The calendar day it is now in the office's zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day of an instant in the office's zone."""
    return moment.astimezone(zone()).date()


def is_shifted() -> bool:
    """Whether the clock stands at a moment set by `at`; the door allows that in a demo only."""
    return _moment.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let now() be `moment` inside the block; refused by the door outside a demo office."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone())
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
