"""What a reading is made of: frozen values, offsets in code points of `Reading.text`.

Everything a step finds points to its words: `text[start:end]` is the quote, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["task", "standing", "problem", "fact"]
DeadlineKind = Literal["fixed", "period", "relative", "open", "immediate", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stretch of the text lies in the original: a page of a pdf, a row of a sheet or table."""

    start: int
    end: int
    page: int | None = None
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the original that the text holds in linear form; cells are (start, end) spans."""

    header: int
    rows: tuple[tuple[tuple[int, int], ...], ...]
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file turned into text, before anything is understood."""

    name: str
    sha256: str
    media_type: str
    text: str
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A numbered heading or run-in numbering; `end` is where its stretch of the text ends."""

    level: int
    number: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The words of a time limit and the last day that still keeps it (ISO), with the reason."""

    text: str
    date: str | None
    kind: DeadlineKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    text: str
    freq: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    text: str
    value: float | int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A fact as an indicator table holds it."""

    indicator: str | None = None
    change: str | None = None
    rank: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding: the smallest clause that states one thing of one kind, and why it was read so.

    `lead_units[i]` is the directory's full name for `lead[i]`, None where no directory knows it;
    both are empty when no directory was given.
    """

    kind: Kind
    start: int
    end: int
    quote: str
    outline: int | None = None
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    lead_units: tuple[str | None, ...] = ()
    co_units: tuple[str | None, ...] = ()
    deadline: Deadline | None = None
    recurrence: Recurrence | None = None
    quantities: tuple[Quantity, ...] = ()
    measure: Measure | None = None
    confidence: float = 0.5
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A unit of the directory: its full name and every other name papers use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The engine's whole answer about one document (schema huiyin.reading/1)."""

    engine: str
    source: Document
    title: str | None = None
    doc_type: str | None = None
    date: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    number: str | None = None
    outline: tuple[Heading, ...] = ()
    items: tuple[Item, ...] = ()
    warnings: tuple[str, ...] = field(default=())
