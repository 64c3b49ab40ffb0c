"""Folding the events gives the tables: what every row should be, and where a table differs.

An event's changes are [table, id, columns, place in the call]; events of one call stand together in
the chain, and a verb's own event comes after those of the verbs within it, so changes are ordered
by their place, not by their event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from huiyin.ledger.models import Event, Kept
from huiyin.ledger.values import free_text, plain
from huiyin.proof import canonical

Place = tuple[str, int]
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class TextHash:
    """What is known of a free text: the SHA-256 of it; None once it was withdrawn."""

    sha256: bytes | None


@dataclass(slots=True)
class Folded:
    """A row as its events say it is, with the position of the last one that changed it."""

    columns: dict[str, Any]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where a table and the events disagree; `str` says it in Chinese."""

    table: str
    pk: int
    column: str
    position: int

    def __str__(self) -> str:
        what = f"{self.table}表第{self.pk}行"
        since = f"（最近一次经第{self.position}条记录变动）" if self.position else ""
        if self.column == "+":
            return f"{what}没有任何记录，不是经系统写入的。"
        if self.column == "-":
            return f"{what}{since}已经不在表中，却没有删除它的记录。"
        return f"{what}的{self.column}栏{since}与记录不符，被直接改动过。"


class Fold:
    """Takes events in order and holds what every row should be; one for all jurisdictions."""

    def __init__(self) -> None:
        self.rows: dict[Place, Folded] = {}

    def take(self, events: Iterable[tuple[Event, Mapping[str, Any]]]) -> None:
        """Fold the events of one chain (with their decoded bodies), in order."""
        for _root, together in groupby(events, key=lambda pair: pair[0].request.split("/")[0]):
            changes = [change for event, body in together for change in _changes(event, body)]
            for _place, position, label, pk, columns in sorted(changes, key=lambda c: c[0]):
                self._apply(label, pk, columns, position)

    def _apply(self, label: str, pk: int, columns: dict[str, Any] | None, position: int) -> None:
        if columns is None:
            self.rows.pop((label, pk), None)
            return
        row = self.rows.setdefault((label, pk), Folded(columns={}, position=position))
        row.columns.update(columns)
        row.position = position

    def differences(self) -> Iterator[Difference]:
        """Every place in which the tables of the database are not what the events say."""
        for model in _tables({label for label, _pk in self.rows}):
            yield from self._differences_of(model)

    def _differences_of(self, model: type[models.Model]) -> Iterator[Difference]:
        label = model._meta.label_lower
        unseen = {pk for name, pk in self.rows if name == label}
        for row in model._default_manager.order_by("pk").values().iterator(CHUNK):
            pk = row[model._meta.pk.attname]
            unseen.discard(pk)
            yield from self._compare(model, pk, row)
        for pk in sorted(unseen):
            yield Difference(table=label, pk=pk, column="-", position=self.rows[label, pk].position)

    def _compare(
        self, model: type[models.Model], pk: int, row: Mapping[str, Any]
    ) -> Iterator[Difference]:
        label = model._meta.label_lower
        folded = self.rows.get((label, pk))
        if folded is None:
            yield Difference(table=label, pk=pk, column="+", position=0)
            return
        columns = {column.attname: column for column in model._meta.concrete_fields}
        for name in columns.keys() & folded.columns.keys():
            if not _same(columns[name], folded.columns[name], row[name]):
                yield Difference(table=label, pk=pk, column=name, position=folded.position)


def _changes(
    event: Event, body: Mapping[str, Any]
) -> Iterator[tuple[int, int, str, int, dict[str, Any] | None]]:
    """Changes of an event as (place, position, table, id, columns), texts as their hashes."""
    texts = {text.field: text.text for text in event.texts.all()} if body["texts"] else {}
    for label, pk, columns, place in body["changes"]:
        if columns is None:
            yield place, event.position, label, pk, None
            continue
        kept = {
            name: _text_hash(texts.get(f"{label}/{pk}/{name}"), value["text"])
            if isinstance(value, dict) and value.keys() == {"text"}
            else value
            for name, value in columns.items()
        }
        yield place, event.position, label, pk, kept


def _text_hash(text: str | None, there_is_one: bool) -> TextHash:  # noqa: FBT001
    if not there_is_one:
        return TextHash(_sha256(""))
    return TextHash(None if text is None else _sha256(text))


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _same(column: models.Field[Any, Any], recorded: Any, stored: Any) -> bool:
    if isinstance(recorded, TextHash):
        return recorded.sha256 in {None, _sha256(free_text(stored))}
    if plain(stored) == recorded:
        return True
    try:
        return bool(column.to_python(recorded) == stored)
    except (ValueError, TypeError, models.ObjectDoesNotExist):
        return False


def _tables(labels: set[str]) -> list[type[models.Model]]:
    """Tables of office facts, and the other tables that events name, in a fixed order."""
    ours = [m for m in apps.get_models() if getattr(m, "kept", None) == Kept.OFFICE_FACT]
    linked = [
        m for m in apps.get_models(include_auto_created=True) if m._meta.label_lower in labels
    ]
    return sorted({*ours, *linked}, key=lambda model: model._meta.label_lower)


def body_of(event: Event) -> dict[str, Any] | None:
    """The decoded body of an event; None when it is no longer canonical."""
    try:
        value = canonical.decode(bytes(event.body))
    except canonical.NotCanonical:
        return None
    return value if isinstance(value, dict) else None
