"""What the steps of the pipeline hand to each other: the text in its forms and the findings so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.reading.clauses import Clause
from huiyin.reading.deadlines import Base, Calendar, Limit
from huiyin.reading.header import Header
from huiyin.reading.noise import Clean
from huiyin.reading.structure import Mark
from huiyin.reading.types import Deadline, Document, Kind, Measure, Quantity, Recurrence
from huiyin.reading.units import Directory


@dataclass(slots=True)
class Assigned:
    """Who a block answers to, and by when: from labels and brackets around its clauses."""

    lead: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)
    limit: Deadline | None = None
    why: str = ""


@dataclass(slots=True)
class Finding:
    """A clause read as an item, filled by one step after another."""

    clause: Clause
    kind: Kind
    confidence: float
    start: int
    end: int
    because: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    recurrence: Recurrence | None = None
    quantities: list[Quantity] = field(default_factory=list)
    measure: Measure | None = None
    from_table: bool = False


@dataclass(slots=True)
class Draft:
    """One document on its way from text to reading."""

    document: Document
    directory: Directory
    given_date: str | None = None
    calendar: Calendar | None = None
    folded: str = ""
    clean: Clean = field(default_factory=lambda: Clean("", (0,), (0,)))
    header: Header = field(default_factory=Header)
    base: Base = field(default_factory=Base)
    marks: list[Mark] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    assigned: dict[int, Assigned] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The clean text, which all recognising is done on."""
        return self.clean.text

    def written(self, start: int, end: int) -> str:
        """A stretch of clean text as the original has it, without blanks and line ends."""
        if end <= start:
            return ""
        original = self.document.text[self.clean.start(start) : self.clean.end(end)]
        return "".join(original.split())

    def deadline(self, limit: Limit, offset: int) -> Deadline:
        """A limit found in a clause that begins at `offset`, as the reading gives it."""
        text = self.written(offset + limit.start, offset + limit.end)
        return Deadline(text=text, date=limit.date, kind=limit.kind, why=limit.why)
