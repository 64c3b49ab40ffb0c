"""One verb inside a transaction: what it is given, what it writes, and the verbs within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models

from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import asking, columns
from huiyin.door.verbs import Action, Done, Facts, P, S
from huiyin.ledger import store, values
from huiyin.ledger.models import OfficeFact

M = TypeVar("M", bound=models.Model)
Place = tuple[str, int]

_performing: ContextVar[Performance | None] = ContextVar("huiyin_performing", default=None)


class Moved(Exception):
    """A rival changed a row between our reading and our locking it: the whole call is tried again."""


@dataclass(slots=True)
class Performance:
    """One outermost call: the request, the moment, and the entries of all verbs within it.

    `held` are the rows it has locked; `versions` those it has saved, to find a stale second copy;
    `born` the columns, as last written, of rows it has inserted: nobody else can have changed those.
    """

    key: str
    at: datetime
    entries: list[store.Entry] = field(default_factory=list)
    nested: int = 0
    written: int = 0
    held: set[Place] = field(default_factory=set)
    versions: dict[Place, int] = field(default_factory=dict)
    born: dict[Place, dict[str, Any]] = field(default_factory=dict)

    def next_key(self) -> str:
        """The request key of the next verb within this one: the same on every attempt."""
        self.nested += 1
        return f"{self.key}/{self.nested}"

    def next_write(self) -> int:
        """The place of a change among all changes of the call, in the order they were written."""
        self.written += 1
        return self.written


@contextmanager
def open_performance(key: str) -> Iterator[Performance]:
    """Office facts may be written inside the block."""
    performance = Performance(key=key, at=clock.now())
    token = _performing.set(performance)
    try:
        yield performance
    finally:
        _performing.reset(token)


def performing() -> bool:
    """Whether a verb is being performed now; office facts may only be written while one is."""
    return _performing.get() is not None


class Call:
    """What a verb is given besides its subject: who acts, when, and how to write and to nest."""

    def __init__(self, performance: Performance, actor: Actor, subject: OfficeFact) -> None:
        self.actor = actor
        self.at = performance.at
        self.today: date = clock.day_of(performance.at)
        self.subject = subject
        self.changes: list[Any] = []
        self.texts: dict[str, str] = {}
        self._performance = performance

    def create(self, row: M, *, concerns: bool = False) -> M:
        """Save a new row and record it; with `concerns`, the event is about that row."""
        office = getattr(row, "jurisdiction_id", None)
        if office is not None and office != self.actor.jurisdiction_id:
            raise RuntimeError(f"{row._meta.label} belongs to another jurisdiction")
        columns.check(row, row._meta.concrete_fields)
        row.save(force_insert=True)
        self.record_birth(row)
        if concerns and isinstance(row, OfficeFact):
            self.subject = row
        return row

    def record_birth(self, row: models.Model) -> None:
        """Every column of a row that was just inserted is recorded."""
        self._performance.held.add(_place(row))
        self._performance.born[_place(row)] = _columns(row)
        self._remember(row)
        self._record(row, {f.attname: f for f in row._meta.concrete_fields})

    def save(self, row: models.Model) -> None:
        """Save a changed row and record the columns that differ from the database."""
        self.write(row, touch=False, raise_version=row is not self.subject)

    def write(self, row: models.Model, *, touch: bool, raise_version: bool) -> None:
        """The row's changed columns are saved and recorded; its version is one higher.

        `touch` raises the version even when no column changed.
        """
        born = self._performance.born
        stored = born[_place(row)] if _place(row) in born else _stored(row)
        self._performance.held.add(_place(row))
        changed = {
            f.attname: f
            for f in row._meta.concrete_fields
            if stored[f.attname] != getattr(row, f.attname)
        }
        if isinstance(row, OfficeFact):
            self._check_fresh(row, stored["version"])
            if touch or (changed and raise_version):
                row.version += 1
                changed["version"] = row._meta.get_field("version")
        if changed:
            columns.check(row, changed.values())
            row.save(update_fields=[column.name for column in changed.values()])
            if _place(row) in born:
                born[_place(row)] = _columns(row)
            self._remember(row)
            self._record(row, changed)

    def remove(self, row: models.Model) -> None:
        """Delete a row that holds no history of its own (a link, a milestone) and record that."""
        label, pk = _place(row)
        count, kinds = row.delete()
        if count != 1:
            raise RuntimeError(f"other rows hung on {label} {pk} and went unrecorded: {kinds}")
        self._performance.born.pop((label, pk), None)
        self.changes.append([label, pk, None, self._performance.next_write()])

    def withdraw_texts(self, row: models.Model, *columns: str) -> int:
        """What earlier events said in these free-text columns of the row is destroyed; how many texts.

        The row itself is changed by the verb (set the column to ""); the chain stays whole.
        """
        label, pk = _place(row)
        return store.withdraw([f"{label}/{pk}/{column}" for column in columns])

    def perform(self, verb: Action[S, P], subject: S, /, *args: P.args, **given: P.kwargs) -> Done:
        """Another verb within this one, by the same actor; its event is appended before ours."""
        by_name_only(args)
        asking.require_same_office(subject, self.actor)
        self._hold(subject)
        key = self._performance.next_key()
        return run(self._performance, verb, subject, self.actor, key=key, given=given)

    def _hold(self, row: OfficeFact) -> None:
        """The row is locked and no older than the database's, or the whole call is tried again.

        SQLite needs no lock: the transaction is the only one that writes.
        """
        locks = connection.features.has_select_for_update and row.pk is not None
        if locks and _place(row) not in self._performance.held:
            stored = _stored(row)
            self._performance.held.add(_place(row))
            self._check_fresh(row, stored["version"])

    def _check_fresh(self, row: OfficeFact, stored: int) -> None:
        """A copy older than the database's must not be saved over it."""
        if stored == row.version:
            return
        if stored == self._performance.versions.get(_place(row)):
            raise RuntimeError(f"two copies of {_place(row)} in one verb: refresh the older one")
        raise Moved(_place(row))

    def _remember(self, row: models.Model) -> None:
        if isinstance(row, OfficeFact):
            self._performance.versions[_place(row)] = row.version

    def _record(self, row: models.Model, columns: Mapping[str, Any]) -> None:
        """Columns go into the event; free text goes beside the chain, bound by its digest.

        A change is [table, id, columns, place in the call]; a text's column says {"text": true}.
        """
        label, pk = _place(row)
        kept: dict[str, Any] = {}
        unrecorded: frozenset[str] = getattr(row, "unrecorded", frozenset())
        for name, column in columns.items():
            if name not in unrecorded:
                kept[name] = self._kept(f"{label}/{pk}/{name}", column, getattr(row, name))
        self.changes.append([label, pk, kept, self._performance.next_write()])

    def _kept(self, path: str, column: models.Field[Any, Any], value: Any) -> Any:
        if not values.is_free_text(column):
            return values.plain(value)
        text = values.free_text(value)
        if text:
            self.texts[path] = text
        else:
            self.texts.pop(path, None)
        return {"text": bool(text)}


def _place(row: models.Model) -> Place:
    return row._meta.label_lower, row.pk


def _columns(row: models.Model) -> dict[str, Any]:
    """The row's columns as they are now; what can be changed in place is copied."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return values | {n: deepcopy(v) for n, v in values.items() if isinstance(v, dict | list)}


def _stored(row: models.Model) -> dict[str, Any]:
    """The row's columns as the database has them now, the row locked; Moved when it is gone."""
    rows = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk)
    stored = rows.values().first()
    if stored is None:
        raise Moved(_place(row))
    return stored


def run(
    performance: Performance,
    verb: Action[S, P],
    subject: S,
    actor: Actor,
    *,
    key: str,
    given: Mapping[str, Any],
    seen: int | None = None,
    born: bool = False,
) -> Done:
    """permit → seen → guard → change → save → an entry for the ledger; Done has no position yet."""
    subject_id = subject.pk
    digest = values.digest(verb.name, subject_id, given)
    acting = asking.require_permit(verb, subject, actor)
    asking.check_seen(subject, seen)
    asking.check_guard(verb, subject, acting)
    call = Call(performance, acting, subject)
    if born:
        call.record_birth(subject)
    change: Any = verb.run
    facts: Facts = values.plain(change(subject, call, **given))
    if verb.then is not None:
        subject.state = verb.then  # type: ignore[attr-defined]
    if subject.pk is not None:
        call.write(subject, touch=verb.touches and call.subject is subject, raise_version=False)
    about = call.subject
    name = about._meta.model_name or ""
    place = (name, about.pk or subject_id)
    performance.entries.append(_entry(verb, call, place, facts, key, digest))
    return Done(action=verb.name, subject=place, version=about.version, position=0, facts=facts)


def by_name_only(args: Iterable[Any]) -> None:
    """An action's input is given by name."""
    if tuple(args):
        raise TypeError("the input of a verb is given by name")


def _entry(
    verb: Action[Any, Any], call: Call, place: Place, facts: Facts, key: str, digest: str
) -> store.Entry:
    about = call.subject
    return store.Entry(
        at=call.at,
        action=verb.name,
        subject=place,
        subject_version=about.version,
        trail=about.trail if about.pk is not None else place,
        actor=_who(call.actor),
        request=key,
        input_digest=digest,
        facts=facts,
        changes=call.changes,
        texts=call.texts,
    )


def _who(actor: Actor) -> dict[str, Any]:
    """The actor as an event keeps it: ids, a snapshot of names, and on whose behalf."""
    who: dict[str, Any] = {"id": actor.user_id, "name": actor.name, "machine": actor.machine}
    if actor.capacity is not None:
        post = actor.capacity
        who |= {
            "post": post.post_id,
            "role": post.role.value,
            "title": post.title,
            "unit": post.unit_id,
            "unit_name": post.unit_name,
            "on_behalf_of": post.on_behalf_of,
            "on_behalf_of_name": post.on_behalf_of_name,
        }
    return who
