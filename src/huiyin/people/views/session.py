"""Signing in and out, the lockout, one's own password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.door import perform
from huiyin.people import actions, queries, setup
from huiyin.people.forms import PasswordForm
from huiyin.people.models import User
from huiyin.web.asked import Request, ask, open_to_all

LOCKED = 429
LONGEST_PASSWORD = 4096
"""Characters; hashing more is only an attack."""


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A session of the person begins; an empty installation leads to its set-up instead."""
    target = _target(request)
    if request.method == "GET":
        if setup.is_needed():
            return redirect("people:setup")
        return redirect(target) if request.user.is_authenticated else _page(request, target=target)
    username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    user = authenticate(request, username=username, password=password[:LONGEST_PASSWORD])
    if user is None:
        # One answer for an unknown name, a wrong password and a deactivated account.
        return _page(request, target=target, error=_("账号或密码不对。"), status=422)
    login(request, user)
    return redirect(target)


def locked_out(
    request: HttpRequest,
    _original: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """What django-axes answers when an account is locked from this address: until when, in a sentence."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    return _page(
        request, target=_target(request), locked_until=_locked_until(username), status=LOCKED
    )


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends."""
    logout(request)
    return redirect("people:sign_in")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """One's own password is changed; this session goes on, others of the account end."""
    user = User.objects.get(username=request.user.get_username())
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "people/password.html", {"form": form, "user": user}, status=status)
    perform(
        actions.set_password,
        user.pk,
        request.actor,
        ask(request),
        password=actions.hashed(form.cleaned_data["new"]),
    )
    update_session_auth_hash(request, User.objects.get(pk=user.pk))
    messages.success(request, _("密码已经修改。"))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _page(request: HttpRequest, *, target: str, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "next": target,
        "username": request.POST.get("username", ""),
        "error": "",
    }
    if settings.DEMO:
        context["demo_accounts"] = queries.demo_accounts()
    return render(request, "web/sign_in.html", context | more, status=status)


def _target(request: HttpRequest) -> str:
    """Where to go after signing in: a page of ours only."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return (
        target
        if ours and not target.startswith(settings.LOGIN_URL)
        else settings.LOGIN_REDIRECT_URL
    )


def _locked_until(username: str) -> datetime | None:
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    if last is None:
        return None
    until: datetime = last.attempt_time + timedelta(hours=settings.AXES_COOLOFF_TIME)
    return until
