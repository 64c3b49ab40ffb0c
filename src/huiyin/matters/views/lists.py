"""A unit's lists: signed for once, with exceptions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock, door
from huiyin.errors import NotFound, Refusal, Stale
from huiyin.matters import actions
from huiyin.matters.forms import filters
from huiyin.matters.forms.notices import objections
from huiyin.matters.queries import lists as queries
from huiyin.matters.views.drafted import finished
from huiyin.web.asked import Request, ask


@require_GET
def index(request: Request) -> HttpResponse:
    """Lists that wait to be signed for, then those signed."""
    return render(request, "matters/lists.html", {"lists": queries.lists(viewer=request.actor)})


@require_http_methods(["GET", "POST"])
def show(request: Request, pk: int) -> HttpResponse:
    """One list; sent, it is signed for, and what is not ours goes back with its reason."""
    refusal = _signed(request, pk) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        finished(request, f"list-{pk}")
        messages.success(request, _("已签收。签收是收到，不是同意；有异议的等督查室裁定。"))
        return redirect("matters:list", pk=pk)
    context = {
        "page": queries.list_page(pk, viewer=request.actor, today=clock.today()),
        "ticked": (ticked := filters.numbers(request.POST.getlist("not_ours"))),
        "reasons": {pk: request.POST.get(f"reason_{pk}", "") for pk in ticked},
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
    }
    return render(request, "matters/list.html", context, status=refusal.status if refusal else 200)


def _signed(request: Request, pk: int) -> Refusal | None:
    """None when it is signed for; else why not."""
    try:
        exceptions = objections(request.POST)
        door.perform(actions.sign_list, pk, request.actor, ask(request), exceptions=exceptions)
    except NotFound:
        raise
    except Refusal as refusal:
        return refusal
    return None
