"""A scan page by page: the picture left, its demands typed right."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin import files
from huiyin.actors import OFFICE
from huiyin.documents import forms, pictures, processes, queries
from huiyin.documents.models import Document
from huiyin.errors import NotFound
from huiyin.web.asked import Request


@require_GET
def pages(request: Request, pk: int) -> HttpResponse:
    """One page of the scan and what has been typed from it."""
    document = queries.get(pk, viewer=request.actor)
    if not document.pages:
        return redirect("documents:document", pk)
    page = min(max(forms.number(request.GET.get("page")) or 1, 1), max(document.pages, 1))
    typed = document.passages.standing_findings().filter(page__isnull=False).in_order()
    rows = list(typed.prefetch_related("links"))
    context = {
        "document": document,
        "number": page,
        "rows": [row for row in rows if row.page == page],
        "marked": sorted({row.page for row in rows if row.page}),
        "all": range(1, document.pages + 1),
        "previous": page - 1 if page > 1 else None,
        "following": page + 1 if page < document.pages else None,
        "kinds": forms.KINDS,
        "is_office": request.actor.has(*OFFICE),
    }
    return render(request, "documents/pages.html", context)


@require_GET
def page_image(request: Request, pk: int, page: int) -> HttpResponse:
    """The picture of a page, made once by a child process and kept beside the files."""
    document = queries.get(pk, viewer=request.actor)
    if not 1 <= page <= document.pages:
        raise NotFound(_("没有这一页。"), code="not_found")
    kept = pictures.place(document.sha256, page)
    if not kept.exists():
        _render(document, page, kept)
    answer = HttpResponse(kept.read_bytes(), content_type="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _render(document: Document, page: int, kept: Path) -> None:
    """The picture lies at `kept`; NotFound when the page cannot be drawn."""
    files.open_stored(document.sha256).close()
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        tempfile.TemporaryDirectory(dir=kept.parent) as folder,
        processes.named(document.sha256, document.name) as path,
    ):
        out = Path(folder) / "page.png"
        words = ["huiyin.documents.child", "page", str(path), str(page), str(out)]
        ended = processes.run(words, seconds=processes.LOOK_SECONDS)
        if not ended.well:
            raise NotFound(_("这一页画不出来，请下载原件查看。"), code="not_drawn")
        out.replace(kept)
