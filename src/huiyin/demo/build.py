"""Builds the demo office through the door, by its own people, each act at its own moment of the year."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiyin import clock
from huiyin.demo import batches, founding, papers, side_roads, urging, work
from huiyin.demo.content import Content
from huiyin.demo.data import load
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import in_order
from huiyin.documents.models import Document, Passage
from huiyin.errors import Conflict
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter
from huiyin.people.models import Jurisdiction

Progress = Callable[[int, int], None]
"""Called with how many steps are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can sign in: login, name, and their posts in words."""

    login: str
    name: str
    posts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What stands after the build; `states` counts matters by state, `seconds` is how long it took."""

    office: str
    password: str
    accounts: tuple[Account, ...]
    units: int
    documents: int
    passages: int
    states: dict[str, int]
    events: int
    seconds: float

    @property
    def matters(self) -> int:
        return sum(self.states.values())


def build(*, progress: Progress | None = None, now: datetime | None = None) -> Summary:
    """The demo office stands, a year of work in its ledger; refused when there is an office already.

    `now` is the moment it is built for (the present when None): the same moment gives the same office.
    """
    if Jurisdiction.objects.exists():
        raise Conflict("数据库里已经有单位，演示数据只能建在空的数据库里。", code="not_empty")
    began = time.perf_counter()
    now = (now or clock.now()).astimezone(clock.zone())
    stage = Stage(content=load(), today=now.date())
    sources = (founding, papers, batches, work, side_roads, urging)
    steps = list(in_order([s for source in sources for s in source.steps(stage)], now=now))
    for place, (moment, step) in enumerate(steps, start=1):
        with clock.at(moment):
            step.run()
        if progress is not None:
            progress(place, len(steps))
    urging.read(stage, now)
    return _summary(stage, time.perf_counter() - began)


def accounts(content: Content) -> tuple[Account, ...]:
    """Everybody of the demo, in the order of the data."""
    short = {unit.code: unit.short_name for unit in content.units}
    return tuple(
        Account(
            login=person.login,
            name=person.name,
            posts="，".join(f"{short[post.unit]}{post.title}" for post in person.posts),
        )
        for person in content.people
    )


def _summary(stage: Stage, seconds: float) -> Summary:
    states = Matter.objects.filter(jurisdiction_id=stage.office).values_list("state", flat=True)
    counted: dict[str, int] = {}
    for state in states:
        counted[state] = counted.get(state, 0) + 1
    return Summary(
        office=stage.content.name,
        password=founding.PASSWORD,
        accounts=accounts(stage.content),
        units=len(stage.units),
        documents=Document.objects.filter(jurisdiction_id=stage.office).count(),
        passages=Passage.objects.filter(document__jurisdiction_id=stage.office).count(),
        states=counted,
        events=Event.objects.filter(jurisdiction_id=stage.office).count(),
        seconds=seconds,
    )
