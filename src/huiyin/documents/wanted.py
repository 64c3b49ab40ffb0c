"""A document wants to be read: wanted work, so that a kill loses nothing."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.documents.models import Document
from huiyin.ledger import work

KIND = "read_document"


def want_reading(document: Document) -> None:
    """The document waits for the worker, once, from the moment this transaction stands."""
    work.want(KIND, document.pk, document.jurisdiction_id)


def at_work(documents: Sequence[int]) -> dict[int, str]:
    """State of the unfinished reading of each document: wanted, taken or failed."""
    return {pk: row.state for pk, row in work.unfinished(KIND, documents).items()}
