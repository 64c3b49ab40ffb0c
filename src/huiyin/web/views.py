"""Pages without business: session state for scripts, theme, the style guide, a failed form token."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from huiyin.web import refusals, styleguide
from huiyin.web.context import THEMES

A_YEAR = 365 * 24 * 3600


@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in just now and the form token to use; scripts ask before sending a long form."""
    actor = getattr(request, "actor", None)
    state = {
        "signed_in": request.user.is_authenticated,
        "user": actor.user_id if actor else None,
        "csrf": get_token(request),
    }
    return JsonResponse(state, headers={"Cache-Control": "no-store"})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The chosen theme is kept in a cookie of this browser; anything else follows the system."""
    answer = redirect(refusals.back(request))
    choice = request.POST.get("theme", "")
    if choice in THEMES:
        answer.set_cookie(
            "hy_theme",
            choice,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        answer.delete_cookie("hy_theme")
    return answer


@require_GET
def style_guide(request: HttpRequest, page: str = "") -> HttpResponse:
    """Every part with made-up data; in a demo or while developing only."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    try:
        template, context = styleguide.page(page)
    except KeyError as error:
        raise Http404 from error
    return render(request, template, context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """A form with an old token changes nothing; what was typed is kept and can be sent again."""
    same_site = request.headers.get("Sec-Fetch-Site") == "same-origin"
    context = {"typed": refusals.typed(request), "back": refusals.back(request), "again": same_site}
    if refusals.wants_json(request):
        body = {
            "type": "urn:huiyin:refusal:form_token",
            "title": "form token",
            "status": 403,
            "code": "form_token",
        }
        return JsonResponse(body, status=403, content_type="application/problem+json")
    return render(request, "web/form_token.html", context, status=403)
