"""What waits for somebody, of every sort, in one query: rows of many tables brought to the same few columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from huiyin.desk.rules import Entry

Part = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One row that waits: of which sort, about which matter, who with whom, its words, its days."""

    sort: str
    pk: int
    matter: int
    title: str
    unit: str
    other: str
    words: str
    code: str
    at: datetime | None
    on: date | None
    since: date | None
    count: int


Tell = Callable[[Wait, date], Entry]
TYPES: Mapping[str, Field[Any, Any]] = {
    "matter": IntegerField(),
    "title": TextField(),
    "unit": TextField(),
    "other": TextField(),
    "words": TextField(),
    "code": CharField(),
    "at": DateTimeField(),
    "on": DateField(),
    "since": DateField(),
    "count": IntegerField(),
}
"""The columns of a row that waits, with their types; a sort gives those it has."""
LEFT_OUT: Mapping[str, Combinable] = {
    **{
        name: Value("", output_field=TYPES[name])
        for name in ("title", "unit", "other", "words", "code")
    },
    **{name: Value(0, output_field=TYPES[name]) for name in ("matter", "count")},
    # Only a typed NULL can be united with days on PostgreSQL.
    **{name: Cast(Value(None), output_field=TYPES[name]) for name in ("at", "on", "since")},
}


def part(sort: str, rows: QuerySet[Any], **columns: str | Combinable) -> Part:
    """The rows as one sort of what waits; a column is a path, an expression, or left out."""
    named = {f"w_{name}": _column(name, columns.get(name)) for name in TYPES}
    found: Part = rows.order_by().annotate(w_sort=Value(sort, output_field=CharField()), **named)
    return found.values_list("w_sort", "pk", *named)


def grouped(sort: str, rows: QuerySet[Any], by: str, count: Combinable) -> Part:
    """One row for each value of a column, with how many there are."""
    named = {
        f"w_{name}": _column(name, {"words": F(by), "count": count}.get(name)) for name in TYPES
    }
    sums = rows.order_by().values(by).annotate(w_sort=Value(sort, output_field=CharField()))
    found: Part = sums.annotate(w_pk=Value(0), **named)
    return found.values_list("w_sort", "w_pk", *named)


def unit(path: str) -> Combinable:
    """A unit by the name it is known by."""
    return Coalesce(NullIf(F(f"{path}__short_name"), Value("")), F(f"{path}__name"), Value(""))


def _column(name: str, given: str | Combinable | None) -> Combinable:
    if given is None:
        return LEFT_OUT[name]
    return F(given) if isinstance(given, str) else given


def read(parts: Sequence[Part]) -> list[Wait]:
    """All rows of all sorts, sort after sort as they are given, the longest waiting first; one query."""
    if not parts:
        return []
    first, *others = parts
    rows = [_wait(row) for row in (first.union(*others, all=True) if others else first)]
    return sorted(rows, key=_age)


def _wait(row: tuple[Any, ...]) -> Wait:
    return Wait(sort=row[0], pk=row[1], **dict(zip(TYPES, row[2:], strict=True)))


def _age(row: Wait) -> tuple[float, int, int]:
    at = row.at.timestamp() if row.at is not None else float("inf")
    on = row.on.toordinal() if row.on is not None else date.max.toordinal()
    return at, on, row.pk


def told(rows: Sequence[Wait], tellers: Mapping[str, Tell], today: date) -> list[Entry]:
    """The rows as entries, in the order of the tellers."""
    return [tell(row, today) for sort, tell in tellers.items() for row in rows if row.sort == sort]
