"""The paper of a slip."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiyin import clock
from huiyin.matters.queries.slips import paper_of
from huiyin.web.asked import Request


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The slip on one A4 page, as it goes to the unit."""
    found = paper_of(pk, viewer=request.actor, today=clock.today())
    back = reverse("matters:matter", args=[found.slip.matter_id])
    return render(request, "matters/slip_print.html", {"paper": found, "back": back})
