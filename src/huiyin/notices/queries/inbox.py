"""Somebody's inbox: today's matters first, then what was not read before, then what was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.errors import NotFound
from huiyin.matters.queries import know_plans, light_of
from huiyin.matters.rules import Shown
from huiyin.notices.models import Message
from huiyin.notices.sentences import Line, line_of

MOST = 200
READ_DAYS = 14
"""Days back for which read messages are still listed; the story of a matter keeps everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One message: about which matter or notice, its lines, whether it was read."""

    message: Message
    title: str
    number: str
    unit: str
    shown: Shown | None
    lines: tuple[Line, ...]

    @property
    def unread(self) -> bool:
        return self.message.read_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The messages of one day, the unread ones first."""

    on: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """今日要事, then the days before with something unread, then what was read lately."""

    today: tuple[Item, ...]
    unread: tuple[Day, ...]
    read: tuple[Day, ...]
    count: int
    last: int


def inbox(viewer: Actor, *, today: date) -> Inbox:
    """Everything that lies in somebody's inbox; two queries, and one for the plans of what is behind."""
    rows = Message.objects.for_reader(viewer).select_related(
        "matter__notice", "matter__lead_unit", "notice"
    )
    unread = list(rows.unread().order_by("-on", "-told_at", "-pk")[:MOST])
    since = today - timedelta(days=READ_DAYS)
    read = list(
        rows.filter(on__gte=since, read_at__isnull=False).order_by("-on", "-told_at", "-pk")[:MOST]
    )
    know_plans([row.matter for row in [*unread, *read] if row.matter is not None], today)
    items = [_item(row, today) for row in [*unread, *read]]
    return Inbox(
        today=tuple(item for item in items if item.message.on == today),
        unread=_days(i for i in items if i.message.on != today and i.unread),
        read=_days(i for i in items if i.message.on != today and not i.unread),
        count=len(unread),
        last=max((row.pk for row in unread), default=0),
    )


def _days(items: Iterable[Item]) -> tuple[Day, ...]:
    found: dict[date, list[Item]] = {}
    for item in items:
        found.setdefault(item.message.on, []).append(item)
    return tuple(Day(on=on, items=tuple(several)) for on, several in found.items())


def _item(row: Message, today: date) -> Item:
    about: Any = row.matter or row.notice
    lines = tuple(line_of(line) for line in reversed(row.lines))
    if row.matter is None:
        number = row.notice.paper_number if row.notice else ""
        return Item(message=row, title=about.title, number=number, unit="", shown=None, lines=lines)
    return Item(
        message=row,
        title=row.matter.title,
        number=row.matter.number,
        unit=str(row.matter.lead_unit or ""),
        shown=light_of(row.matter, today),
        lines=lines,
    )


def unread_of(user_id: int) -> Coalesce:
    """How many messages somebody has not read, as an expression to be read beside something else."""
    rows = Message.objects.filter(user_id=user_id, read_at=None).order_by().values("user_id")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def unread_count(viewer: Actor) -> int:
    """How many messages the reader's inbox shows as not read; one query."""
    return Message.objects.for_reader(viewer).unread().count()


def forget_unseen(viewer: Actor, at: datetime) -> None:
    """Messages about what has gone out of the reader's sight count as read."""
    mine = Message.objects.filter(user_id=viewer.user_id or 0).unread()
    seen = Message.objects.for_reader(viewer).unread().values("pk")
    mine.exclude(pk__in=seen).update(read_at=at)


def message_of(viewer: Actor, pk: int) -> Message:
    """One of the reader's own messages; else NotFound."""
    row = Message.objects.for_reader(viewer).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return row


def mark_one_read(viewer: Actor, pk: int, at: datetime) -> bool:
    """The reader's message counts as read; whether it was unread before."""
    row = message_of(viewer, pk)
    if row.read_at is not None:
        return False
    row.read_at = at
    row.save(update_fields=["read_at"])
    return True


def address_of(row: Message) -> str:
    """Where the thing a message is about can be seen."""
    if row.matter_id is not None:
        return reverse("matters:matter", args=[row.matter_id])
    return reverse("matters:notice", args=[row.notice_id or 0])


def mark_read(viewer: Actor, at: Any, *, last: int) -> int:
    """Everything up to the message `last` counts as read; what came later does not."""
    rows = Message.objects.filter(user_id=viewer.user_id or 0, pk__lte=last)
    return rows.unread().update(read_at=at)
