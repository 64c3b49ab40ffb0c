"""What a form says about the due day while it is filled in: the day if it is left open, why, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.errors import Refusal
from huiyin.matters.due import Asked, due_of, said_in
from huiyin.matters.rules import Nature
from huiyin.rulebook.queries import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNote:
    """The day that holds and why; `doubt` is asked once; `typed`: a person wrote the day."""

    on: date | None
    why: str = ""
    doubt: str = ""
    typed: bool = False

    @property
    def mark(self) -> str:
        """What was asked, so that the same is not asked again."""
        return f"{self.on}:{self.doubt}" if self.doubt else ""


def due_note(typed: Mapping[str, Any], book: Book, *, today: date) -> DueNote | None:
    """The note for what is typed so far (`forms.due.DueNoteForm`); None for what has no due day."""
    if typed.get("nature") == Nature.STANDING:
        return None
    said_on = min(typed.get("given_on") or today, today)
    words = typed.get("words") or typed.get("quote") or ""
    asked = Asked(
        source_kind=typed.get("source_kind") or "own",
        urgency=typed.get("urgency") or "normal",
        said=said_in(words, on=said_on, days=book.calendar(today)) if words else None,
        said_on=said_on,
        typed=typed.get("due_on"),
        limit=typed.get("limit") or "",
        counted_from=typed.get("counted_from"),
    )
    try:
        due = due_of(asked, book, today=today)
    except Refusal as refusal:
        return DueNote(on=None, why=str(refusal.sentence))
    return DueNote(
        on=due.on,
        why=str(due.cell.get("why", "")),
        doubt=due.doubt,
        typed=asked.typed is not None,
    )
