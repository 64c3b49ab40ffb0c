"""The dispatch table 拟办: seen, filled a row or a batch at a time, proposed, exported; own initiative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin import clock, door
from huiyin.actors import OFFICE
from huiyin.errors import Forbidden, NotFound, Refusal, Stale
from huiyin.matters import actions, sheets
from huiyin.matters.forms import filters
from huiyin.matters.forms.dispatch import BatchForm, OwnForm, RowForm
from huiyin.matters.forms.due import DueNoteForm
from huiyin.matters.models import Matter
from huiyin.matters.queries import dispatch, people
from huiyin.matters.queries.dispatch import DispatchRow, Table
from huiyin.matters.queries.due_note import due_note
from huiyin.matters.queries.notices import preview_of
from huiyin.matters.views import due
from huiyin.matters.views.drafted import finished
from huiyin.matters.views.register import taken
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.web.asked import Request, ask

KEPT = ("document", "label")
"""Parameters that say which rows the table shows; they travel along with every form."""


@require_GET
def show(request: Request) -> HttpResponse:
    """The table of one document, one source or of all; `?edit=` opens a row for writing."""
    _office(request)
    found = _table(request, request.GET)
    editing = filters.number(request.GET.get("edit"))
    choices = _choices(request)
    context = {
        "table": found,
        "batches": dispatch.batches(viewer=request.actor),
        "label": request.GET.get("label"),
        "kept": _kept(request.GET),
        "query": urlencode(_kept(request.GET)),
        "editing": editing,
        "batch": BatchForm(**choices, auto_id="b_%s"),
        "form": _row_form(request, next((r for r in found.rows if r.matter.pk == editing), None)),
    }
    return render(request, "matters/dispatch.html", context)


@require_http_methods(["GET", "POST"])
def row(request: Request, pk: int) -> HttpResponse:
    """One row alone: shown, opened (`?edit=1`) or saved; without a script the whole table comes back."""
    _office(request)
    place = filters.number(request.GET.get("n") or request.POST.get("n")) or 1
    found = _one(request, pk, place)
    if request.method == "GET":
        form = _row_form(request, found) if request.GET.get("edit") else None
        return _row_part(request, found, form, None)
    form = _row_form(request, found, sent=True)
    refusal = _fill(request, found, form) if form is not None and form.is_valid() else None
    if form is not None and (form.errors or refusal):
        return _row_part(request, found, form, refusal)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('matters:dispatch')}?{urlencode(_kept(request.POST))}#m{pk}")
    return _row_part(
        request, _one(request, pk, place), None, None, table=_table(request, request.POST)
    )


def _fill(request: Request, found: DispatchRow, form: RowForm) -> Refusal | None:
    given = form.given()
    if not given:
        return None
    try:
        door.perform(actions.fill, found.matter.pk, request.actor, ask(request), **given)
    except NotFound:
        raise
    except Refusal as refusal:
        return refusal
    finished(request, f"row-{found.matter.pk}")
    return None


def _row_part(
    request: Request,
    found: DispatchRow,
    form: RowForm | None,
    refusal: Refusal | None,
    table: Table | None = None,
) -> HttpResponse:
    """The row as a part for a script, else as a page that holds nothing but it."""
    given = request.GET if request.method == "GET" else request.POST
    context = {
        "row": found,
        "form": form,
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
        "kept": _kept(given),
        "query": urlencode(_kept(given)),
        "table": table,
    }
    whole = not request.headers.get("HX-Request")
    status = refusal.status if refusal else 422 if form is not None and form.is_bound else 200
    template = "matters/dispatch_row.html" if whole else "matters/_dispatch_answer.html"
    return render(request, template, context, status=status)


@require_POST
def batch(request: Request) -> HttpResponse:
    """One cell filled for every row chosen, the defaults restored, or complete rows proposed."""
    _office(request)
    what = request.POST.get("do", "")
    picked = filters.numbers(request.POST.getlist("pick"))
    if what == "propose":
        return _propose(request, picked)
    form = BatchForm(request.POST, **_choices(request))
    if what not in BatchForm.DOES or not form.is_valid():
        raise Refusal(_("填的内容不对，没有保存。"), code="bad_cells", fields=_errors(form))
    try:
        given = form.given(what)
    except ValidationError as error:
        raise Refusal(error.messages[0], code="nothing_given") from error
    done = door.perform(
        actions.fill_many,
        request.actor.jurisdiction_id,
        request.actor,
        ask(request),
        matters=picked,
        **given,
    )
    messages.success(request, _("已统一填写 %(n)d 项。") % {"n": done.facts["count"]})
    return _back(request)


def _propose(request: Request, picked: Sequence[int]) -> HttpResponse:
    """The complete ones of those chosen (of all, when none is chosen) go to the leader as one batch."""
    found = _table(request, request.POST)
    ready = [row.matter.pk for row in found.complete if not picked or row.matter.pk in picked]
    if not ready:
        raise Refusal(
            _("所选的都还有待填的格，没有提请。"),
            code="incomplete",
            next_step=_("填好“待填”的格，或另选几行。"),
        )
    title = request.POST.get("title", "").strip()
    done = door.perform(
        actions.propose,
        request.actor.jurisdiction_id,
        request.actor,
        ask(request),
        matters=ready,
        title=title,
    )
    messages.success(request, _("已提请审批 %(n)d 项。") % {"n": len(ready)})
    return redirect("matters:notice", pk=done.facts["notice"])


@require_GET
def preview(request: Request) -> HttpResponse:
    """The notice as it would look if what is complete were issued today."""
    _office(request)
    ready = [row.matter for row in _table(request, request.GET).complete]
    picked = filters.numbers(request.GET.getlist("pick"))
    chosen = [m for m in ready if not picked or m.pk in picked]
    if not chosen:
        raise Refusal(_("还没有填齐的事项，没有可预览的通知。"), code="nothing_to_preview")
    paper = preview_of(chosen, viewer=request.actor, today=clock.today())
    return render(
        request, "matters/notice_print.html", {"paper": paper, "back": reverse("matters:dispatch")}
    )


@require_POST
def export(request: Request) -> HttpResponse:
    """The table as an Excel file; the ledger says who took it."""
    _office(request)
    heads = [
        (_("号"), 6), (_("要求（原话）"), 44), (_("事项"), 36), (_("性质"), 10), (_("牵头单位"), 16),
        (_("配合单位"), 24), (_("时限或周期"), 14), (_("验收标准"), 36), (_("核查办法"), 12), (_("分管领导"), 14),
        (_("待填"), 20),
    ]  # fmt: skip
    rows = _table(request, request.GET).rows
    body = sheets.workbook(title=_("拟办"), heads=heads, rows=map(_sheet_row, rows))
    return taken(request, body, what="dispatch", count=len(rows), name=_("拟办"))


def _sheet_row(row: DispatchRow) -> list[sheets.Cell]:
    matter = row.matter
    due: sheets.Cell = row.due.text if matter.is_standing else matter.due_on
    return [
        row.place, matter.quote, matter.title, matter.get_nature_display(), str(matter.lead_unit or ""),
        row.supporting.text, due, matter.acceptance, row.check.text, row.leader.text, _("、").join(row.gaps),
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A matter of the office's own: entered in the register, then in the dispatch table."""
    _office(request)
    sent = request.POST if request.method == "POST" else None
    book = rulebook.book(request.actor.jurisdiction_id)
    kind = request.POST.get("source_kind", "own")
    form = OwnForm(sent, **_choices(request, kind, book))
    about_due = due_note(DueNoteForm(request.POST).typed(), book, today=clock.today())
    if sent is not None and form.is_valid() and due.looked_at(request, about_due):
        done = door.perform(
            actions.register,
            request.actor.jurisdiction_id,
            request.actor,
            ask(request),
            **form.given(by=request.actor.name),
        )
        finished(request, "own-matter")
        messages.success(request, _("已立项，请在拟办表中补齐、提请审批。"))
        return redirect(f"{reverse('matters:dispatch')}#m{done.facts['matter']}")
    context = {"form": form, "note": about_due, "ordered_for": kind}
    status = 422 if sent is not None else 200
    return render(request, "matters/new.html", context, status=status)


def _office(request: Request) -> None:
    """The table is the office's own desk; what is on it nobody else has been given yet."""
    if not request.actor.has(*OFFICE):
        raise Forbidden(_("拟办由督查室办理。"), code="not_permitted")


def _table(request: Request, given: QueryDict) -> Table:
    rows = dispatch.registered(
        viewer=request.actor,
        document=filters.number(given.get("document")),
        label=given.get("label"),
    )
    return dispatch.table(rows, today=clock.today())


def _one(request: Request, pk: int, place: int) -> DispatchRow:
    """The row of one registered matter; NotFound when it has left the table."""
    rows = dispatch.registered(viewer=request.actor).select_related(
        "lead_unit", "leader_post__user", "jurisdiction"
    )
    matter: Matter | None = rows.filter(pk=pk).first()
    if matter is None:
        raise NotFound(
            _("这件事项已经不在拟办表中。"), code="not_found", next_step=_("请刷新拟办表。")
        )
    supporting = dispatch.supporting_of([matter]).get(pk, [])
    return dispatch.row_of(matter, supporting, place=place, today=clock.today())


def _row_form(request: Request, row: DispatchRow | None, *, sent: bool = False) -> RowForm | None:
    if row is None:
        return None
    return RowForm(
        request.POST if sent else None,
        matter=row.matter,
        supporting=row.supporting_ids,
        auto_id=f"r{row.matter.pk}_%s",
        **_choices(request, row.matter.source_kind),
    )


def _choices(
    request: Request, source_kind: str = "own", book: Book | None = None
) -> dict[str, Any]:
    today = clock.today()
    book = book or rulebook.book(request.actor.jurisdiction_id)
    return {
        "limits": book.limits(source_kind=source_kind, on=today),
        "units": people.units(viewer=request.actor, today=today),
        "leaders": people.leaders(viewer=request.actor, today=today),
    }


def _kept(given: QueryDict) -> dict[str, str]:
    return {name: given.get(name, "") for name in KEPT if name in given}


def _errors(form: BatchForm) -> dict[str, list[str]]:
    return {name: [str(line) for line in lines] for name, lines in form.errors.items()}


def _back(request: Request) -> HttpResponseRedirect:
    return redirect(f"{reverse('matters:dispatch')}?{urlencode(_kept(request.POST))}")
