"""The page of one matter, and the files behind it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiyin import clock, files
from huiyin.actors import Actor
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.queries.evidence import seen_evidence
from huiyin.matters.queries.offers import Offer
from huiyin.matters.queries.page import MatterPage, matter_page
from huiyin.matters.views.verb_pages import VERBS
from huiyin.matters.views.verbs import form_of
from huiyin.web.asked import Request

NEVER_FIRST = frozenset({"matter.withdraw", "matter.remind"})
"""Verbs that are the exception: never the filled button."""


NAMES_UNIT = frozenset(
    {
        "assignment.rule_hand_back",
        "assignment.ask_report",
        "assignment.set_part",
        "assignment.release",
        "assignment.record_response",
    }
)
"""Verbs done to another unit's part: the page says whose."""


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One matter: its words, what was fixed, where it stands, who answers, what can be done."""
    with_system = request.GET.get("system") == "1"
    page = matter_page(pk, viewer=request.actor, today=clock.today(), with_system=with_system)
    context = {
        "page": page,
        "with_system": with_system,
        "verbs": verbs_of(page, request.actor),
        "side": [_verb(offer, page.matter, request.actor) for offer in page.side],
    }
    return render(request, "matters/matter.html", context)


def verbs_of(page: MatterPage, viewer: Actor) -> list[dict[str, Any]]:
    """The offers as `web/_verbs.html` draws them; the first that can be done is the filled button."""
    shown = [_verb(offer, page.matter, viewer) for offer in page.offers]
    first = next((verb for verb in shown if not verb["reason"] and verb["main"]), None)
    if first is not None:
        first["primary"] = True
    return shown


def _verb(offer: Offer, matter: Matter, viewer: Actor) -> dict[str, Any]:
    verb: dict[str, Any] = {
        "label": offer.label,
        "reason": offer.reason,
        "main": offer.name not in NEVER_FIRST,
    }
    page = VERBS.get(offer.slug)
    if page is None:
        return verb | _elsewhere(offer, matter)
    part = offer.subject if isinstance(offer.subject, Assignment) else None
    if part is not None and offer.name in NAMES_UNIT:
        verb["note"] = str(part.unit)
    address = reverse("matters:do", args=[matter.pk, offer.slug])
    about = None if part or offer.subject is matter else offer.subject.pk
    query = f"?assignment={part.pk}" if part else f"?about={about}" if about else ""
    verb |= {"verb": page.short, "url": address + query}
    if page.in_place and offer.allowed:
        form = form_of(
            page,
            matter,
            part,
            viewer,
            subject=offer.subject,
            prefix=f"id_{offer.slug}_{offer.subject.pk}_%s",
        )
        verb |= {
            "template": "matters/_verb_in_place.html",
            "form": form,
            "seen": offer.subject.version,
            "part": part,
            "about": about,
            "action": address,
        }
    return verb


def _elsewhere(offer: Offer, matter: Matter) -> dict[str, Any]:
    """Verbs that have a screen of their own."""
    if offer.name == "matter.fill":
        return {"url": f"{reverse('matters:dispatch')}?edit={matter.pk}#m{matter.pk}"}
    if offer.name == "matter.break_down":
        return {"url": reverse("matters:parts", args=[matter.pk])}
    part = offer.subject
    if offer.name == "assignment.sign_for" and isinstance(part, Assignment) and part.unit_list_id:
        return {"url": reverse("matters:list", args=[part.unit_list_id])}
    return {"url": reverse("matters:matter", args=[matter.pk])}


@require_GET
def evidence(request: Request, pk: int) -> FileResponse:
    """A file behind a claim, to be saved and never shown in place; a hash alone opens nothing."""
    row = seen_evidence(pk, viewer=request.actor)
    answer = FileResponse(files.open_stored(row.sha256), as_attachment=True, filename=row.name)
    answer["Content-Type"] = "application/octet-stream"
    answer["Cache-Control"] = "private, no-store"
    return answer
