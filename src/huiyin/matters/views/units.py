"""What a unit answers for, have by have."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyin import clock
from huiyin.matters.queries.unit_haves import unit_haves
from huiyin.web.asked import Request


@require_GET
def haves(request: Request, pk: int) -> HttpResponse:
    """The seven haves over a unit's open matters: what is missing where, nothing scored."""
    page = unit_haves(pk, viewer=request.actor, today=clock.today())
    return render(request, "matters/unit_haves.html", {"page": page})
