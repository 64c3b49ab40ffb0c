"""核查: everything that waits for somebody outside the unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyin import clock
from huiyin.matters.queries.checks import checks
from huiyin.web.asked import Request


@require_GET
def show(request: Request) -> HttpResponse:
    """Claims to verify, objections to rule on, standing checks due, answers not yet delivered."""
    found = checks(viewer=request.actor, today=clock.today())
    return render(request, "matters/verification.html", {"checks": found})
