"""Every read of documents: the list, one document's echo, its review, instructions."""

from __future__ import annotations

from huiyin.documents.queries.counts import linked
from huiyin.documents.queries.documents import (
    Listed,
    Page,
    documents,
    get,
    listed,
    state_word,
)
from huiyin.documents.queries.echo import Echo, echo
from huiyin.documents.queries.instructions import answers_to, instructions
from huiyin.documents.queries.review import Review, review

__all__ = [
    "Echo",
    "Listed",
    "Page",
    "Review",
    "answers_to",
    "documents",
    "echo",
    "get",
    "instructions",
    "linked",
    "listed",
    "review",
    "state_word",
]
