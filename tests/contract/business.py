"""What rival processes do to matters: any public verb by anybody of the cast, told by how it ended.

stage WHAT          a matter (or several) at the place that the rivals fight over; prints the ids
act VERB ID WHO …   the verb once, with its input as JSON; prints `done` or the refusal's code
night DAYS          the clock's own work of a day to come
tokens              bearer tokens for the API
told WHAT           what stands afterwards, as JSON
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import huiyin.api  # noqa: F401 - registers every verb
from huiyin import clock
from huiyin.actors import machine
from huiyin.door import Ask, perform, registry
from huiyin.errors import Refusal
from huiyin.ledger import daily, work
from huiyin.ledger.models import Event
from huiyin.ledger.worker import load_handlers
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Assignment, DrawnCheck, Matter
from huiyin.matters.tests.conftest import a_unit
from huiyin.matters.tests.road import Road
from huiyin.notices.models import Reminder
from huiyin.people.models import Jurisdiction
from huiyin.people.tokens import issue_token
from tests.cast import cast_of


def _road() -> Road:
    return Road(cast_of(Jurisdiction.objects.get()))


def stage(what: str) -> None:
    """The rivals' place is made ready."""
    sys.stdout.write(json.dumps(STAGES[what](_road())))


def _variation(road: Road) -> dict[str, Any]:
    row = road.extension_asked().variations.get()
    post = row.decider_post
    return {"variation": row.pk, "decider": post.user.username if post is not None else "office"}


def _referral(road: Road) -> dict[str, Any]:
    matter = road.planned()
    to = road.cast.units["parks"].pk
    road.do(actions.refer, road.lead(matter), "water", to=to, reason="属于园林")
    return {"matter": matter.pk, "referral": matter.referrals.get().pk}


def _two(road: Road) -> dict[str, Any]:
    return {"matters": [road.under_way().pk, road.under_way().pk]}


def _whole(road: Road) -> dict[str, Any]:
    units = [
        a_unit(
            road.cast, f"s{n}", f"第{n}水库管理站", kind="station", parent=road.cast.units["water"]
        )
        for n in range(4)
    ]
    return {"matter": road.under_way().pk, "units": [unit.pk for unit in units]}


def _many(road: Road) -> dict[str, Any]:
    return {"matters": [road.under_way().pk for _ in range(6)]}


def _batches(road: Road) -> dict[str, Any]:
    notices = [road.proposed() for _ in range(4)]
    for notice in notices:
        road.do(actions.approve_notice, notice, road.approver(notice))
    return {"notices": [notice.pk for notice in notices]}


STAGES: dict[str, Callable[[Road], dict[str, Any]]] = {
    "variation": _variation,
    "referral": _referral,
    "two": _two,
    "whole": _whole,
    "many": _many,
    "batches": _batches,
}


def act(verb: str, pk: str, who: str, given: str = "{}") -> None:
    """One verb by one person; a refusal is an answer, anything else a fault."""
    road = _road()
    found = registry()[verb]
    try:
        perform(found, int(pk), road.actor(who), Ask(), **_read(json.loads(given)))
    except Refusal as refused:
        sys.stdout.write(refused.code)
    else:
        sys.stdout.write("done")


def _read(given: dict[str, Any]) -> dict[str, Any]:
    """Dates and rows as the verbs take them."""
    for name in ("until", "due_on"):
        if name in given:
            given[name] = date.fromisoformat(given[name])
    if "rows" in given:
        given["rows"] = [PartRow(**row) for row in given["rows"]]
    return given


def night(days: str) -> None:
    """What the system does by itself on a day to come."""
    load_handlers()
    office = Jurisdiction.objects.get().pk
    with clock.at(clock.now() + timedelta(days=int(days))):
        for kind in sorted(daily.registered()):
            work.registered()[kind](office, office)


def tokens() -> None:
    """A bearer token of the office and of the lead unit, for processes that work through the API."""
    load = {name: cast_of(Jurisdiction.objects.get()).users[name] for name in ("office", "water")}
    by = machine("terminal", Jurisdiction.objects.get().pk)
    issued = {name: issue_token(user, name="kill", by=by) for name, user in load.items()}
    sys.stdout.write(json.dumps(issued))


def told(what: str) -> None:
    """What stands afterwards."""
    sys.stdout.write(json.dumps(TOLD[what]()))


def _leads() -> list[int]:
    """How many units lead each matter now."""
    rows = Matter.objects.exclude(state__in=["registered", "merged", "split"])
    return [m.assignments.filter(role="lead").exclude(state="ended").count() for m in rows]


def _numbers() -> list[str]:
    rows = Matter.objects.exclude(notice=None).select_related("notice").order_by("pk")
    return [row.number for row in rows]


def _drawn() -> list[int]:
    return list(DrawnCheck.objects.filter(state="open").values_list("matter_id", flat=True))


def _urged() -> list[int]:
    """How often each step about each thing was sent by the clock."""
    rows = Reminder.objects.filter(sent_by=None)
    steps = rows.values_list(
        "matter", "unit_list", "unit", "clock", "base_on", "days", "rung", "sent_on"
    )
    return list(Counter(steps).values())


TOLD: dict[str, Callable[[], Any]] = {
    "leads": _leads,
    "numbers": _numbers,
    "drawn": _drawn,
    "urged": _urged,
    "events": lambda: [[e.position, e.action, e.request] for e in Event.objects.all()],
    "assignments": lambda: list(
        Assignment.objects.filter(role="lead").values_list("pk", flat=True)
    ),
    "states": lambda: list(Matter.objects.order_by("pk").values_list("state", flat=True)),
}
