"""The reading of a document in the background: a child reads, the machine `reader` records."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from huiyin import files
from huiyin.actors import Actor, machine
from huiyin.documents import actions, processes
from huiyin.documents.models import Document
from huiyin.documents.rules import DocumentState
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.people.models import Unit
from huiyin.reading.classification import classification

PDF = "application/pdf"
HEADER = ("title", "doc_type", "date", "issuer", "speaker", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the child said: the reading as printed by `huiyin read --json`, or why there is none."""

    reading: dict[str, Any] = field(default_factory=dict)
    pages: int = 0
    code: str = ""
    sentence: str = ""


def read_document(document_id: int) -> None:
    """The document is read, unreadable or withdrawn, and says so; harmless when it was read before."""
    document = Document.objects.filter(pk=document_id, state=DocumentState.STORED).first()
    if document is None:
        return
    answer = ask(document)
    # The key names what is done: a worker killed between this and its own note does nothing twice.
    key = Ask(key=f"read.{document.pk}.{document.version}")
    try:
        _record(document, answer, key)
    except Refusal as refusal:
        # What a column cannot hold (a lone half of a character) is no reason to stand in the queue.
        _fail(document, Answer(code=refusal.code, sentence=str(refusal.sentence)), key)


def ask(document: Document) -> Answer:
    """What a child process makes of the stored bytes."""
    if not files.is_stored(document.sha256):
        return Answer(code="file_missing", sentence=_("文件内容不在了，请重新上传。"))
    with processes.named(document.sha256, document.name) as path:
        return _ask(document, path)


def _ask(document: Document, path: Path) -> Answer:
    with tempfile.TemporaryDirectory(prefix="huiyin-units-") as folder:
        words = [
            "huiyin",
            "read",
            "--json",
            "--limits",
            "--units",
            str(_units(document, Path(folder))),
        ]
        if document.given_on and document.described:
            words += ["--date", document.given_on.isoformat()]
        ended = processes.run([*words, str(path)], seconds=processes.READ_SECONDS)
    if not ended.well:
        return _why(ended, path)
    reading = json.loads(ended.out)
    # A pdf may have pages that are pictures among pages of text: all can be looked at.
    pictured = not reading["text"].strip() or reading["source"]["media_type"] == PDF
    return Answer(reading=reading, pages=_pages(path) if pictured else 0)


def _units(document: Document, folder: Path) -> Path:
    """The directory as the reader takes it: a line a unit, its name and then its other names."""
    path = folder / "units.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "aliases"])
        for unit in Unit.objects.filter(jurisdiction_id=document.jurisdiction_id, ended_on=None):
            rows.writerow([unit.name, ";".join(unit.names[1:])])
    return path


def _why(ended: processes.Ended, path: Path) -> Answer:
    """The sentence of a failed reading: the reader's own, or that it ran out of time or memory."""
    if ended.code == 1:
        last = (ended.err.strip().splitlines() or [""])[-1]
        sentence = last.split(path.name, 1)[-1].lstrip(":： ").strip()
        return Answer(
            code="unreadable", sentence=sentence or _("文件读不出来，请用原程序另存后再上传。")
        )
    return Answer(code="exhausted", sentence=_("读这份文件用尽了时间或内存，请拆分后分别上传。"))


def _pages(path: Path) -> int:
    ended = processes.run(
        ["huiyin.documents.child", "pages", str(path)], seconds=processes.LOOK_SECONDS
    )
    return int(ended.out) if ended.well and ended.out.isdigit() else 1


def _record(document: Document, answer: Answer, key: Ask) -> None:
    if answer.code:
        _fail(document, answer, key)
        return
    mark = classification(answer.reading["text"])
    if mark is not None and mark.forbids:
        reason = _("文件标有“%(mark)s”，按保密规定不得存入本系统，已自动撤除。") % {
            "mark": mark.words
        }
        perform(actions.withdraw_text, document.pk, _machine(document), key, reason=reason)
        return
    reading = answer.reading
    warnings = list(reading["warnings"])
    if mark is not None:
        words = _("标有“%(mark)s”，请注意知悉范围，不得外传。") % {"mark": mark.words}
        warnings.append(f"internal: {words}")
    perform(
        actions.record_reading,
        document.pk,
        _machine(document),
        key,
        engine=reading["engine"],
        text=reading["text"].replace("\x00", "\ufffd"),
        items=reading["items"],
        outline=reading["outline"],
        places=reading["places"],
        header={name: reading.get(name) for name in HEADER},
        warnings=warnings,
        pages=answer.pages,
    )


def _fail(document: Document, answer: Answer, key: Ask) -> None:
    again = Ask(key=f"{key.key}.failed")
    perform(
        actions.fail_reading,
        document.pk,
        _machine(document),
        again,
        code=answer.code,
        sentence=answer.sentence,
    )


def _machine(document: Document) -> Actor:
    return replace(machine("reader", document.jurisdiction_id), name=_("读文程序"))
