"""Where a matter's words can be read again: each source feature registers how its kind is addressed.

A matter keeps its source's kind and id; the features above know the page. `documents` registers
"passage" and "instruction" when its app is ready, and which sources belong to one document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.matters.models import Matter, SupervisionNotice

SourceUrl = Callable[[int], str]
DocumentSources = Callable[[int], dict[str, Any]]
_urls: dict[str, SourceUrl] = {}
_documents: list[DocumentSources] = []


def register_source_url(kind: str, address: SourceUrl) -> None:
    """From now on sources of `kind` are addressed by `address(id)`; "" means there is no page."""
    _urls[kind] = address


def register_document_sources(lookup: DocumentSources) -> None:
    """From now on `lookup(document_id)` is the filter on matters that came from one document."""
    _documents[:] = [lookup]


def source_url(kind: str, pk: int | None) -> str:
    """The page on which the words of a source stand, "" when nobody registered the kind."""
    address = _urls.get(kind)
    return address(pk) if address is not None and pk is not None else ""


def url_of(subject: Matter | SupervisionNotice) -> str:
    """The page of the source of a matter or notice."""
    return source_url(subject.source_type, subject.source_id)


def of_document(document: int) -> dict[str, Any]:
    """The filter on matters that came from one document; all of them when nobody registered one."""
    return _documents[0](document) if _documents else {}
