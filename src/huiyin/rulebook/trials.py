"""Rules tried on history: features above register what a candidate would have done to their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One number under the rule in force and under the candidate."""

    was: int
    becomes: int

    @property
    def differs(self) -> bool:
        return self.was != self.becomes


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One day of the trial: its name and a pair for each column."""

    label: str
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One row that would look different today."""

    title: str
    url: str
    was: str
    becomes: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a candidate does: columns, a line a day, the rows that change today, and what is not known."""

    columns: Sequence[Words]
    lines: Sequence[Line]
    moved: Sequence[Moved]
    moved_total: int
    note: str


Try = Callable[[int, Any, Any, date], Trial]
"""Called with the jurisdiction, the typed bodies (in force, candidate) and today."""
_trials: dict[str, Try] = {}


def register(code: str, trial: Try) -> None:
    """From now on amendments of the rule `code` are tried by `trial`."""
    _trials[code] = trial


def run(code: str, jurisdiction_id: int, before: Any, after: Any, today: date) -> Trial | None:
    """The trial of a candidate; None when nobody registered one for the rule."""
    found = _trials.get(code)
    return found(jurisdiction_id, before, after, today) if found else None
