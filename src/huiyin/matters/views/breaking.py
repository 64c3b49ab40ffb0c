"""任务分解: rows typed or brought in a table, looked at with what is wrong, given out all at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock, door
from huiyin.errors import Forbidden, NotFound, Refusal, Stale
from huiyin.matters import actions, breaking, sheets
from huiyin.matters.forms.breaking import (
    BLANK_ROWS,
    HEADS,
    Line,
    Reader,
    from_table,
    proposed,
    typed,
)
from huiyin.matters.models import Matter
from huiyin.matters.queries import people
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.page import seen_matter
from huiyin.matters.views.drafted import finished
from huiyin.matters.views.register import attachment
from huiyin.people.models import Unit
from huiyin.web import tables
from huiyin.web.asked import Request, ask

WIDTHS = (30, 36, 10, 14, 36, 12, 24)
LISTED = 40
"""Units of the lead's own that stand in the form from the start; more come by spreadsheet."""


@require_http_methods(["GET", "POST"])
def break_down(request: Request, pk: int) -> HttpResponse:
    """The rows of a break-down: proposed, read from a table, or given out."""
    matter = seen_matter(pk, viewer=request.actor)
    option = _option(matter, request)
    units = breaking.reach_of(matter, today=clock.today())
    if request.method == "GET":
        lines = proposed(units, matter)
        return _render(request, matter, option, units, lines[:LISTED], more=len(lines) - LISTED)
    try:
        lines = _lines(request)
    except Refusal as refusal:
        return _render(request, matter, option, units, typed(request.POST), refusal=refusal)
    reader = Reader(matter, units, people.leaders(viewer=request.actor, today=clock.today()))
    lines, rows = reader.read(lines, today=clock.today())
    wrong = any(line.errors for line in lines)
    if request.POST.get("do") != "give" or wrong:
        return _render(request, matter, option, units, lines, rows=rows, checked=True)
    try:
        door.perform(actions.break_down, matter.pk, request.actor, ask(request), rows=rows)
    except NotFound:
        raise
    except Refusal as refusal:
        return _render(request, matter, option, units, lines, rows=rows, refusal=refusal)
    finished(request, f"parts-{matter.pk}")
    messages.success(request, _("已分解下达 %(n)d 件。") % {"n": len(rows)})
    return redirect("matters:matter", pk=matter.pk)


@require_GET
def template(request: Request, pk: int) -> HttpResponse:
    """An empty table of the break-down with a row for each unit below the lead."""
    matter = seen_matter(pk, viewer=request.actor)
    _option(matter, request)
    rows = proposed(breaking.reach_of(matter, today=clock.today()), matter)
    heads = [(str(label), width) for (label, _n), width in zip(HEADS.values(), WIDTHS, strict=True)]
    cells: list[list[sheets.Cell]] = [[row.unit, matter.title, "", matter.due_on] for row in rows]
    body = sheets.workbook(title=_("任务分解"), heads=heads, rows=cells)
    return attachment(body, sheets.MEDIA_TYPE, f"{_('任务分解')}_{matter.number}.xlsx")


def _lines(request: Request) -> list[Line]:
    """What was brought, when a table was brought; else what was typed."""
    if request.POST.get("do") == "read":
        file = request.FILES.get("table")
        if file is not None:
            return from_table(tables.cells_of_file(file.read(), file.name or ""))
        if request.POST.get("text", "").strip():
            return from_table(tables.cells_of_text(request.POST["text"]))
        raise tables.unreadable(_("请选择表格文件，或者粘贴几行。"))
    return typed(request.POST)


def _option(matter: Matter, request: Request) -> door.Option:
    """The verb as offered to the viewer; Forbidden when no post of theirs permits it."""
    options = door.options(matter, by=request.actor)
    found = next((o for o in options if o.name == "matter.break_down"), None)
    if found is None:
        raise Forbidden(_("任务分解由牵头单位或督查室办理。"), code="not_permitted")
    return found


def _render(
    request: Request,
    matter: Matter,
    option: door.Option,
    units: list[Unit],
    lines: list[Line],
    **more: Any,
) -> HttpResponse:
    refusal: Refusal | None = more.get("refusal")
    bad = sum(bool(line.errors) for line in lines)
    context = {
        "matter": matter,
        "shown": light_of(matter, clock.today()),
        "units": units,
        "lines": [*lines, *[Line()] * (BLANK_ROWS if len(lines) < BLANK_ROWS * 4 else 1)],
        "sums": breaking.allotted(matter, more.get("rows", [])),
        "count": sum(line.take for line in lines),
        "bad": bad,
        "checked": more.get("checked", False),
        "more": max(more.get("more", 0), 0),
        "reason": "" if option.allowed or refusal else option.reason,
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
        "seen": matter.version,
    }
    status = refusal.status if refusal else 422 if bad else 200
    return render(request, "matters/break_down.html", context, status=status)
