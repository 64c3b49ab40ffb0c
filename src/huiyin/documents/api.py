"""Reads of documents for programs; every verb is an operation of its own, made from the registry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiyin import clock
from huiyin.actors import Actor
from huiyin.api.schemas import REFUSALS
from huiyin.documents import queries
from huiyin.documents.models import Document, Passage
from huiyin.documents.queries.documents import Listed

router = Router(tags=["documents"])
MOST = 200
PageNumber = Annotated[int, Field(ge=1, le=10**6)]
Words = Annotated[str, Field(max_length=80)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class DocumentOut(Schema):
    """A document as the list has it."""

    id: int
    version: int
    state: str
    name: str
    sha256: str
    size: int
    title: str
    doc_type: str
    number: str
    issuer: str
    speaker: str
    given_on: date | None
    imported_at: datetime
    imported_by_name: str
    reading_error: str
    warnings: list[str]
    counts: dict[str, int]
    found: int
    reviewed: int


class DocumentsOut(Schema):
    """A page of documents."""

    total: int
    next_page: int | None
    items: list[DocumentOut]


class PassageOut(Schema):
    """A passage: its words, its place, what it is, and the matters that answer it."""

    id: int
    version: int
    document: int
    start: int | None
    end: int | None
    page: int | None
    quote: str
    kind: str
    decision: str
    changed: bool
    confidence: float | None
    attributes: dict[str, Any]
    because: list[str]
    reason: str
    approver_name: str
    matters: list[int]


class PassagesOut(Schema):
    """A page of passages in the order of the words."""

    total: int
    next_page: int | None
    items: list[PassageOut]


class TextOut(Schema):
    """The text of a document, with the version that passages point into."""

    id: int
    text_version: int
    text_sha256: str
    text: str
    outline: list[dict[str, Any]]


class DemandOut(Schema):
    """A demand as the echo view numbers it."""

    n: int
    passage: int
    fate: str
    words: str


class EchoOut(Schema):
    """What became of every demand of a document; the counts are disjoint and sum to the demands."""

    id: int
    sentence: str
    counts: dict[str, int]
    undecided: int
    demands: list[DemandOut]


class InstructionOut(Schema):
    """A leader's instruction and its matters."""

    id: int
    leader_name: str
    given_on: date
    words: str
    paper: str
    document_id: int | None
    oral: bool
    number: str
    urgency: str
    matters: list[int]


class InstructionsOut(Schema):
    """A page of instructions, newest first."""

    total: int
    next_page: int | None
    items: list[InstructionOut]


def _viewer(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@router.get("/documents", operation_id="document.list", response={200: DocumentsOut, **REFUSALS})
def documents(
    request: HttpRequest,
    page: PageNumber = 1,
    q: Words = "",
) -> DocumentsOut:
    """Documents the caller may see, newest first."""
    found = queries.documents(
        viewer=_viewer(request), today=clock.today(), page=page, q=q.replace("\x00", "")
    )
    items = [_document(row) for row in found.rows] if page == 1 or found.first > 1 else []
    return DocumentsOut(total=found.total, next_page=found.following, items=items)


def _document(row: Listed) -> DocumentOut:
    columns = (
        "id version state name sha256 size title doc_type number issuer speaker given_on"
        " imported_at imported_by_name reading_error warnings"
    )
    told = {name: getattr(row.document, name) for name in columns.split()}
    return DocumentOut(
        **told, counts=dict(row.counts), found=row.progress.total, reviewed=row.progress.done
    )


@router.get("/documents/{pk}", operation_id="document.get", response={200: DocumentOut, **REFUSALS})
def document(request: HttpRequest, pk: Id) -> DocumentOut:
    """One document with its counts."""
    found = _seen(request, pk)
    return _document(queries.listed([found], clock.today())[0])


@router.get(
    "/documents/{pk}/text", operation_id="document.text", response={200: TextOut, **REFUSALS}
)
def text(request: HttpRequest, pk: Id) -> TextOut:
    """The text and the outline of the latest reading; offsets are code points."""
    found = _seen(request, pk)
    return TextOut(
        id=found.pk,
        text_version=found.text_version,
        text_sha256=found.text_sha256,
        text=found.text,
        outline=found.reading.outline if found.reading else [],
    )


@router.get(
    "/documents/{pk}/echo", operation_id="document.echo", response={200: EchoOut, **REFUSALS}
)
def echo(request: HttpRequest, pk: Id) -> EchoOut:
    """Every demand with its fate today."""
    found = queries.echo(_seen(request, pk), viewer=_viewer(request), today=clock.today())
    return EchoOut(
        id=pk,
        sentence=found.sentence,
        counts=found.counts,
        undecided=found.undecided,
        demands=[
            DemandOut(n=d.n, passage=d.passage, fate=d.fate, words=d.words) for d in found.demands
        ],
    )


@router.get(
    "/documents/{pk}/passages", operation_id="passage.list", response={200: PassagesOut, **REFUSALS}
)
def passages(
    request: HttpRequest,
    pk: Id,
    page: PageNumber = 1,
) -> PassagesOut:
    """Passages of a document in the order of the words, 200 a page."""
    rows = _seen(request, pk).passages.standing_findings().in_order().prefetch_related("links")
    total, start = rows.count(), (page - 1) * MOST
    items = [_passage(row) for row in rows[start : start + MOST]]
    return PassagesOut(
        total=total, next_page=page + 1 if start + MOST < total else None, items=items
    )


def _passage(row: Passage) -> PassageOut:
    columns = "id version start end page quote kind decision changed attributes because reason approver_name"
    told = {name: getattr(row, name) for name in columns.split()}
    return PassageOut(
        **told,
        document=row.document_id,
        confidence=None if row.confidence is None else row.confidence / 1000,
        matters=[link.matter_id for link in row.links.all()],
    )


@router.get(
    "/instructions", operation_id="instruction.list", response={200: InstructionsOut, **REFUSALS}
)
def instructions(
    request: HttpRequest,
    page: PageNumber = 1,
) -> InstructionsOut:
    """Leaders' instructions the caller may see, newest first."""
    found = queries.instructions(viewer=_viewer(request), today=clock.today(), page=page)
    columns = "id leader_name given_on words paper document_id oral number urgency"
    items = [
        InstructionOut(
            **{name: getattr(row.instruction, name) for name in columns.split()},
            matters=[each.matter.pk for each in row.matters],
        )
        for row in found.rows
    ]
    return InstructionsOut(total=found.total, next_page=found.following, items=items)


def _seen(request: HttpRequest, pk: int) -> Document:
    return queries.get(pk, viewer=_viewer(request))
