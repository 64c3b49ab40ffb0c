"""The echo view of a document, its facts and the verbs on the whole of it, and its original."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin import clock, files
from huiyin.actors import OFFICE
from huiyin.documents import actions, queries
from huiyin.documents.forms import AboutForm
from huiyin.documents.models import Document, Passage
from huiyin.documents.queries.documents import listed
from huiyin.documents.queries.echo import PRESSING, Echo
from huiyin.documents.rules import DocumentState, Fate
from huiyin.door import options, perform
from huiyin.errors import NotFound, Refusal
from huiyin.web.asked import Request, ask

READABLE = (DocumentState.READ, DocumentState.SCAN)
ACTS = {
    "register_all": actions.register_all,
    "read_again": actions.read_again,
    "open_to_units": actions.open_to_units,
    "withdraw_text": actions.withdraw_text,
}


@require_GET
def echo(request: Request, pk: int) -> HttpResponse:
    """The words as they were said, each demand tinted by what became of it."""
    document = queries.get(pk, viewer=request.actor)
    if document.state not in READABLE:
        [row] = listed([document], clock.today())
        context = {"row": row, "document": document, **_offered(request, document)}
        return render(request, "documents/unread.html", context)
    if _is_untouched_scan(document) and request.actor.has(*OFFICE):
        return redirect(
            "documents:pages", pk=pk
        )  # nothing to echo yet: its demands are typed there
    wanted = request.GET.get("fate", "")
    wanted = wanted if wanted == PRESSING or wanted in set(Fate) else ""
    found = queries.echo(document, viewer=request.actor, today=clock.today(), fate_wanted=wanted)
    is_office = request.actor.has(*OFFICE)
    context = {
        "document": document,
        "found": found,
        "sentence": found.sentence,
        "counts": found.counts,
        "base": request.path,
        "chosen_fate": wanted,
        "links": _links(request, found, wanted),
        "paragraphs": found.paragraphs,
        "outline": found.outline,
        "as_of": clock.today(),
        "chosen": "",
        "is_office": is_office,
    }
    return render(request, "documents/echo.html", context)


def _is_untouched_scan(document: Document) -> bool:
    """A scan beside whose pages nobody has typed anything yet."""
    return document.state == DocumentState.SCAN and not document.passages.exists()


def _links(request: Request, found: Echo, wanted: str) -> list[tuple[str, str]]:
    pk = found.document.pk
    links = [(_("看全文"), request.path)] if wanted else []
    if not wanted and (found.counts["overdue"] or found.counts["unclaimed"]):
        links.append((_("只看逾期和无人认领"), f"?fate={PRESSING}"))
    links.append((_("文件信息"), reverse("documents:about", args=[pk])))
    return links


@require_GET
def passage(request: Request, pk: int) -> HttpResponse:
    """The lasting address of a passage leads to where it stands in its document today."""
    row = Passage.objects.select_related("document__jurisdiction").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    if not Document.objects.visible_to(request.actor).filter(pk=row.document_id).exists():
        return _words_alone(request, row)
    document = row.document
    pks = list(document.passages.demands().in_order().values_list("pk", flat=True))
    address = reverse("documents:document", args=[document.pk])
    if row.pk in pks:
        return redirect(f"{address}#d{pks.index(row.pk) + 1}")
    return redirect(f"{reverse('documents:review', args=[document.pk])}?at={row.pk}")


def _words_alone(request: Request, row: Passage) -> HttpResponse:
    """Who answers for something in a paper reads those words of it, not the whole of it."""
    if not Passage.objects.visible_to(request.actor).filter(pk=row.pk).exists():
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    links = row.links.visible_to(request.actor).select_related("matter")
    context = {"row": row, "document": row.document, "matters": [link.matter for link in links]}
    return render(request, "documents/passage.html", context)


@require_http_methods(["GET", "POST"])
def about(request: Request, pk: int) -> HttpResponse:
    """What the paper is, corrected by hand; what can be done with the whole of it."""
    document = queries.get(pk, viewer=request.actor)
    form = AboutForm(request.POST or None, initial=_initial(document))
    if request.method == "POST" and form.is_valid():
        perform(actions.describe, pk, request.actor, ask(request), **form.cleaned_data)
        messages.success(request, _("已更正。"))
        return redirect("documents:about", pk)
    context = {"document": document, "form": form, **_offered(request, document)}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/about.html", context, status=status)


def _initial(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in AboutForm.base_fields}


def _offered(request: Request, document: Document) -> dict[str, Any]:
    """The verbs on the whole paper, by their last word: {"withdraw_text": Option}."""
    offered = {o.name.split(".")[1]: o for o in options(document, by=request.actor)}
    return {"offered": offered, "is_office": request.actor.has(*OFFICE)}


@require_POST
def act(request: Request, pk: int) -> HttpResponse:
    """One of the verbs on the whole paper."""
    queries.get(pk, viewer=request.actor)
    name = request.POST.get("verb", "")
    verb: Any = ACTS.get(name)
    if verb is None:
        raise Refusal(_("没有这个操作。"), code="no_such_verb")
    given: dict[str, Any] = {}
    if name == "withdraw_text":
        given["reason"] = request.POST.get("reason", "")
    if name == "open_to_units":
        given["opened"] = request.POST.get("opened", "1") == "1"
    done = perform(verb, pk, request.actor, ask(request), **given)
    if name == "register_all":
        messages.success(
            request, _("已立项 %(n)d 件，请在下面补齐拟办内容。") % {"n": done.facts["count"]}
        )
        return redirect(f"{reverse('matters:dispatch')}?document={pk}")
    said = _("已办理：%(verb)s。") % {"verb": verb.label}
    if done.facts.get("matters"):
        held = _("还有 %(n)d 件事项引用着它的原话，需要的话请逐件撤销。")
        said += held % {"n": len(done.facts["matters"])}
    messages.success(request, said)
    return redirect("documents:document", pk)


@require_GET
def original(request: Request, pk: int) -> HttpResponse | FileResponse:
    """The file as it came, to be saved and never shown by the browser itself."""
    document = queries.get(pk, viewer=request.actor)
    stream = files.open_stored(document.sha256)
    answer = FileResponse(stream, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
