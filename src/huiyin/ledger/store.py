"""Appending to a chain. Only the door may import this module (an import contract says so)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from huiyin.ledger import bell
from huiyin.ledger.models import ChainHead, Event, EventText
from huiyin.proof import canonical, chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event before it has its place in the chain; `texts` are kept beside it, salted."""

    at: datetime
    action: str
    subject: tuple[str, int]
    subject_version: int
    trail: tuple[str, int]
    actor: Mapping[str, Any]
    request: str
    input_digest: str
    facts: Mapping[str, Any]
    changes: Sequence[Any]
    texts: Mapping[str, str] = field(default_factory=dict)


def append(jurisdiction_id: int, entries: Sequence[Entry]) -> list[Event]:
    """The events stand at the end of the chain, in order; the head row was locked to do it."""
    head = ChainHead.objects.select_for_update().get(pk=jurisdiction_id)
    events = [_append_one(head, entry) for entry in entries]
    head.save(update_fields=["position", "hash"])
    bell.ring_after_commit()
    return events


def _append_one(head: ChainHead, entry: Entry) -> Event:
    salts = {name: secrets.token_bytes(16) for name in entry.texts}
    digests = {name: canonical.digest(salts[name], text) for name, text in entry.texts.items()}
    body = canonical.encode(_body(head, entry, digests))
    event = Event.objects.create(
        jurisdiction_id=head.pk,
        position=head.position + 1,
        previous=head.hash,
        hash=chain.event_hash(body),
        body=body,
        at=entry.at,
        action=entry.action,
        subject_kind=entry.subject[0],
        subject_id=entry.subject[1],
        subject_version=entry.subject_version,
        trail_kind=entry.trail[0],
        trail_id=entry.trail[1],
        actor_id=entry.actor["id"],
        actor_name=entry.actor["name"],
        request=entry.request,
        input_digest=entry.input_digest,
    )
    EventText.objects.bulk_create(
        EventText(event=event, field=name, salt=salts[name], text=text)
        for name, text in entry.texts.items()
    )
    head.position, head.hash = event.position, event.hash
    return event


def _body(head: ChainHead, entry: Entry, digests: Mapping[str, str]) -> dict[str, Any]:
    """The event as it is hashed; columns of the table repeat parts of it."""
    return {
        "schema": "huiyin.event/1",
        "jurisdiction": str(head.uid),
        "position": head.position + 1,
        "previous": head.hash,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "subject": list(entry.subject),
        "version": entry.subject_version,
        "trail": list(entry.trail),
        "actor": dict(entry.actor),
        "request": entry.request,
        "input": entry.input_digest,
        "facts": dict(entry.facts),
        "changes": list(entry.changes),
        "texts": dict(digests),
    }


def start(jurisdiction_id: int, uid: Any, *, is_demo: bool) -> ChainHead:
    """A new chain stands at its genesis, the hash of the jurisdiction's own identifier."""
    return ChainHead.objects.create(
        jurisdiction_id=jurisdiction_id, uid=uid, is_demo=is_demo, hash=chain.genesis(str(uid))
    )


def withdraw(paths: Collection[str]) -> int:
    """The texts kept beside the chain under these fields are gone with their salts; how many there were.

    A field is `app.model/id/column`; every event's text under it is emptied, and the chain stays whole.
    """
    return EventText.objects.filter(field__in=paths, text__isnull=False).update(text=None, salt=b"")
