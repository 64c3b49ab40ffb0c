"""The list of documents, and how papers come in: files, several at once, or pasted words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin import clock
from huiyin.actors import OFFICE
from huiyin.documents import actions, queries, screening
from huiyin.documents.forms import PasteForm, number
from huiyin.documents.models import Document
from huiyin.documents.queries.documents import listed
from huiyin.documents.rules import DocType
from huiyin.door import Ask, Done, perform
from huiyin.errors import Forbidden, Refusal
from huiyin.web import refusals, uploads
from huiyin.web.asked import Request, ask


@require_GET
def documents(request: Request) -> HttpResponse:
    """The documents somebody may see, newest first, and for the office the way in."""
    context = _list(request) | {
        "form": PasteForm(),
        "types": DocType.choices,
        "limit": settings.MAX_UPLOAD,
    }
    return render(request, "documents/documents.html", context)


@require_GET
def rows(request: Request) -> HttpResponse:
    """The same rows as a part, asked for while something is being read."""
    return render(request, "documents/_rows.html", _list(request))


def _list(request: Request) -> dict[str, Any]:
    page = queries.documents(
        viewer=request.actor,
        today=clock.today(),
        page=number(request.GET.get("page")) or 1,
        q=request.GET.get("q", "").replace("\x00", "")[:80],
        doc_type=request.GET.get("type", "")[:16],
    )
    asked = {name: request.GET.get(name, "")[:80] for name in ("q", "type")}
    return {
        "page": page,
        "is_office": request.actor.has(*OFFICE),
        "q": asked["q"],
        "doc_type": asked["type"],
        "searching": any(asked.values()),
    }


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """已存 → 正在读 → 读完 N 处, as a part that is asked for until the reading is there."""
    document = queries.get(pk, viewer=request.actor)
    [row] = listed([document], clock.today())
    return render(request, "documents/_progress.html", {"row": row, "document": document})


@require_POST
def upload(request: Request) -> HttpResponse:
    """Each file is taken in or refused by itself, in a sentence; the others go on."""
    _office_only(request)
    files = request.FILES.getlist("file")
    if not files:
        raise Refusal(_("没有选择文件。"), code="empty")
    if refusals.wants_json(request):
        return JsonResponse(_told(_take_in(request, files[0], ask(request))))
    for place, file in enumerate(files):
        try:
            key = ask(request)
            _say(request, _told(_take_in(request, file, Ask(key=f"{key.key}.{place}"))))
        except Refusal as refusal:
            messages.error(request, f"{file.name}{_('：')}{refusal.sentence}{refusal.next_step}")
    return redirect("documents:documents")


@require_POST
def paste(request: Request) -> HttpResponse:
    """Pasted words are a document of their own, kept as UTF-8."""
    _office_only(request)
    form = PasteForm(request.POST)
    if not form.is_valid():
        context = _list(request) | {"form": form, "types": DocType.choices, "pasting": True}
        return render(request, "documents/documents.html", context, status=422)
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    screening.screen_text(text)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    title = form.cleaned_data["title"].strip()
    data = text.encode("utf-8", "replace")
    kept = uploads.keep(data, f"{(title or first)[:40]}.txt", owner_id=request.actor.user_id or 0)
    done = perform(
        actions.take_in,
        request.actor.jurisdiction_id,
        request.actor,
        ask(request),
        name=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
        pasted=True,
        title=title,
    )
    _say(request, _told(done))
    return redirect("documents:document", done.facts["document"])


def _office_only(request: Request) -> None:
    """Nothing of a file is looked at before it is known that its bearer may bring it."""
    if not request.actor.has(*OFFICE):
        raise Forbidden(_("只有督查室能收文。"), code="not_permitted")


def _take_in(request: Request, file: UploadedFile[Any], key: Ask) -> Done:
    """Looked at, stored under its hash, and in the list; a Refusal when it must not or cannot be."""
    name = file.name or ""
    stream: Any = file
    screening.screen_file(stream, name, file.size or 0)
    kept = uploads.keep(stream, name, owner_id=request.actor.user_id or 0)
    return perform(
        actions.take_in,
        request.actor.jurisdiction_id,
        request.actor,
        key,
        name=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        media_type=kept.media_type,
    )


def _told(done: Done) -> dict[str, Any]:
    """What the line of the file says."""
    document = Document.objects.get(pk=done.facts["document"])
    told = {
        "url": reverse("documents:document", args=[document.pk]),
        "title": document.name,
        "state": _("已收下，正在读"),
        "note": "",
    }
    if done.facts["already"]:
        told |= {"state": _("早已收过"), "note": _("内容完全相同，没有重复保存，点标题打开。")}
    return told


def _say(request: Request, told: dict[str, Any]) -> None:
    messages.info(request, f"{told['title']}{_('：')}{told['state']}{_('。')}{told['note']}")
