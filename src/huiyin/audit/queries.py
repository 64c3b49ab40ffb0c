"""Reads for the auditor: events by who, what and when; the state of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.actors import Actor
from huiyin.audit.models import LedgerCheck
from huiyin.door import label_of, registry
from huiyin.ledger.models import ChainHead, Event, EventText, Seal
from huiyin.proof import canonical

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event as the trail lists it."""

    position: int
    at: datetime
    who: str
    post: str
    behalf: str
    what: str
    action: str
    subject: str
    url: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the trail asked for."""

    who: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A page of the trail, newest first; `following` is the cursor of older events."""

    lines: Sequence[Line]
    following: int | None


def trail(asked: Asked, *, viewer: Actor) -> Trail:
    """Events of the viewer's jurisdiction that match, newest first, a page at a time."""
    rows = _matching(asked, viewer)
    if asked.before is not None:
        rows = rows.filter(position__lt=asked.before)
    found = list(rows.order_by("-position")[: PAGE + 1])
    following = found[PAGE - 1].position if len(found) > PAGE else None
    return Trail(lines=[_line(event) for event in found[:PAGE]], following=following)


def _matching(asked: Asked, viewer: Actor) -> QuerySet[Event]:
    rows = Event.objects.filter(jurisdiction_id=viewer.jurisdiction_id)
    if asked.who:
        rows = rows.filter(actor_name=asked.who)
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.since:
        rows = rows.filter(at__date__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__date__lte=asked.until)
    return rows


def _line(event: Event) -> Line:
    actor = body_of(event).get("actor", {})
    return Line(
        position=event.position,
        at=event.at,
        who=event.actor_name,
        post=" ".join(part for part in (actor.get("unit_name"), actor.get("title")) if part),
        behalf=actor.get("on_behalf_of_name") or "",
        what=str(label_of(event.action)),
        action=event.action,
        subject=f"{_kind(event.subject_kind)} {event.subject_id}",
        url=_url(event),
        hash=event.hash[:12],
    )


PAGES = {
    "matter": "matters:matter",
    "supervisionnotice": "matters:notice",
    "document": "documents:document",
}


def _url(event: Event) -> str:
    """The page of the thing whose history the event belongs to."""
    page = PAGES.get(event.trail_kind)
    return reverse(page, args=[event.trail_id]) if page else ""


def _kind(code: str) -> str:
    """What an official calls that kind of row; its code when nobody does."""
    names = {
        "jurisdiction": _("辖区"),
        "unit": pgettext("one", "单位"),
        "user": _("账号"),
        "post": _("岗位"),
        "portfolio": _("分管分工"),
        "delegation": _("授权代理"),
        "apitoken": _("接口令牌"),
        "rule": pgettext("one", "规则"),
        "document": pgettext("one", "文件"),
        "reading": _("读文结果"),
        "passage": _("原话"),
        "instruction": pgettext("one", "批示"),
        "matter": _("事项"),
        "assignment": _("承办任务"),
        "supervisionnotice": pgettext("one", "督办通知"),
        "unitlist": _("签收清单"),
        "closeout": _("销号回告"),
        "handback": _("异议"),
    }
    return names.get(code, code)


def body_of(event: Event) -> dict[str, Any]:
    """The event as it was hashed; empty when its bytes are no longer canonical."""
    try:
        value: Any = canonical.decode(bytes(event.body))
    except canonical.NotCanonical:
        return {}
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneEvent:
    """An event in full: its facts, the columns it set, the texts beside it."""

    line: Line
    previous: str
    hash: str
    facts: list[tuple[str, str]]
    changes: list[tuple[str, str]]
    texts: list[tuple[str, str | None]]


def one(position: int, *, viewer: Actor) -> OneEvent | None:
    """The event at a position of the viewer's chain."""
    event = Event.objects.filter(jurisdiction_id=viewer.jurisdiction_id, position=position).first()
    if event is None:
        return None
    body = body_of(event)
    texts = EventText.objects.filter(event=event).order_by("pk")
    return OneEvent(
        line=_line(event),
        previous=event.previous,
        hash=event.hash,
        facts=[(name, str(value)) for name, value in body.get("facts", {}).items()],
        changes=[_change(change) for change in body.get("changes", [])],
        texts=[(row.field, row.text) for row in texts],
    )


def _change(change: list[Any]) -> tuple[str, str]:
    table, pk, columns = change[:3]
    if columns is None:
        return f"{table} {pk}", "—"
    told = {name: value for name, value in columns.items() if not isinstance(value, dict)}
    return f"{table} {pk}", _("，").join(f"{name}={value}" for name, value in told.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The state of the ledger: how long, its last seals, what the last check found."""

    uid: str
    length: int
    hash: str
    seals: Sequence[Seal]
    check: LedgerCheck | None


def chain(*, viewer: Actor) -> Chain:
    """The viewer's chain."""
    head = ChainHead.objects.get(pk=viewer.jurisdiction_id)
    seals = Seal.objects.filter(jurisdiction_id=head.pk).order_by("-size")[:10]
    check = LedgerCheck.objects.filter(jurisdiction_id=head.pk).first()
    return Chain(
        uid=str(head.uid), length=head.position, hash=head.hash, seals=list(seals), check=check
    )


def verbs() -> list[tuple[str, str]]:
    """Every verb by name and label, for the filter."""
    return [
        (name, str(verb.label)) for name, verb in registry().items() if not name.startswith("test.")
    ]
