"""A Refusal as a page, an HTMX part or problem+json (RFC 9457), in the same words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.encoding import iri_to_uri

from huiyin.errors import Refusal, Stale

OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "request_key", "seen", "next", "_draft"})
UNAUTHENTICATED = 401


def response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to `request` for `refusal`; the status is the refusal's own."""
    if wants_json(request):
        return JsonResponse(
            problem(refusal), status=refusal.status, content_type="application/problem+json"
        )
    if refusal.status == UNAUTHENTICATED and not is_part(request) and not typed(request):
        return redirect(sign_in_url(request))  # a form with words in it shows them instead
    template = "web/_refusal.html" if is_part(request) else "web/refusal.html"
    answer = render(request, template, page_context(request, refusal), status=refusal.status)
    # app.js puts a part with this header beside the form instead of replacing what was typed.
    answer["X-Refusal"] = refusal.code
    return answer


def problem(refusal: Refusal) -> dict[str, Any]:
    """The body of a problem+json answer; `code` and `fields` are ours."""
    body: dict[str, Any] = {
        "type": f"urn:huiyin:refusal:{refusal.code}",
        "title": str(refusal.sentence),
        "status": refusal.status,
        "code": refusal.code,
        "fields": refusal.fields,
    }
    if refusal.next_step:
        body["detail"] = str(refusal.next_step)
    if isinstance(refusal, Stale):
        body["changes"] = [dict(change) for change in refusal.changes]
    return body


def page_context(request: HttpRequest, refusal: Refusal) -> dict[str, Any]:
    """What `web/refusal.html` and `web/_refusal.html` need."""
    return {
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
        "typed": typed(request),
        "back": back(request),
    }


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed, so that a refusal never swallows it; passwords never return."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in OWN_FIELDS and "password" not in name and value.strip()
    ]


def back(request: HttpRequest) -> str:
    """The page one came from, when it is one of ours; else the root."""
    origin = urlsplit(request.headers.get("Referer", ""))
    ours = origin.netloc == request.get_host() and not origin.path.startswith("//")
    same = origin.path == request.path and request.method == "GET"
    if not ours or same:
        return "/"
    return iri_to_uri(origin.path + (f"?{origin.query}" if origin.query else ""))


def is_part(request: HttpRequest) -> bool:
    """Whether a script asks for a piece of a page."""
    return (
        request.headers.get("HX-Request") == "true"
        or request.headers.get("X-Requested-With") == "fetch"
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: the API, or somebody who asks for JSON and not for HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def sign_in_url(request: HttpRequest) -> str:
    """The sign-in page that leads back to this page, or to where the form was, after a POST."""
    target = request.get_full_path() if request.method == "GET" else back(request)
    return f"{settings.LOGIN_URL}?{urlencode({'next': target})}"
