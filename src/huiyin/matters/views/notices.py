"""Supervision notices: the list, one batch to decide and issue, its paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_GET, require_POST

from huiyin import clock, door
from huiyin.actors import OFFICE
from huiyin.door import Action
from huiyin.errors import NotFound, Refusal, Stale
from huiyin.matters import actions, sources
from huiyin.matters.forms import filters
from huiyin.matters.forms import notices as forms
from huiyin.matters.queries import notices as queries
from huiyin.matters.views.drafted import finished
from huiyin.web.asked import Request, ask

DOES: Mapping[str, tuple[Action[Any, Any], Promise]] = {
    "approve": (actions.approve_notice, _t("已批准。")),
    "return": (actions.return_to_office, _t("已退回，事项回到拟办表。")),
    "rest-on": (actions.rest_on, _t("已记录依据，可以印发。")),
    "issue": (actions.issue_notice, _t("已印发交办。")),
    "void": (actions.void_notice, _t("已作废。")),
}


@require_GET
def index(request: Request) -> HttpResponse:
    """Notices by where they stand."""
    found = queries.notices(
        viewer=request.actor, view=request.GET.get("view", ""), page=filters.page(request.GET)
    )
    views = [(code, label, found.counts[code]) for code, (label, _states) in queries.VIEWS.items()]
    context = {"found": found, "views": views, "is_office": request.actor.has(*OFFICE)}
    return render(request, "matters/notices.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One notice: the batch, who decides by which rule, the lists and who has signed."""
    return _render(request, pk)


@require_POST
def do(request: Request, pk: int, what: str) -> HttpResponse:
    """Approve, return, rest on a basis, issue or make void; refused, the page comes back with what was typed."""
    if what not in DOES:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    verb, said = DOES[what]
    try:
        door.perform(verb, pk, request.actor, ask(request), **forms.given(what, request.POST))
    except NotFound:
        raise
    except Refusal as refusal:
        return _render(request, pk, refusal)
    finished(request, f"{what}-{pk}")
    messages.success(request, str(said))
    return redirect("matters:notice", pk=pk)


def _render(request: Request, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    page = queries.notice_page(pk, viewer=request.actor, today=clock.today())
    context = {
        "page": page,
        "notice": page.notice,
        "source_url": sources.url_of(page.notice),
        "can": {name.rsplit(".", 1)[-1]: option for name, option in page.options.items()},
        "typed": request.POST,
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
    }
    return render(
        request, "matters/notice.html", context, status=refusal.status if refusal else 200
    )


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The paper of a notice, or (`?unit=`) the sheet of one unit."""
    unit = filters.number(request.GET.get("unit"))
    found = queries.paper_of(pk, viewer=request.actor, today=clock.today(), unit=unit)
    context = {"paper": found, "back": reverse("matters:notice", args=[pk])}
    return render(request, "matters/notice_print.html", context)
