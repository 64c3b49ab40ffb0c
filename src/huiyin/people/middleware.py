"""Who acts in a request: `request.actor`, a door closed to everybody else, a password to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.errors import Refusal
from huiyin.people.models import User
from huiyin.people.queries import actor_of
from huiyin.web import refusals
from huiyin.web.asked import signed_out
from huiyin.web.looks import seen_by

OPEN_MODULES = ("huiyin.web.", "django.views.")
"""Views of the shell (theme, language, session state) know nothing of the office."""
WHILE_CHANGING = frozenset(
    {"people:password", "people:sign_out", "web:session", "web:theme", "web:language"}
)


class ActingPerson:
    """Sets `request.actor` (None when nobody is signed in) and refuses views to strangers.

    Costs one query for the user and at most three for the posts, and none without a session.
    The API authenticates for itself and is left alone.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = _acting(request.user)
        if request.path.startswith("/api/") and getattr(
            request.user, "must_change_password", False
        ):
            actor = None  # an initial password opens the API as little as the pages
        request.actor = actor  # type: ignore[attr-defined]
        with seen_by(actor):
            return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_args: Any
    ) -> HttpResponse | None:
        """Django calls this before the view; an answer here replaces it."""
        if request.path.startswith("/api/"):
            return None
        if _is_open(view) or _must_stay_open(request):
            return None
        if request.actor is None:  # type: ignore[attr-defined]
            return refusals.response(request, signed_out())
        return self._password_first(request)

    def _password_first(self, request: HttpRequest) -> HttpResponse | None:
        """An initial password opens nothing but the page on which it is changed."""
        if not getattr(request.user, "must_change_password", False):
            return None
        if request.method == "GET" and not refusals.is_part(request):
            return redirect("people:password")
        refusal = Refusal(
            _("请先把初始密码换成自己的密码。"),
            code="password_must_change",
            next_step=_("在“修改密码”页面办理。"),
        )
        return refusals.response(request, refusal)


def _acting(user: User | AnonymousUser) -> Actor | None:
    if not user.is_authenticated:
        return None
    return actor_of(user, today=clock.today())


def _is_open(view: Callable[..., Any]) -> bool:
    return getattr(view, "open_to_all", False) or view.__module__.startswith(OPEN_MODULES)


def _must_stay_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.actor is not None and match is not None and match.view_name in WHILE_CHANGING  # type: ignore[attr-defined]
