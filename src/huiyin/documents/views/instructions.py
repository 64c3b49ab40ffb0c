"""Leaders' instructions: the list, and the one screen from which one is registered and dispatched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock
from huiyin.actors import OFFICE
from huiyin.documents import actions, forms, queries
from huiyin.documents.forms import InstructionForm
from huiyin.documents.models import Document, Instruction
from huiyin.door import perform
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters.forms.due import DueNoteForm
from huiyin.matters.queries import people
from huiyin.matters.queries.due_note import due_note
from huiyin.matters.rules import Urgency
from huiyin.matters.views.due import looked_at
from huiyin.rulebook.queries import Book, book
from huiyin.web.asked import Request, ask

NEWEST = 200


@require_GET
def instructions(request: Request) -> HttpResponse:
    """What leaders ordered, newest first, and what became of it."""
    page = queries.instructions(
        viewer=request.actor, today=clock.today(), page=forms.number(request.GET.get("page")) or 1
    )
    context = {"page": page, "is_office": request.actor.has(*OFFICE)}
    return render(request, "documents/instructions.html", context)


@require_GET
def instruction(request: Request, pk: int) -> HttpResponse:
    """One instruction; its list shows it with its matters."""
    rows = Instruction.objects.visible_to(request.actor).select_related("leader_post", "document")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    from_it = queries.answers_to(row, viewer=request.actor, today=clock.today())
    return render(request, "documents/instruction.html", {"row": row, "matters": from_it})


@require_http_methods(["GET", "POST"])
def new_instruction(request: Request) -> HttpResponse:
    """Leader, date, words, units: kept, registered and dispatched with one button."""
    if not request.actor.has(*OFFICE):
        raise Forbidden(_("只有督查室能登记批示。"), code="not_permitted")
    rules = book(request.actor.jurisdiction_id)
    form = _form(request, rules)
    typed = DueNoteForm(request.POST).typed() | {"source_kind": "instruction"}
    note = due_note(typed, rules, today=clock.today())
    if request.method == "POST" and form.is_valid() and looked_at(request, note):
        dispatch = request.POST.get("only", "") != "register"
        try:
            return _dispatched(request, form, dispatch=dispatch)
        except Refusal as refusal:
            _show(form, refusal)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "due": _due(rules), "note": note, "ordered_for": "instruction"}
    return render(request, "documents/new_instruction.html", context, status=status)


def _dispatched(request: Request, form: InstructionForm, *, dispatch: bool) -> HttpResponse:
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    done = perform(
        actions.dispatch_instruction,
        request.actor.jurisdiction_id,
        request.actor,
        ask(request),
        dispatch=dispatch,
        **given,
    )
    if not dispatch:
        messages.success(request, _("批示已登记立项，还没有交办。"))
        return redirect("matters:matter", done.facts["matter"])
    messages.success(request, _("批示已登记，督办通知已印发。"))
    return redirect("matters:notice", done.facts["notice"])


def _form(request: Request, rules: Book) -> InstructionForm:
    today = clock.today()
    newest = Document.objects.visible_to(request.actor).only("pk", "title", "name")[:NEWEST]
    return InstructionForm(
        request.POST if request.method == "POST" else None,
        leaders=people.leaders(viewer=request.actor, today=today),
        units=people.units(viewer=request.actor, today=today),
        documents=list(newest),
        limits=rules.limits(source_kind="instruction", on=today),
        initial={"given_on": today, "document": forms.number(request.GET.get("document"))},
    )


def _due(rules: Book) -> list[tuple[str, Any, str]]:
    """(urgency, day, why) that the rulebook proposes when no day is typed and the words name none."""
    today = clock.today()
    found = []
    for code, label in Urgency.choices:
        due = rules.due_default(source_kind="instruction", urgency=code, start=today)
        found.append((str(label), due.on, due.why))
    return found


def _show(form: InstructionForm, refusal: Refusal) -> None:
    """The refusal's messages stand at their fields; a rival or a hidden thing goes on up."""
    if isinstance(refusal, Conflict) or refusal.status in {403, 404}:
        raise refusal
    for name, lines in refusal.fields.items():
        for line in lines:
            form.add_error(name if name in form.fields else None, line)
    if not refusal.fields:
        form.add_error(None, str(refusal.sentence))
