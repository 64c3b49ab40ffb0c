"""The inbox for programs: what concerns the reader, and that it was read (housekeeping, no verb)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiyin import clock
from huiyin.notices.queries import inbox as queries
from huiyin.notices.queries.inbox import Item

router = Router(tags=["notices"])
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class LineOut(Schema):
    """One thing told: when, what, why to the reader, and by which rule ("" for none)."""

    at: datetime
    what: str
    why: str
    rule: str


class MessageOut(Schema):
    """What was told on one day about one matter (or one notice), the newest line first."""

    id: int
    on: date
    matter: int | None
    notice: int | None
    number: str
    title: str
    unit: str
    light: str
    light_word: str
    slip: str
    told_at: datetime
    read_at: datetime | None
    lines: list[LineOut]


class InboxOut(Schema):
    """Today's messages, then those not read before, then those read lately; `last` is the newest unread one."""

    unread: int
    last: int
    items: list[MessageOut]


class ReadIn(Schema):
    """Everything up to this message counts as read; what came later does not."""

    last: Id


class ReadOut(Schema):
    """How many messages were marked by this, and how many are still unread."""

    marked: int
    unread: int


@router.get("/inbox", response=InboxOut, operation_id="inbox.list")
def inbox(request: HttpRequest) -> dict[str, Any]:
    """What lies in the reader's own inbox, as its page shows it."""
    actor = request.actor  # type: ignore[attr-defined]
    box = queries.inbox(actor, today=clock.today())
    days = [*box.unread, *box.read]
    items = [*box.today, *(item for day in days for item in day.items)]
    return {"unread": box.count, "last": box.last, "items": [_message(item) for item in items]}


@router.post("/inbox/read", response=ReadOut, operation_id="inbox.mark_read")
def mark_read(request: HttpRequest, given: ReadIn) -> dict[str, Any]:
    """The reader's messages up to `last` count as read; a repeat changes nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    marked = queries.mark_read(actor, clock.now(), last=given.last)
    return {"marked": marked, "unread": queries.unread_count(actor)}


@router.post("/inbox/{pk}/read", response=ReadOut, operation_id="inbox.mark_one_read")
def mark_one_read(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """One of the reader's own messages counts as read; somebody else's is not found."""
    actor = request.actor  # type: ignore[attr-defined]
    marked = queries.mark_one_read(actor, pk, clock.now())
    return {"marked": int(marked), "unread": queries.unread_count(actor)}


def _message(item: Item) -> dict[str, Any]:
    row = item.message
    return {
        "id": row.pk,
        "on": row.on,
        "matter": row.matter_id,
        "notice": row.notice_id,
        "number": item.number,
        "title": item.title,
        "unit": item.unit,
        "light": str(item.shown.light) if item.shown else "",
        "light_word": item.shown.word if item.shown else "",
        "slip": row.slip,
        "told_at": row.told_at,
        "read_at": row.read_at,
        "lines": [
            {"at": line.at, "what": line.what, "why": line.why, "rule": line.rule}
            for line in item.lines
        ],
    }
