"""What the worker does for this feature; found by the worker when it starts."""

from __future__ import annotations

from huiyin.documents.reader import read_document
from huiyin.documents.wanted import KIND
from huiyin.ledger.work import works


@works(KIND)
def read(document_id: int, _jurisdiction_id: int) -> None:
    """The document is read, unreadable or withdrawn, and says so."""
    read_document(document_id)
