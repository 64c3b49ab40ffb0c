"""The clock of the last days: what the ladder had due was sent each morning, and people read their inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from huiyin import clock
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step, last_day
from huiyin.ledger import followers
from huiyin.ledger.models import WantedWork
from huiyin.ledger.worker import load_handlers
from huiyin.notices.models import Message
from huiyin.notices.work import KIND, urge_all

DAYS = 12
"""Days for which the clock has run; who looks further back sees what people did themselves."""
HOUR = time(8)
"""The hour the shipped rule names."""


def steps(stage: Stage) -> Iterator[Step]:
    """Yield the mornings on which the clock ran, today's too when its hour has struck."""
    for on in range(-DAYS, 1):
        yield Step(on=on, phase=Phase.URGE, run=partial(_urge, stage), at=HOUR)


def _urge(stage: Stage) -> None:
    """The morning's urging was sent, and the queue says that it was done, as the inbox shows."""
    urge_all(stage.office, stage.office)
    done = {"jurisdiction_id": stage.office, "wanted_at": clock.now(), "state": "done"}
    WantedWork.objects.update_or_create(kind=KIND, subject_id=stage.office, defaults=done)


def read(stage: Stage, now: datetime) -> None:
    """Every inbox has what concerns its owner; what came before the last day at work was read then."""
    load_handlers()
    with clock.at(now):
        followers.catch_up()
    last = last_day(now)
    evening = datetime.combine(last - timedelta(days=1), time(18), tzinfo=now.tzinfo)
    older = Message.objects.filter(user__jurisdiction_id=stage.office, on__lt=last, read_at=None)
    older.update(read_at=evening)
