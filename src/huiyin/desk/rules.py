"""What a desk is made of: one sentence, then what waits, in order of consequence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A button of an entry: where it leads, and whether it is the one filled button of the page."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that waits: its light or its tag, what it is, why it is here, what to do."""

    title: str
    url: str
    why: str = ""
    light: str = ""
    word: str = ""
    tag: str = ""
    said: bool = False
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its entries; `total` may be more than are listed, and then says so.

    `of_units`: the entries are units (家), not things (件).
    """

    heading: str
    entries: tuple[Entry, ...]
    total: int
    more_url: str = ""
    of_units: bool = False

    @property
    def cut(self) -> bool:
        return self.total > len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A working day of the coming week and how many matters fall due on it."""

    day: date
    due: int
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of what has changed since yesterday."""

    at: object
    who: str
    what: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A unit of a portfolio, or a document, with the fates of what it answers for."""

    name: str
    url: str
    counts: dict[str, int] = field(default_factory=dict)
    total: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A person's home page."""

    lead: str
    rest: str
    sections: tuple[Section, ...]
    week: tuple[Day, ...] = ()
    happenings: tuple[Happening, ...] = ()
    shares: tuple[Share, ...] = ()
    shares_heading: str = ""
    documents: tuple[Share, ...] = ()
