"""The legal limits offered with a requirement that may be registered, and the day that holds without one."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from huiyin import clock
from huiyin.documents.forms import LimitForm
from huiyin.documents.models import Passage
from huiyin.documents.rules import Decision, Kind
from huiyin.matters.queries.due_note import DueNote, due_note
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.rulebook.rules.words import SOURCES


def offered(row: Passage | None) -> dict[str, Any]:
    """`limit_form` and `due_note` of a requirement that can be registered now; nothing for any other."""
    if row is None or not _registrable(row):
        return {}
    book = rulebook.book(row.jurisdiction_id)
    return {"limit_form": form(row, None, book=book), "due_note": _note(row, book)}


def form(row: Passage, data: QueryDict | None, *, book: Book | None = None) -> LimitForm:
    """The limits in the order of the requirement's kind of source, its default chosen where the words name no day."""
    book, today = book or rulebook.book(row.jurisdiction_id), clock.today()
    kind, proposed = _source(row), ""
    if not _said(row):
        urgency = row.document.urgency
        proposed = book.due_default(source_kind=kind, urgency=urgency, start=today).limit
    return LimitForm(data, limits=book.limits(source_kind=kind, on=today), proposed=proposed)


def errors(form: LimitForm) -> dict[str, list[str]]:
    """The messages of each field."""
    return {name: [str(line) for line in lines] for name, lines in form.errors.items()}


def _registrable(row: Passage) -> bool:
    confirmed = row.decision == Decision.CONFIRMED and row.is_demand
    return confirmed and row.kind != Kind.STANDING and not row.links.all()


def _note(row: Passage, book: Book) -> DueNote | None:
    """The day by rule; None where the words name one, which stands above."""
    if _said(row):
        return None
    typed = {"source_kind": _source(row), "urgency": row.document.urgency}
    return due_note(typed, book, today=clock.today())


def _said(row: Passage) -> bool:
    """Whether the words name a day that is still to come."""
    return row.due_on is not None and row.due_on >= clock.today()


def _source(row: Passage) -> str:
    """The kind of source of a matter from this document, as `matter.register` takes it."""
    kind = row.document.doc_type
    return kind if kind in SOURCES else "notice"
