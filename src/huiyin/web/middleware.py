"""Security headers on every answer; refusals turned into pages, parts or problem+json."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from huiyin.errors import Refusal
from huiyin.web import drafts, refusals

Answer = Callable[[HttpRequest], HttpResponseBase]

# No inline script or style element, no eval, nothing from elsewhere. Style *attributes* are allowed
# because a bar's width is data (`style="--n:4"`); they can neither load nor run anything.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Every answer carries the headers; a view may set a stricter policy, never a missing one."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # A signed-out or shared browser must not show an office's pages from its cache.
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Refusals:
    """A Refusal raised by a view becomes the answer that fits the request; a form taken ends its draft."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if request.method == "POST" and response.status_code < 400:
            _end_draft(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django calls this with whatever the view raised; only refusals are ours."""
        return refusals.response(request, error) if isinstance(error, Refusal) else None


def _end_draft(request: HttpRequest) -> None:
    """The draft named by a form that was taken is gone; its key comes from `draft.js`."""
    key, actor = request.POST.get("_draft"), getattr(request, "actor", None)
    if key and actor is not None and actor.user_id is not None:
        drafts.discard(actor.user_id, key)
