"""经过: what happened to a matter, told as sentences an official would say, newest first.

Told from the ledger's events and the texts beside them, so that the story and the proof are one.
Every verb of a matter has its teller in one of the files here; a verb without one is told by its
label, as a system record.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.door import label_of
from huiyin.ledger.models import Event, EventText
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.rules import OPEN
from huiyin.matters.trail import (
    asking,
    checking,
    handing,
    main,
    shaping,
    slips,
    taking_over,
    varying,
)
from huiyin.matters.trail.told import Entry, Teller, Tellers, Told

TELLERS: dict[str, Teller] = {
    **main.TELLERS,
    **varying.TELLERS,
    **handing.TELLERS,
    **checking.TELLERS,
    **shaping.TELLERS,
    **asking.TELLERS,
    **taking_over.TELLERS,
    **slips.TELLERS,
}


def register_tellers(tellers: Tellers) -> None:
    """From now on these verbs of a feature above are told too."""
    TELLERS.update(tellers)


def trail(matter: Matter, *, today: date) -> list[Entry]:
    """The whole story of a matter, newest first; three queries at most."""
    events = list(
        Event.objects.filter(trail_kind="matter", trail_id=matter.pk).order_by("-position")
    )
    texts: dict[int, dict[str, str]] = {}
    for row in EventText.objects.filter(event__in=[event.pk for event in events]):
        texts.setdefault(row.event_id, {})[row.field] = row.text or ""
    bodies = {event.pk: json.loads(bytes(event.body)) for event in events}
    notices = _notices(matter, bodies.values())
    first = {
        event.action: event.pk for event in events
    }  # the oldest one stays, as they come newest first
    entries = []
    for event in events:
        told = Told(
            at=event.at,
            nested="/" in event.request,
            facts=bodies[event.pk].get("facts", {}),
            actor=bodies[event.pk].get("actor", {}),
            texts=texts.get(event.pk, {}),
            matter=matter,
            notices=notices,
            today=today,
            again=first[event.action] != event.pk,
        )
        entries.append(_told(event.action, told))
    return _with_overdue(entries, matter, today)


def _notices(matter: Matter, bodies: Any) -> dict[int, SupervisionNotice]:
    """Notices of batches the matter was in and is in no more, or whose words are told."""
    ids = {body["facts"].get("notice") for body in bodies if isinstance(body.get("facts"), dict)}
    found = {matter.notice.pk: matter.notice} if matter.notice is not None else {}
    wanted = [pk for pk in ids if isinstance(pk, int) and pk not in found]
    if wanted:
        rows = SupervisionNotice.objects.filter(pk__in=wanted)
        found |= {row.pk: row for row in rows.select_related("approver_post__user")}
    return found


def _told(action: str, told: Told) -> Entry:
    teller = TELLERS.get(action)
    return teller(told) if teller else told.line(told.who, str(label_of(action)), system=True)


def _with_overdue(entries: list[Entry], matter: Matter, today: date) -> list[Entry]:
    """The day a matter became overdue stands in its story, though nobody did anything on it."""
    late = matter.late_on
    ended = matter.closed_on or (today if matter.state in OPEN else None)
    if late is None or ended is None or late > ended or late > today:
        return entries
    at = datetime.combine(late, time.min, tzinfo=clock.zone())
    line = Entry(at=at, lead=_("到期未办结，转为逾期。"), mark="overdue")
    place = next((i for i, entry in enumerate(entries) if entry.at < at), len(entries))
    return [*entries[:place], line, *entries[place:]]


def shown(entries: Sequence[Entry], *, with_system: bool) -> list[Entry]:
    """What the page lists: the story, or the story with every record of the system."""
    return [entry for entry in entries if with_system or not entry.system]
