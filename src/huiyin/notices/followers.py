"""Follows the ledger and puts into people's inboxes what concerns them, one message a day a matter.

What a matter's end has made pointless is taken out of sight: nothing is sent about it, and what
nobody has read yet counts as read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiyin import clock
from huiyin.ledger.followers import follows
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.rules import ENDED, MatterState
from huiyin.notices.models import Message
from huiyin.notices.rules import Addressee
from huiyin.notices.rules.ladder import GRAVITY
from huiyin.notices.tellings import LAST_WORDS, TELLINGS, Heard, Telling
from huiyin.people.models import Post

STALE = timedelta(days=7)
"""Older events tell nobody: an upgraded office has its whole history read once, and that is no news."""
MOVES_ON = frozenset(
    {"notice.approve", "notice.rest_on", "notice.return_to_office", "notice.issue", "notice.void"}
)
"""With these nobody has to look at the batch any more as it was before."""
SILENT = (*ENDED, MatterState.SUSPENDED)
"""States of a matter about which nothing is sent."""


@follows("inbox")
def follow(event: Event) -> None:
    """Everybody the event concerns has a line of it in the day's message, except who did it."""
    _forget(event)
    tell = TELLINGS.get(event.action)
    if tell is None or event.at < clock.now() - STALE:
        return
    for telling in tell(Heard(event)):
        if not _is_silent(telling):
            for person in telling.to:
                if person.user != event.actor_id:
                    _deliver(event, telling, person)


def _forget(event: Event) -> None:
    """What the event has settled counts as read: of a matter that ended, of a batch that went on."""
    unread = Message.objects.filter(read_at=None)
    if event.trail_kind == "matter":
        settled = unread.filter(matter_id=event.trail_id, matter__state__in=SILENT)
    elif event.action in MOVES_ON:
        settled = unread.filter(notice_id=event.trail_id)
    elif event.action == "unit_list.sign_for":
        units = UnitList.objects.filter(pk=event.subject_id).values("unit")
        staff = Post.objects.filter(unit__in=units).values("user")
        settled = unread.filter(notice_id=event.trail_id, user__in=staff)
    else:
        return
    settled.update(read_at=event.at)


def _is_silent(telling: Telling) -> bool:
    if telling.matter is None or telling.kind in LAST_WORDS:
        return False
    return Matter.objects.filter(pk=telling.matter, state__in=SILENT).exists()


def _deliver(event: Event, telling: Telling, person: Addressee) -> None:
    """The message of that day about that thing has one line more, and is unread."""
    about: dict[str, Any] = {"matter_id": telling.matter, "notice_id": telling.notice}
    row, _created = Message.objects.get_or_create(
        user_id=person.user,
        on=clock.day_of(event.at),
        **about,
        defaults={"jurisdiction_id": event.jurisdiction_id, "told_at": event.at},
    )
    row.lines = [*row.lines, _line(event, telling, person)]
    row.slip = max(row.slip, telling.slip, key=lambda slip: GRAVITY.get(slip, -1))
    row.told_at, row.read_at = event.at, None
    row.save(update_fields=["lines", "slip", "told_at", "read_at"])


def _line(event: Event, telling: Telling, person: Addressee) -> dict[str, Any]:
    return {
        "kind": telling.kind,
        "why": telling.why,
        "at": event.at.isoformat(),
        "event": event.position,
        "unit": person.unit,
        "title": person.title,
        "behalf": person.behalf,
        "slip": telling.slip,
        "said": dict(telling.said),
    }
