"""A document comes in, is described, opened to units, and goes out again when it should not be here."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin import files
from huiyin.documents import permits, pictures
from huiyin.documents.actions.checks import fits, one_of
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import DocType, DocumentState
from huiyin.documents.wanted import want_reading
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.ledger.models import EventText
from huiyin.matters.rules import Urgency
from huiyin.people.models import Jurisdiction
from huiyin.web import uploads


@action(
    "document.take_in",
    label=gettext_lazy("收文"),
    model=Jurisdiction,
    permit=permits.office_or_importer,
    touches=False,
)
def take_in(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    name: str,
    sha256: str,
    size: int,
    media_type: str = "application/octet-stream",
    pasted: bool = False,
    title: str = "",
    doc_type: str = "",
    given_on: date | None = None,
    urgency: str = "normal",
) -> Facts:
    """The document stands in the list and waits to be read; the same bytes twice are one document.

    The bytes must lie under `sha256` already. Facts: document, and `already` when it was there.
    """
    # A hash gives no way to bytes somebody else brought.
    if not (call.actor.machine or uploads.brought_by(call.actor.user_id, sha256)):
        raise Refusal(_("没有收到文件内容，请重新上传。"), code="not_uploaded")
    there = Document.objects.filter(jurisdiction=jurisdiction, sha256=sha256)
    earlier = there.exclude(state=DocumentState.WITHDRAWN).first()
    if earlier is not None:
        return {"document": earlier.pk, "already": True}
    if not files.is_stored(sha256):
        raise Refusal(_("没有收到文件内容，请重新上传。"), code="file_missing")
    document = Document(
        jurisdiction=jurisdiction,
        name=name.strip()[:200] or _("未命名"),
        sha256=sha256,
        size=size,
        media_type=media_type[:100],
        pasted=pasted,
        title=title.strip()[:200],
        doc_type=one_of(DocType, doc_type or DocType.OTHER, "doc_type"),
        given_on=given_on,
        described=bool(title or doc_type or given_on),
        urgency=one_of(Urgency, urgency, "urgency"),
        imported_by=call.actor.user_id,
        imported_by_name=call.actor.name,
        imported_at=call.at,
    )
    call.create(document, concerns=True)
    want_reading(document)
    return {"document": document.pk, "already": False}


@action(
    "document.describe",
    label=gettext_lazy("更正文件信息"),
    model=Document,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
)
def describe(
    document: Document,
    _call: Call,
    *,
    title: str | None = None,
    doc_type: str | None = None,
    given_on: date | None = None,
    issuer: str | None = None,
    speaker: str | None = None,
    number: str | None = None,
    urgency: str | None = None,
) -> Facts:
    """What a person says the paper is stands, whatever the reader finds later."""
    given = {
        "title": title,
        "doc_type": doc_type,
        "given_on": given_on,
        "issuer": issuer,
        "speaker": speaker,
        "number": number,
        "urgency": urgency,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    if not changed.get("title", "-"):
        raise Refusal(_("请写明文件标题。"), code="title_missing", fields={"title": [_("必填")]})
    fits(Document, changed)
    one_of(DocType, doc_type or DocType.OTHER, "doc_type")
    one_of(Urgency, urgency or Urgency.NORMAL, "urgency")
    for name, value in changed.items():
        setattr(document, name, value)
    document.described = True
    return {"columns": sorted(changed)}


@action(
    "document.open_to_units",
    label=gettext_lazy("向承办单位公开全文"),
    model=Document,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
)
def open_to_units(
    document: Document,
    _call: Call,
    *,
    opened: bool = True,
) -> Facts:
    """Units that answer for something in it may read the whole paper, or may no longer."""
    document.opened_to_units = opened
    return {"opened": opened}


@action(
    "document.read_again",
    label=gettext_lazy("重新读一遍"),
    model=Document,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
    then=DocumentState.STORED,
)
def read_again(document: Document, _call: Call) -> Facts:
    """The document waits to be read once more; what was decided stays decided."""
    document.reading_error = ""
    want_reading(document)
    return {"text_version": document.text_version}


@action(
    "document.withdraw_text",
    label=gettext_lazy("撤除文件"),
    model=Document,
    permit=permits.may_withdraw,
    unless=(permits.withdrawn,),
    then=DocumentState.WITHDRAWN,
)
def withdraw_text(document: Document, call: Call, *, reason: str) -> Facts:
    """Bytes, text and quotes are destroyed; the hash, the name and the fact of it remain.

    Matters already registered from it keep their own words: they are named in the facts, so that
    the office can withdraw them as well.
    """
    reason = required(reason, _("请写明撤除的理由。"))
    matters = sorted(
        set(
            document.passages.filter(links__isnull=False).values_list("links__matter_id", flat=True)
        )
    )
    for reading in document.readings.all():
        reading.text, reading.items, reading.outline, reading.places = "", [], [], []
        call.save(reading)
    for passage in document.passages.all():
        _blank(passage)
        call.save(passage)
    _forget_texts(document, call)
    document.title, document.warnings, document.pages = "", [], 0
    document.reading_error = reason
    # The bytes go last: if the disk refuses, nothing is recorded as withdrawn. Being idempotent,
    # a retried transaction finds them gone already.
    files.withdraw(document.sha256)
    pictures.forget(document.sha256)
    return {"sha256": document.sha256, "matters": matters}


def _blank(passage: Passage) -> None:
    """The passage keeps its place and decision, and none of the paper's words."""
    passage.quote, passage.found, passage.attributes = "", {}, {}


def _forget_texts(document: Document, call: Call) -> None:
    """Free texts of the document's own events are destroyed; the chain holds their digests.

    Passages that an earlier reading had found and a later one replaced are among them.
    """
    call.withdraw_texts(document, "reading_error", "warnings")
    fields = EventText.objects.filter(
        event__trail_kind="document",
        event__trail_id=document.pk,
        field__startswith="documents.passage/",
    )
    for pk in {int(field.split("/")[1]) for field in fields.values_list("field", flat=True)}:
        call.withdraw_texts(Passage(pk=pk), "quote", "attributes", "reason")
