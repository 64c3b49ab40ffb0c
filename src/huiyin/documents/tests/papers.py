"""Papers written for the tests, and the way they get into an office there."""

from __future__ import annotations

from typing import Any

from huiyin import files
from huiyin.actors import Actor, machine
from huiyin.documents import actions
from huiyin.documents.models import Document, Passage
from huiyin.door import Ask, perform
from huiyin.web import uploads

SPEECH = """在全市工作会议上的讲话
云溪市市长　罗文山
（2026年3月2日）

一、把水的事办好
水利局六月底前完成二十座山塘加固，教育局配合。各部门要坚持每周到现场看一看。
北门泵站老化，汛期前存在停机风险。去年新增供水能力三万吨。
二、把学校的事办好
教育局、水利局年底前建成两所村小，一所都不能少。
"""


def item(text: str, quote: str, kind: str = "task", **more: Any) -> dict[str, Any]:
    """One finding of the reader, as `huiyin read --json` prints it."""
    start = text.index(quote)
    return {
        "kind": kind,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "outline": None,
        "lead": [],
        "co": [],
        "deadline": None,
        "recurrence": None,
        "quantities": [],
        "measure": None,
        "confidence": 0.8,
        "because": ["+0.50 写明了期限"],
        **more,
    }


OUTLINE = [
    {"level": 1, "number": "一", "heading": "把水的事办好", "start": 34, "end": 120},
    {"level": 1, "number": "二", "heading": "把学校的事办好", "start": 120, "end": 160},
]
ITEMS = [
    item(
        SPEECH,
        "水利局六月底前完成二十座山塘加固，教育局配合",
        outline=0,
        lead=["水利局"],
        co=["教育局"],
        deadline={"text": "六月底前", "date": "2026-06-30", "kind": "fixed", "why": "6月最后一天"},
        quantities=[{"text": "二十座", "value": 20, "unit": "座"}],
    ),
    item(
        SPEECH,
        "各部门要坚持每周到现场看一看",
        "standing",
        outline=0,
        lead=["各部门"],
        recurrence={"text": "每周", "freq": "weekly"},
        confidence=0.41,
    ),
    item(SPEECH, "北门泵站老化，汛期前存在停机风险", "problem", outline=0),
    item(SPEECH, "去年新增供水能力三万吨", "fact", outline=0, confidence=0.95),
    item(
        SPEECH,
        "教育局、水利局年底前建成两所村小",
        outline=1,
        lead=["教育局", "水利局"],
        deadline={"text": "年底前", "date": "2026-12-31", "kind": "fixed", "why": "年末"},
    ),
]
HEADER = {
    "title": "在全市工作会议上的讲话",
    "doc_type": "speech",
    "date": "2026-03-02",
    "speaker": "市长罗文山",
}


def taken_in(actor: Actor, text: str = SPEECH, name: str = "讲话.txt") -> Document:
    """The paper is stored and waits to be read."""
    kept = uploads.keep(text.encode(), name, owner_id=actor.user_id or 0)
    done = perform(
        actions.take_in,
        actor.jurisdiction_id,
        actor,
        Ask(),
        name=name,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
    )
    return Document.objects.get(pk=done.facts["document"])


def read(
    document: Document, text: str = SPEECH, items: list[Any] | None = None, **more: Any
) -> Document:
    """The reader has recorded what it found."""
    given: dict[str, Any] = {"outline": OUTLINE, "header": HEADER, **more}
    reader = machine("reader", document.jurisdiction_id)
    found = ITEMS if items is None else items
    perform(
        actions.record_reading,
        document.pk,
        reader,
        Ask(),
        engine="test/1",
        text=text,
        items=found,
        **given,
    )
    return Document.objects.get(pk=document.pk)


def paper(actor: Actor) -> Document:
    """A speech with five findings: two tasks, a standing demand, a problem, a fact."""
    return read(taken_in(actor))


def passage(document: Document, words: str) -> Passage:
    """The passage that begins with these words."""
    return Passage.objects.get(document=document, quote__startswith=words)


def decide(verb: Any, row: Passage, actor: Actor, **given: Any) -> Passage:
    """The verb is performed on the passage; the passage as it is then."""
    perform(verb, row.pk, actor, Ask(), **given)
    return Passage.objects.get(pk=row.pk)


def is_stored(document: Document) -> bool:
    """Whether the bytes lie in the store."""
    return files.is_stored(document.sha256)
