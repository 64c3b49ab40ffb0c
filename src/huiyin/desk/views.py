"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from huiyin import clock
from huiyin.desk import queries
from huiyin.web.asked import Request


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for the person who is signed in, in order of consequence."""
    context = {"desk": queries.desk_of(request.actor, today=clock.today())}
    return render(request, "desk/desk.html", context)


@require_safe
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The address of the office leads to the desk."""
    return redirect("desk:desk")
