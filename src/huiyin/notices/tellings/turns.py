"""Tellings of a matter's turns: its clock stopped, it was withdrawn, merged, or took another in.

Whoever had a part in it is told once that it was; nobody is urged about it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from huiyin import clock
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rules import AssignmentState
from huiyin.notices.tellings.heard import Heard, People, Telling, Tellings, both

LAST_WORDS = frozenset({"suspended", "withdrawn", "merged", "variation_granted"})
"""What is told of a matter although nothing is sent about it any more: that this is so, and why."""


def _suspended(heard: Heard) -> Iterator[Telling]:
    yield heard.of("suspended", _units(heard))


def _resumed(heard: Heard) -> Iterator[Telling]:
    n = int(heard.facts.get("given_back") or 0)
    working = heard.facts.get("unit") == "working"
    kind = ("resumed_workdays" if working else "resumed_days") if n else "resumed_at_once"
    yield heard.of(kind, _units(heard), n=n)


def _withdrawn(heard: Heard) -> Iterator[Telling]:
    yield heard.of("withdrawn", _units(heard))


def _merged(heard: Heard) -> Iterator[Telling]:
    title = _title(heard.facts.get("into"))
    yield heard.of("merged", _units(heard), title=title)
    if heard.facts.get("led_by"):
        yield heard.of("merged", heard.people.of_post(heard.facts["led_by"]), title=title)


def _took_in(heard: Heard) -> Iterator[Telling]:
    if heard.matter.dispatched_on is not None:
        yield heard.of("took_in", heard.lead(), title=_title(heard.facts.get("merged")))


def _title(pk: int | None) -> str:
    """The number and title of the other matter."""
    other = Matter.objects.select_related("notice").filter(pk=pk or 0).first()
    return f"{other.number} {other.title}".strip() if other is not None else ""


def _units(heard: Heard) -> People:
    """Whoever does the daily work of each unit that had a part when it happened, the lead's first.

    A unit to which nothing was sent yet knows nothing of the matter.
    """
    rows = Assignment.objects.filter(matter_id=heard.event.trail_id, sent_at__isnull=False)
    day = clock.day_of(heard.event.at)
    to: People = ()
    for row in rows:
        if row.state != AssignmentState.ENDED or (row.ended_on and row.ended_on >= day):
            to = both(to, heard.people.liaison(row.unit_id))
    return to


TELLINGS: Tellings = {
    "matter.suspend": _suspended,
    "matter.suspend_part": _suspended,
    "matter.resume": _resumed,
    "matter.resume_part": _resumed,
    "matter.withdraw": _withdrawn,
    "matter.merge": _merged,
    "matter.take_in": _took_in,
}
