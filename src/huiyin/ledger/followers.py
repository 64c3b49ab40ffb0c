"""Followers: the ledger is also the outbox. Each reads every chain once, in order, from its bookmark.

A follower's change and its bookmark commit together, so an event is neither lost nor taken twice.
After three failures an event is parked with its reason, shown in settings, and can be retried; the
follower goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import QuerySet

from huiyin.ledger.models import Bookmark, ChainHead, Event, Parked

Follow = Callable[[Event], None]
BATCH = 100
FAILURES = 3
log = logging.getLogger(__name__)
_followers: dict[str, Follow] = {}
_following: ContextVar[str] = ContextVar("huiyin_following", default="")


def follows(name: str) -> Callable[[Follow], Follow]:
    """Register a follower: called with every event of every chain, in order, once."""

    def register(follow: Follow) -> Follow:
        if name in _followers:
            raise RuntimeError(f"two followers are called {name}")
        _followers[name] = follow
        return follow

    return register


def registered() -> Mapping[str, Follow]:
    """Every follower by name."""
    return dict(_followers)


def following() -> str:
    """The name of the follower that is reading now, "" when none is; projections are written then."""
    return _following.get()


def catch_up() -> int:
    """Every follower has read every chain as far as it could; how many events were read."""
    if not _followers:
        return 0
    heads = list(ChainHead.objects.values_list("jurisdiction_id", "position"))
    read = {(b.follower, b.jurisdiction_id): b.position for b in Bookmark.objects.all()}
    return sum(
        _read_chain(name, jurisdiction_id)
        for name in _followers
        for jurisdiction_id, position in heads
        if read.get((name, jurisdiction_id), 0) < position
    )


def retry(parked: Parked) -> bool:
    """The parked event was read after all and is no longer parked; False when it failed again."""
    event = Event.objects.get(jurisdiction_id=parked.jurisdiction_id, position=parked.position)
    try:
        with transaction.atomic(), _as(parked.follower):
            _followers[parked.follower](event)
            parked.delete()
    except Exception as error:  # noqa: BLE001 - whatever a follower raises is its reason
        _note(parked.follower, event, error)
        return False
    return True


def parked() -> list[Parked]:
    """Events that a follower gave up on, each with its reason, oldest first."""
    return list(Parked.objects.filter(failures__gte=FAILURES).order_by("follower", "position"))


def _read_chain(name: str, jurisdiction_id: int) -> int:
    """Read on from the bookmark, a batch at a time; stop at an event that failed and is not parked yet."""
    Bookmark.objects.get_or_create(follower=name, jurisdiction_id=jurisdiction_id)
    read = 0
    while True:
        try:
            taken = _read_batch(name, jurisdiction_id, BATCH)
        except Exception:  # noqa: BLE001 - one event of the batch failed: find it
            taken = _read_one(name, jurisdiction_id)
        if not taken:
            return read
        read += taken


def _read_one(name: str, jurisdiction_id: int) -> int:
    """Read the next event alone; a failure is noted, the third one parks the event."""
    try:
        return _read_batch(name, jurisdiction_id, 1)
    except Exception as error:  # noqa: BLE001 - whatever a follower raises is its reason
        bookmark = Bookmark.objects.get(follower=name, jurisdiction_id=jurisdiction_id)
        event = _after(bookmark)[:1].get()
        if _note(name, event, error) < FAILURES:
            return 0
        Bookmark.objects.filter(pk=bookmark.pk, position__lt=event.position).update(
            position=event.position
        )
        return 1


def _read_batch(name: str, jurisdiction_id: int, size: int) -> int:
    with transaction.atomic(), _as(name):
        bookmark = Bookmark.objects.select_for_update().get(
            follower=name, jurisdiction_id=jurisdiction_id
        )
        events = list(_after(bookmark)[:size])
        for event in events:
            _followers[name](event)
        if events:
            _move(bookmark, events[-1].position)
        return len(events)


def _move(bookmark: Bookmark, position: int) -> None:
    """The bookmark lies at `position`; failures noted up to there that came to nothing are forgotten."""
    Parked.objects.filter(
        follower=bookmark.follower,
        jurisdiction_id=bookmark.jurisdiction_id,
        position__gt=bookmark.position,
        position__lte=position,
    ).delete()
    bookmark.position = position
    bookmark.save(update_fields=["position"])


def _after(bookmark: Bookmark) -> QuerySet[Event]:
    return Event.objects.filter(
        jurisdiction_id=bookmark.jurisdiction_id, position__gt=bookmark.position
    ).order_by("position")


def _note(name: str, event: Event, error: Exception) -> int:
    """The failure is noted with its reason; how many there were."""
    row, _created = Parked.objects.get_or_create(
        follower=name, jurisdiction_id=event.jurisdiction_id, position=event.position
    )
    row.failures += 1
    row.reason = f"{type(error).__name__}: {error}"[:2000]
    row.save()
    log.warning("%s failed on event %s (%s)", name, event.position, row.reason)
    return row.failures


@contextmanager
def _as(name: str) -> Iterator[None]:
    token = _following.set(name)
    try:
        yield
    finally:
        _following.reset(token)
