"""The reviewer at work: what the reader found is confirmed, corrected, completed, or put away."""

from __future__ import annotations

import re
from typing import Any

from huiyin.demo.content import Paper, Passage, Story
from huiyin.demo.stage import Stage
from huiyin.documents import actions as documents
from huiyin.documents.models import Document
from huiyin.documents.models import Passage as PassageRow
from huiyin.documents.rules import AmountWords, DeadlineWords, first_amount

NO_DEMAND = "一般性表述，没有可以核查的要求。"
_STOPS = "。！？；\n"
_NUMBER = re.compile("（[一二三四五六七八九十]+）")
_COMMA = re.compile("[，：、]")
_DAY = re.compile(r"(?:明年|去年)?\d+月(?:\d+日|底)(?:以?前)?")


def review(stage: Stage, paper: Paper, stories: list[Story]) -> None:
    """Every demand of a story is a confirmed finding, found by the reader or added by the reviewer."""
    document = Document.objects.get(pk=stage.documents[paper.id])
    if paper.opened:
        stage.do(documents.open_to_units, document.pk, paper.by)
    if document.doc_type != paper.type:
        stage.do(documents.describe, document.pk, paper.by, doc_type=paper.type)
    for story in stories:
        stage.passages[paper.id, story.quote] = _requirement(stage, document, paper.by, story)
    for left in stage.content.passages:
        if left.document == paper.id:
            _find(stage, document, paper.by, left)


def _requirement(stage: Stage, document: Document, by: str, story: Story) -> int:
    """Return the passage of a story's words, confirmed and of the story's kind."""
    start = document.text.index(story.quote)
    row = _at(document, start, start + len(story.quote))
    if row is not None and row.decision == "confirmed":
        row = _cut_off(stage, document, by, row, start)
    if row is None:
        return _add(stage, document, by, story.quote, story.kind, story=story)
    given: dict[str, Any] = {"kind": story.kind} if row.kind != story.kind else {}
    if story.amount and first_amount(row.quantities) is None:
        given["quantities"] = _amounts(story)
    if given:
        stage.do(documents.change, row.pk, by, **given)
    else:
        stage.do(documents.confirm, row.pk, by)
    return row.pk


def _find(stage: Stage, document: Document, by: str, left: Passage) -> None:
    """The words that become no matter are a finding too; those nobody takes up are confirmed at once."""
    start = document.text.index(left.quote)
    row = _at(document, start, start + len(left.quote))
    if left.fate == "rejected" and row is None:
        return
    pk = row.pk if row else _add(stage, document, by, left.quote, "standing")
    stage.passages[_key(left)] = pk
    if left.fate == "unclaimed" and row is not None:
        stage.do(documents.confirm, pk, by)


def settle(stage: Stage, left: Passage) -> None:
    """The passage is set aside by a leader, or is no demand."""
    pk = stage.passages.get(_key(left))
    paper = next(paper for paper in stage.content.papers if paper.id == left.document)
    if pk is None or left.fate == "unclaimed":
        return
    if left.fate == "rejected":
        stage.do(documents.reject, pk, paper.by, reason=left.reason)
        return
    post = stage.leader_post(left.approver)
    stage.do(documents.set_aside, pk, paper.by, reason=left.reason, approver_post=post)


def _key(left: Passage) -> tuple[str, str]:
    """Return the key under which the stage keeps the passage."""
    return (left.document, left.quote)


def _at(document: Document, start: int, end: int) -> PassageRow | None:
    """Return the finding that shares words with a stretch of the text."""
    rows = document.passages.exclude(decision__in=["merged", "rejected"])
    return rows.filter(start__lt=end, end__gt=start).order_by("start").first()


def _cut_off(
    stage: Stage, document: Document, by: str, row: PassageRow, start: int
) -> PassageRow | None:
    """Two demands stood in one finding: it is cut before the clause that holds `start`."""
    begin = row.start or 0
    commas = [begin + found.end() for found in _COMMA.finditer(document.text[begin:start])]
    if not commas:
        return None
    done = stage.do(documents.split, row.pk, by, at=commas[-1])
    stage.do(documents.confirm, row.pk, by)
    second: PassageRow = PassageRow.objects.get(pk=done.facts["second"])
    return second


def _add(
    stage: Stage,
    document: Document,
    by: str,
    quote: str,
    kind: str,
    *,
    story: Story | None = None,
) -> int:
    """Return the passage added for words the reader missed: their sentence, as far as it is free."""
    text, at = document.text, document.text.index(quote)
    start = max(text.rfind(stop, 0, at) + 1 for stop in _STOPS)
    number = _NUMBER.match(text, start)
    start = number.end() if number else start
    end = min(found for stop in _STOPS if (found := text.find(stop, at + len(quote))) >= 0)
    rows = document.passages.exclude(decision__in=["merged", "rejected"]).filter(
        start__lt=end, end__gt=start
    )
    for row in rows:
        if row.start is None or row.end is None:
            continue
        start, end = (max(start, row.end), end) if row.end <= at else (start, min(end, row.start))
    said = _said(stage, story, text[start:end]) if story else {}
    done = stage.do(documents.add, document.pk, by, kind=kind, start=start, end=end, **said)
    return int(done.facts["passage"])


def _said(stage: Stage, story: Story, words: str) -> dict[str, Any]:
    """Return what the reviewer marks in words the reader missed: unit, date and amount, where they stand."""
    unit = next(unit for unit in stage.content.units if unit.code == story.lead)
    names = [name for name in (unit.name, unit.short_name, *unit.aliases) if name in words]
    said: dict[str, Any] = {
        "lead": [max(names, key=len)] if names else [],
        "quantities": _amounts(story),
    }
    day = _DAY.search(words)
    if day and story.due is not None:
        said["deadline"] = DeadlineWords(
            text=day[0], date=stage.day(story.due), why="补录人按原话标注"
        )
    return said


def _amounts(story: Story) -> list[AmountWords]:
    if story.amount is None:
        return []
    value, unit = story.amount
    return [AmountWords(text=story.quantity.replace(" ", ""), value=str(value), unit=unit)]


def put_away(stage: Stage, document: Document, by: str) -> None:
    """Findings left over: a fact is kept, a demand of the same paragraph is linked, the rest is none."""
    text, awaited = document.text, set(_awaited(stage))
    for row in document.passages.filter(decision="undecided").order_by("start"):
        if row.pk in awaited:
            continue
        if row.kind == "fact":
            stage.do(documents.confirm, row.pk, by)
            continue
        begin = text.rfind("\n", 0, row.start or 0)
        near = _neighbour(document, begin, row)
        if near is not None:
            stage.do(documents.link, row.pk, by, matter=near)
        else:
            stage.do(documents.reject, row.pk, by, reason=NO_DEMAND)


def _awaited(stage: Stage) -> list[int]:
    """Return the findings whose decision the data give for a later day."""
    keys = [_key(left) for left in stage.content.passages]
    return [stage.passages[key] for key in keys if key in stage.passages]


def _neighbour(document: Document, begin: int, row: PassageRow) -> int | None:
    """Return the matter of the problem or task just before, when both stand in one numbered part."""
    start = row.start or 0
    before = document.passages.filter(links__isnull=False, end__lte=start).order_by("-end").first()
    if before is None or before.start is None:
        return None
    between = document.text[before.start : start]
    if before.start <= begin and not (row.kind != "standing" and "责任单位" in between):
        return None
    link = before.links.order_by("pk").first()
    return link.matter_id if link else None
