"""Random checks: the form, what was drawn and how anybody can draw it again; the publication inside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock, door
from huiyin.errors import NotFound, Refusal
from huiyin.matters import actions
from huiyin.matters.forms.checking import DrawForm
from huiyin.matters.queries import drawing as queries
from huiyin.people.models import Jurisdiction
from huiyin.web.asked import Request, ask


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """The form of a draw; sent, it is drawn and shown."""
    form = DrawForm(request.POST or None)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            office = request.actor.jurisdiction_id
            done = door.perform(
                actions.make_draw, office, request.actor, ask(request), **form.cleaned_data
            )
        except NotFound:
            raise
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("已抽取。"))
            return redirect("matters:draw", pk=done.facts["draw"])
    return _form(request, form, refusal)


def _form(request: Request, form: DrawForm, refusal: Refusal | None) -> HttpResponse:
    office = Jurisdiction.objects.get(pk=request.actor.jurisdiction_id)
    if door.permitted(actions.make_draw, office, request.actor) is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    context = {
        "form": form,
        "refusal": refusal,
        "latest": queries.latest_draws(viewer=request.actor),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "matters/draw_new.html", context, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One draw: seed, population, what was drawn, what was found."""
    page = queries.draw_page(pk, viewer=request.actor)
    return render(request, "matters/draw.html", {"page": page})


@require_GET
def published(request: Request) -> HttpResponse:
    """Rectifications published inside."""
    rows = queries.published(viewer=request.actor, today=clock.today())
    return render(request, "matters/published.html", {"rows": rows})
