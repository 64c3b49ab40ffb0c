"""One page a verb of a matter: the form, beside it what it is about; refusals stand by their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin import clock, door
from huiyin.actors import Actor
from huiyin.errors import Forbidden, NotFound, Refusal, Stale
from huiyin.ledger.models import OfficeFact
from huiyin.matters import amounts
from huiyin.matters.forms import filters
from huiyin.matters.forms import verbs as forms
from huiyin.matters.forms.base import About, VerbForm
from huiyin.matters.forms.plan import PlanForm
from huiyin.matters.models import Assignment, CloseOut, Matter
from huiyin.matters.queries import people, proposals
from huiyin.matters.queries.asked import asked
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.page import seen_matter, source_of
from huiyin.matters.rules import AssignmentState
from huiyin.matters.rules.concerns import Concern
from huiyin.matters.second_look import already_sent, of_claim
from huiyin.matters.views.drafted import finished
from huiyin.matters.views.verb_pages import VERBS, VerbPage
from huiyin.web.asked import Request, ask


@require_http_methods(["GET", "POST"])
def do(request: Request, pk: int, slug: str) -> HttpResponse:
    """The form of a verb; sent, it performs the verb or comes back with everything typed."""
    slug = slug.replace("_", "-")
    page = VERBS.get(slug)
    if page is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    matter = seen_matter(pk, viewer=request.actor)
    subject = _subject(page, matter, request)
    part = subject if isinstance(subject, Assignment) else None
    form = form_of(page, matter, part, request.actor, subject=subject, request=request)
    refusal, concerns = None, _second_look(form, request)
    if form.is_bound and form.is_valid() and not concerns:
        refusal = _performed(page, subject, form, request)
        if refusal is None:
            finished(request, draft_key(slug, subject))
            messages.success(request, str(page.done))
            return redirect("matters:matter", pk=matter.pk)
    return _render(request, page, slug, subject, form, refusal, concerns)


def _second_look(form: VerbForm, request: Request) -> list[Concern]:
    """What the writer is asked before it is sent, once: `仍然报送` sends it as it is."""
    if not form.is_bound or "anyway" in request.POST or not form.is_valid():
        return []
    found = form.concerns()
    # A double click: it has been sent, and is now the text it would be compared with.
    return [] if found and already_sent(request.actor, ask(request).key) else found


def _performed(
    page: VerbPage, subject: OfficeFact, form: VerbForm, request: Request
) -> Refusal | None:
    """None when the verb is done; else why not, its words already beside the fields."""
    try:
        door.perform(page.action, subject.pk, request.actor, ask(request), **form.given())
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal
    return None


def form_of(
    page: VerbPage,
    matter: Matter,
    part: Assignment | None,
    viewer: Actor,
    *,
    subject: OfficeFact,
    request: Request | None = None,
    prefix: str = "id_%s",
) -> VerbForm:
    """The form of a verb on this matter, bound to what was sent when something was."""
    sent = request is not None and request.method == "POST"
    name = page.action.name
    about = About(
        matter=matter,
        viewer=viewer,
        subject=subject,
        assignment=part,
        milestones=_steps(page, matter),
        units=people.units(viewer=viewer, today=clock.today()) if page.form.asks_unit else (),
        leaders=people.leaders(viewer=viewer, today=clock.today()) if page.form.asks_leader else (),
        proposals={} if sent or page.in_place else proposals.for_verb(name, matter, part),
    )
    if sent and request is not None:
        return page.form(request.POST, request.FILES, about=about, auto_id=prefix)
    return page.form(about=about, auto_id=prefix)


def _steps(page: VerbPage, matter: Matter) -> list[Any]:
    return list(matter.milestones.all()) if page.form in (PlanForm, forms.ReportForm) else []


def _subject(page: VerbPage, matter: Matter, request: Request) -> OfficeFact:
    """The row the verb is about: the matter, its close-out, or the part of one unit."""
    if page.action.model is Matter:
        return matter
    if page.action.model is CloseOut:
        found: OfficeFact | None = matter.close_out
    elif page.action.model is Assignment:
        found = _part(page, matter, request)
    else:
        found = _asked(page, matter, request)
    if found is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return found


def _part(page: VerbPage, matter: Matter, request: Request) -> Assignment | None:
    """The part named in the form or address; else the one on which the viewer may do this."""
    rows = [row for row in matter.assignments.all() if row.state != AssignmentState.ENDED]
    for row in rows:
        row.matter = matter
    named = filters.number(request.POST.get("assignment") or request.GET.get("assignment"))
    if named is not None:
        return next((row for row in rows if row.pk == named), None)
    return next((row for row in rows if door.permitted(page.action, row, request.actor)), None)


def _asked(page: VerbPage, matter: Matter, request: Request) -> OfficeFact | None:
    """What was asked and waits: the row named by `about`, else the one the viewer may answer."""
    rows = [row for row in asked(matter) if isinstance(row, page.action.model)]
    named = filters.number(request.POST.get("about") or request.GET.get("about"))
    if named is not None:
        return next((row for row in rows if row.pk == named), None)
    return next((row for row in rows if door.permitted(page.action, row, request.actor)), None)


def draft_key(slug: str, subject: OfficeFact) -> str:
    """Under which a half-written form is kept for its author."""
    return f"{slug}-{subject.pk}"


def _render(
    request: Request,
    page: VerbPage,
    slug: str,
    subject: OfficeFact,
    form: VerbForm,
    refusal: Refusal | None,
    concerns: Sequence[Concern],
) -> HttpResponse:
    matter, part = form.about.matter, form.about.assignment
    option = _option(page, subject, request.actor)
    claim = proposals.completion(matter) if page.action.model is Matter else None
    context = {
        "page": page,
        "form": form,
        "matter": matter,
        "part": part,
        "subject": subject,
        "shown": light_of(matter, clock.today()),
        "amounts": amounts.progress(matter),
        "source": source_of(matter),
        "claim": claim,
        "doubts": of_claim(matter, claim),
        "concerns": concerns,
        "last": proposals.last_report(part),
        "seen": subject.version,
        "draft": draft_key(slug, subject),
        "reason": "" if option.allowed or refusal else option.reason,
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "matters/do.html", context, status=status)


def _option(page: VerbPage, subject: OfficeFact, viewer: Actor) -> door.Option:
    """The verb as offered to the viewer; Forbidden when no post of theirs permits it."""
    found = next((o for o in door.options(subject, by=viewer) if o.name == page.action.name), None)
    if found is None:
        raise Forbidden(_("您现在的岗位不能做这件事。"), code="not_permitted")
    return found
