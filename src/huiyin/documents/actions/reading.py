"""What the reading engine found is recorded: a text version, a reading, and its findings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from huiyin.documents import permits
from huiyin.documents.models import Document, Passage, Reading
from huiyin.documents.rules import Decision, DocType, DocumentState, overlaps, reanchored
from huiyin.door import Call, Facts, action, plain
from huiyin.proof import canonical

Row = Mapping[str, Any]
ATTRIBUTES = ("lead", "co", "deadline", "recurrence", "quantities", "measure")


@action(
    "reading.record",
    label=gettext_lazy("读文"),
    model=Document,
    permit=permits.is_reader,
    when={DocumentState.STORED},
    public=False,
)
def record_reading(
    document: Document,
    call: Call,
    *,
    engine: str,
    text: str,
    items: Sequence[Row] = (),
    outline: Sequence[Row] = (),
    places: Sequence[Row] = (),
    header: Mapping[str, str | None] | None = None,
    warnings: Sequence[str] = (),
    pages: int = 0,
) -> Facts:
    """The text is frozen under its version, every finding points to its words and waits for review.

    After a second reading what people decided or added is kept, found again by its quote; findings
    nobody had looked at are replaced. `pages` without text make a scan. `header` holds title,
    doc_type, date, issuer, speaker, number; columns described by hand are left alone.
    """
    _freeze(document, text)
    reading = call.create(_reading(document, call, engine, text, items, outline, places))
    kept, adrift = _keep_decided(document, call, text)
    taken = [(p.start, p.end) for p in kept if p.start is not None and p.end is not None]
    fresh = [
        item for item in items if not any(overlaps((item["start"], item["end"]), t) for t in taken)
    ]
    for item in fresh:
        call.create(_passage(document, item, outline))
    _describe(document, header or {})
    document.warnings, document.reading_error, document.pages = list(warnings), "", pages
    document.state = DocumentState.READ if text.strip() else DocumentState.SCAN
    return {"reading": reading.pk, "found": len(fresh), "kept": len(kept), "adrift": adrift}


@action(
    "reading.fail",
    label=gettext_lazy("读文未成"),
    model=Document,
    permit=permits.is_reader,
    when={DocumentState.STORED},
    then=DocumentState.UNREADABLE,
    public=False,
)
def fail_reading(
    document: Document,
    _call: Call,
    *,
    code: str,
    sentence: str,
) -> Facts:
    """The document is kept and says in a sentence why it could not be read."""
    document.reading_error = sentence
    return {"code": code}


def _freeze(document: Document, text: str) -> None:
    """A new text is a new version; the same text again is the same version."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest != document.text_sha256:
        document.text_version += 1
        document.text_sha256 = digest


def _reading(
    document: Document,
    call: Call,
    engine: str,
    text: str,
    items: Sequence[Row],
    outline: Sequence[Row],
    places: Sequence[Row],
) -> Reading:
    rows = [dict(item) for item in items]
    return Reading(
        document=document,
        text_version=document.text_version,
        text=text,
        text_sha256=document.text_sha256,
        engine=engine[:60],
        items=rows,
        items_sha256=hashlib.sha256(canonical.encode(plain(rows))).hexdigest(),
        outline=[dict(heading) for heading in outline],
        places=[dict(place) for place in places],
        found=len(rows),
        read_at=call.at,
    )


def _keep_decided(document: Document, call: Call, text: str) -> tuple[list[Passage], list[int]]:
    """Decided or typed passages, anchored in the text at hand; ids of those whose words are gone."""
    kept: list[Passage] = []
    for passage in document.passages.select_for_update().order_by("pk"):
        # What only the machine said, and nobody touched, is said anew by the new reading.
        touched = passage.changed or passage.confidence is None
        if passage.decision == Decision.UNDECIDED and not touched:
            call.remove(passage)
            continue
        if passage.start is not None and passage.text_version != document.text_version:
            _anchor(passage, document, text)
            call.save(passage)
        kept.append(passage)
    return kept, [passage.pk for passage in kept if passage.adrift]


def _anchor(passage: Passage, document: Document, text: str) -> None:
    start = reanchored(text, passage.quote, passage.start or 0)
    passage.adrift = start is None
    if start is not None:
        passage.start, passage.end = start, start + len(passage.quote)
        passage.text_version = document.text_version


def _passage(document: Document, item: Row, outline: Sequence[Row]) -> Passage:
    attributes = {name: plain(item.get(name)) for name in ATTRIBUTES}
    deadline, rhythm = item.get("deadline") or {}, item.get("recurrence") or {}
    return Passage(
        document=document,
        text_version=document.text_version,
        start=item["start"],
        end=item["end"],
        quote=item["quote"],
        kind=item["kind"],
        confidence=round(float(item.get("confidence", 0.5)) * 1000),
        attributes=attributes,
        due_on=day(deadline.get("date")),
        freq=rhythm.get("freq") or "",
        found={
            "kind": item["kind"],
            "start": item["start"],
            "end": item["end"],
            "because": list(item.get("because") or []),
            "headings": path(outline, item.get("outline")),
            **attributes,
        },
    )


def path(outline: Sequence[Row], index: int | None) -> list[str]:
    """The headings above a finding, outermost first: 一、 and its words."""
    if index is None or not 0 <= index < len(outline):
        return []
    found, level = [], outline[index]["level"] + 1
    for heading in reversed(outline[: index + 1]):
        if heading["level"] < level:
            found.append(f"{heading['number']}　{heading['heading']}".strip())
            level = heading["level"]
    return found[::-1]


def day(value: object) -> date | None:
    """A full ISO day as a date; None for anything less (a year, a month, nothing)."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _describe(document: Document, header: Mapping[str, str | None]) -> None:
    """What the paper says of itself fills the columns that nobody described by hand."""
    given = {
        "title": (header.get("title") or "")[:200],
        "issuer": (header.get("issuer") or "")[:120],
        "speaker": (header.get("speaker") or "")[:80],
        "number": (header.get("number") or "")[:60],
    }
    for name, value in given.items():
        if value and not (document.described and getattr(document, name)):
            setattr(document, name, value)
    kind, given_on = header.get("doc_type"), day(header.get("date"))
    if kind in DocType.values and not (document.described and document.doc_type != DocType.OTHER):
        document.doc_type = kind
    if given_on and not (document.described and document.given_on):
        document.given_on = given_on
