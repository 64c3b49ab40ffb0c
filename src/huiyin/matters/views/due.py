"""The note beside a due day, asked for while a form is filled in; nothing is changed by asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin import clock
from huiyin.actors import OFFICE
from huiyin.errors import Forbidden
from huiyin.matters.forms.due import DueNoteForm
from huiyin.matters.queries.due_note import DueNote, due_note
from huiyin.rulebook import queries as rulebook
from huiyin.web.asked import Request


@require_POST
def note(request: Request) -> HttpResponse:
    """The due day as it would be set now, with its reason; the list of limits follows the kind of source."""
    if not request.actor.has(*OFFICE):
        raise Forbidden(_("拟办由督查室办理。"), code="not_permitted")
    typed = DueNoteForm(request.POST).typed()
    book = rulebook.book(request.actor.jurisdiction_id)
    kind, today = typed.get("source_kind") or "own", clock.today()
    context: dict[str, Any] = {"note": due_note(typed, book, today=today), "ordered_for": kind}
    if typed.get("ordered_for") not in (None, "", kind):
        limits = book.limits(source_kind=kind, on=today)
        context |= {"limits": limits, "limit": typed.get("limit")}
    return render(request, "matters/_due_note.html", context)


def looked_at(request: Request, found: DueNote | None) -> bool:
    """Whether the person has seen what differs, and sends it all the same."""
    return found is None or not found.doubt or request.POST.get("looked") == found.mark
