"""What went through a unit's hands: matters it led and passed on (二传)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyin import clock
from huiyin.matters.queries.hands import unit_hands
from huiyin.web.asked import Request


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Counts and the matters themselves; a fact of a unit, no ranking of anybody."""
    page = unit_hands(pk, viewer=request.actor, today=clock.today())
    return render(request, "matters/unit_hands.html", {"page": page})
