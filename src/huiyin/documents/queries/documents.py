"""The list of documents, newest first, with what became of each; and one document by its viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.documents.models import Document
from huiyin.documents.queries.counts import fates, reviewed
from huiyin.documents.rules import DocumentState, Progress
from huiyin.documents.wanted import at_work
from huiyin.errors import NotFound

PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list."""

    document: Document
    counts: Mapping[str, int]
    progress: Progress
    word: str
    waiting: bool

    @property
    def demands(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the list."""

    rows: list[Listed]
    total: int
    first: int
    last: int
    previous: int | None
    following: int | None

    @property
    def waiting(self) -> bool:
        """Whether something on this page is still to be read."""
        return any(row.waiting for row in self.rows)


def documents(
    *, viewer: Actor, today: date, page: int = 1, q: str = "", doc_type: str = ""
) -> Page:
    """What the viewer may see of the documents; six queries, whatever their number."""
    found = Document.objects.visible_to(viewer)
    if doc_type:
        found = found.filter(doc_type=doc_type)
    for word in q.split()[:5]:
        found = found.filter(
            Q(title__contains=word) | Q(name__contains=word) | Q(number__contains=word)
            | Q(issuer__contains=word) | Q(speaker__contains=word)
        )  # fmt: skip
    total = found.count()
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    start = (page - 1) * PAGE
    rows = listed(list(found[start : start + PAGE]), today)
    return Page(
        rows=rows,
        total=total,
        first=start + 1 if total else 0,
        last=start + len(rows),
        previous=page - 1 if page > 1 else None,
        following=page + 1 if start + PAGE < total else None,
    )


def listed(rows: list[Document], today: date) -> list[Listed]:
    """Documents with their counts; four queries."""
    ids = [row.pk for row in rows]
    told, done, work = fates(ids, today), reviewed(ids), at_work(ids)
    return [
        Listed(
            document=row,
            counts=told[row.pk],
            progress=done[row.pk],
            word=state_word(row, work.get(row.pk, ""), done[row.pk]),
            waiting=row.state == DocumentState.STORED and work.get(row.pk) != "failed",
        )
        for row in rows
    ]


def state_word(document: Document, work: str, progress: Progress) -> str:
    """已存 → 正在读 → 读完 41 处; or what stands against it."""
    if document.state == DocumentState.STORED:
        words = {"taken": _("正在读"), "failed": _("读文出了差错，请重新读一遍")}
        return words.get(work, _("已存，等着读"))
    if document.state == DocumentState.READ:
        return _("读完，找到 %(n)d 处") % {"n": progress.total}
    if document.state == DocumentState.SCAN:
        return _("扫描件，共 %(n)d 页，请逐页登记") % {"n": document.pages}
    return str(document.get_state_display())


def get(pk: int, *, viewer: Actor) -> Document:
    """The document, when the viewer may see it; else NotFound."""
    found: Document | None = (
        Document.objects.visible_to(viewer).select_related("jurisdiction").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return found
