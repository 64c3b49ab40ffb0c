"""单位主动立项: a unit's own matter, from its own hand into the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin import clock, door
from huiyin.actors import UNIT_STAFF
from huiyin.errors import Forbidden, Refusal
from huiyin.matters import actions
from huiyin.matters.forms.shaping import VolunteerForm
from huiyin.matters.queries import people
from huiyin.matters.views.drafted import finished
from huiyin.web.asked import Request, ask


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """The form; sent, the matter stands in the register and the unit sees it."""
    if not request.actor.has(*UNIT_STAFF):
        raise Forbidden(_("单位的人才能以单位的名义主动立项。"), code="not_permitted")
    sent = request.POST if request.method == "POST" else None
    units = people.units(viewer=request.actor, today=clock.today())
    form = VolunteerForm(sent, units=units)
    refusal = None
    if sent is not None and form.is_valid():
        office = request.actor.jurisdiction_id
        try:
            done = door.perform(
                actions.volunteer, office, request.actor, ask(request), **form.given()
            )
        except Refusal as refused:
            refusal = refused
        else:
            finished(request, "volunteer")
            messages.success(request, _("已报请立项，督查室按程序提请审批。"))
            return redirect("matters:matter", pk=done.facts["matter"])
    context = {"form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if sent is not None else 200
    return render(request, "matters/volunteer.html", context, status=status)
