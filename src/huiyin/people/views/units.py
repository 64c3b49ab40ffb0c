"""The directory: its tree, one unit, a new one, a whole table in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import Ask, perform
from huiyin.door.asking import permitted
from huiyin.errors import Forbidden, Refusal
from huiyin.people import actions, importing, queries
from huiyin.people.forms import EndUnitForm, TableForm, UnitForm
from huiyin.people.models import Jurisdiction, Unit
from huiyin.people.parts import unit_parts
from huiyin.people.tables import XLSX, directory_table, template_table
from huiyin.people.views.shared import download, offered, seen_or_404, show_refusal
from huiyin.web import tables
from huiyin.web.asked import Request, ask, open_to_all

CHUNK = 100
"""Units taken in by one transaction, so that none lasts over half a second."""


@require_GET
def settings_home(request: Request) -> HttpResponse:  # noqa: ARG001
    """The settings open on the directory."""
    return redirect("people:units")


@require_GET
def units(request: Request) -> HttpResponse:
    """The directory as a tree, with the leader in charge and the people of each unit."""
    lines = queries.unit_lines(viewer=request.actor, today=clock.today())
    context = {"lines": lines, "may_add": _may_add(request.actor)}
    return render(request, "people/units.html", context)


@require_GET
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: its names, people, leader in charge, and what may be done with it."""
    row = seen_or_404(Unit, pk, request.actor)
    return _unit_page(request, row)


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """The unit has new names, another kind or another place."""
    row = seen_or_404(Unit, pk, request.actor)
    form = UnitForm(_others(row, request.actor), request.POST, is_root=row.parent_id is None)
    if form.is_valid():
        try:
            perform(actions.change_unit, pk, request.actor, ask(request), **form.values())
        except Refusal as refusal:
            show_refusal(form, refusal, {"parent_id": "parent"})
        else:
            messages.success(request, _("单位已经修改。"))
            return redirect("people:unit", pk)
    return _unit_page(request, row, form=form, status=422)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The unit is merged away."""
    row = seen_or_404(Unit, pk, request.actor)
    form = EndUnitForm(_others(row, request.actor), request.POST)
    if form.is_valid():
        try:
            on, successor = form.cleaned_data["on"], form.cleaned_data["successor"]
            perform(
                actions.end_unit, pk, request.actor, ask(request), on=on, successor_id=successor
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(unit)s已经撤并。") % {"unit": row.name})
            return redirect("people:units")
    return _unit_page(request, row, end_form=form, status=422)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new unit stands in the directory."""
    _refuse_strangers(request.actor)
    rows = queries.in_tree_order(queries.units(viewer=request.actor, today=clock.today()))
    initial = {"parent": request.GET.get("parent", rows[0].pk if rows else "")}
    form = UnitForm(rows, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            done = perform(
                actions.create_unit,
                request.actor.jurisdiction_id,
                request.actor,
                ask(request),
                **form.values(),
            )
        except Refusal as refusal:
            show_refusal(form, refusal, {"parent_id": "parent"})
        else:
            messages.success(request, _("单位已经加入名录。"))
            return redirect("people:unit", done.subject[1])
    return render(
        request, "people/unit_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def table(request: Request) -> HttpResponse:
    """A whole table of units is taken in; rows that are wrong are named and nothing typed is lost."""
    _refuse_strangers(request.actor)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    context: dict[str, Any] = {"form": form, "problems": []}
    if request.method == "POST":
        taken = take_table(form, request.actor, ask(request))
        if isinstance(taken, dict):
            messages.success(request, _("新增%(created)d个单位，更新%(changed)d个。") % taken)
            return redirect("people:units")
        context["problems"] = taken
    return render(
        request, "people/import.html", context, status=422 if request.method == "POST" else 200
    )


def take_table(
    form: TableForm, actor: Actor, asked: Ask
) -> dict[str, int] | list[importing.Problem]:
    """How many units were created and changed, or what is wrong; then the rows stand in `form.text`."""
    try:
        rows = _rows_of(form)
    except Refusal as refusal:
        return [importing.Problem(line=0, name="", sentence=str(refusal.sentence))]
    known = queries.known_names(actor.jurisdiction_id, today=clock.today())
    problems = importing.check(rows, known)
    if problems:
        return problems
    counts = {"created": 0, "changed": 0}
    ready = importing.resolved(rows, known)
    for number, start in enumerate(range(0, len(ready), CHUNK)):
        key = Ask(key=f"{asked.key}.{number}")
        part = ready[start : start + CHUNK]
        facts = perform(actions.import_rows, actor.jurisdiction_id, actor, key, rows=part).facts
        counts = {name: counts[name] + facts[name] for name in counts}
    return counts


def _rows_of(form: TableForm) -> list[importing.Row]:
    """The rows of the file, else of the text; a file's rows are put into the text box, to be corrected."""
    file = form.files.get("file")
    if file is None:
        return importing.read_text(str(form.data.get("text", "")))
    if (file.size or 0) > tables.LARGEST:
        raise tables.unreadable(_("文件太大，表格不应超过4 MB。"))
    rows = importing.read_file(file.read(), file.name or "")
    data = dict(form.data.items())
    data["text"] = "\n".join(["\t".join(importing.HEAD), *(row.as_text() for row in rows)])
    form.data = data
    return rows


@require_GET
def export(request: Request) -> HttpResponse:
    """The directory as an xlsx that can be imported again."""
    rows = queries.in_tree_order(queries.units(viewer=request.actor, today=clock.today()))
    return download(directory_table(rows), "units.xlsx", XLSX)


@open_to_all
@require_GET
def template(request: Request) -> HttpResponse:  # noqa: ARG001
    """An empty table to fill in; it says nothing about any office."""
    return download(template_table(), "units-template.xlsx", XLSX)


def _unit_page(request: Request, row: Unit, *, status: int = 200, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "unit": row,
        "page": queries.unit_page(row, today=clock.today()),
        "verbs": offered(row, request.actor),
        "may_add": _may_add(request.actor),
        "parts": unit_parts(row, request.actor),
    }
    if context["verbs"]:
        others = _others(row, request.actor)
        context["form"] = UnitForm(others, initial=_values(row), is_root=row.parent_id is None)
        context["end_form"] = EndUnitForm([u for u in others if u.parent_id])
    return render(request, "people/unit.html", context | forms, status=status)


def _values(row: Unit) -> dict[str, Any]:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "aliases": "、".join(row.aliases),
        "kind": row.kind,
        "parent": row.parent_id,
        "line_superior": row.line_superior_id or "",
    }


def _others(row: Unit, viewer: Actor) -> list[Unit]:
    every = queries.in_tree_order(queries.units(viewer=viewer, today=clock.today()))
    return [unit for unit in every if not unit.path.startswith(row.path)]


def _may_add(viewer: Actor) -> bool:
    office = Jurisdiction.objects.get(pk=viewer.jurisdiction_id)
    return permitted(actions.create_unit, office, viewer) is not None


def _refuse_strangers(viewer: Actor) -> None:
    if not _may_add(viewer):
        raise Forbidden(
            _("您现在的岗位不能做这件事。"),
            code="not_permitted",
            next_step=_("需要时请联系督查室。"),
        )
