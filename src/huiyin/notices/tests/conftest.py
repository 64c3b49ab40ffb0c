"""`morning(day)` lets the clock run on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from tests.cast import Cast

from huiyin import clock
from huiyin.ledger import followers
from huiyin.notices import followers as _followers  # noqa: F401 - registers the follower
from huiyin.notices.models import Reminder
from huiyin.notices.work import urge_all


@pytest.fixture
def morning(cast: Cast) -> Callable[[date], list[Reminder]]:
    """The clock has run on that day at eight; what it sent then."""

    def run(day: date) -> list[Reminder]:
        with at_eight(day):
            urge_all(cast.jurisdiction.pk, cast.jurisdiction.pk)
            followers.catch_up()
        return list(Reminder.objects.filter(sent_on=day).exclude(clock="").order_by("pk"))

    return run


def at_eight(day: date):
    """The clock stands at eight in the morning of a day."""
    return clock.at(datetime(day.year, day.month, day.day, 8, tzinfo=clock.zone()))
