"""Accounts, posts, portfolios and delegations."""

from __future__ import annotations

from typing import Any

import axes.utils
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import Action, perform
from huiyin.door.asking import permitted
from huiyin.errors import Forbidden, Refusal
from huiyin.ledger.models import OfficeFact
from huiyin.people import actions, queries
from huiyin.people.forms import DelegationForm, NewPersonForm, PersonForm, PortfolioForm, PostForm
from huiyin.people.models import ApiToken, Delegation, Jurisdiction, Portfolio, Post, Unit, User
from huiyin.people.passwords import initial_password
from huiyin.people.tokens import issue_token
from huiyin.people.views.shared import offered, seen_or_404, show_refusal
from huiyin.web.asked import Request, ask

ENDINGS: dict[str, tuple[type[OfficeFact], Action[Any, Any], Any]] = {
    "post": (Post, actions.end_post, lambda row: row.user_id),
    "portfolio": (Portfolio, actions.end_portfolio, lambda row: row.post.user_id),
    "delegation": (Delegation, actions.end_delegation, lambda row: row.post.user_id),
    "token": (ApiToken, actions.revoke_token, lambda row: row.user_id),
}
"""What can be ended from a person's page, by which verb, and whose page that is."""


@require_GET
def people(request: Request) -> HttpResponse:
    """The accounts of the office with their posts."""
    words, inactive = request.GET.get("q", "").strip()[:40], "inactive" in request.GET
    lines = queries.people(
        viewer=request.actor, today=clock.today(), words=words, inactive=inactive
    )
    context = {"lines": lines, "q": words, "inactive": inactive, "may_add": _may_add(request.actor)}
    return render(request, "people/people.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new account stands; its initial password is shown on this one answer."""
    if not _may_add(request.actor):
        raise Forbidden(_("只有系统管理员能开设账号。"), code="not_permitted")
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked, data = ask(request), form.cleaned_data
        password = initial_password(asked.key, data["username"])
        try:
            perform(
                actions.create_user,
                request.actor.jurisdiction_id,
                request.actor,
                asked,
                password=actions.hashed(password),
                **data,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            user = User.objects.get(username=data["username"])
            return render(request, "people/account_made.html", {"user": user, "password": password})
    return render(
        request, "people/person_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person: account, posts, portfolios, delegations, tokens; what may be done about each."""
    return _person_page(request, seen_or_404(User, pk, request.actor))


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """The account carries another name or telephone."""
    user = seen_or_404(User, pk, request.actor)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _person_page(request, user, person_form=form, status=422)
    perform(actions.change_user, pk, request.actor, ask(request), **form.cleaned_data)
    return _back(request, pk, _("账号已经修改。"))


@never_cache
@require_POST
def reset_password(request: Request, pk: int) -> HttpResponse:
    """A new initial password holds and is shown on this one answer."""
    user, asked = seen_or_404(User, pk, request.actor), ask(request)
    password = initial_password(asked.key, user.username)
    perform(actions.reset_password, pk, request.actor, asked, password=actions.hashed(password))
    axes.utils.reset(username=user.username)
    return render(
        request, "people/account_made.html", {"user": user, "password": password, "reset": True}
    )


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """An account locked after wrong passwords may be tried again at once."""
    user = seen_or_404(User, pk, request.actor)
    perform(actions.unlock, pk, request.actor, ask(request))
    axes.utils.reset(username=user.username)
    return _back(request, pk, _("锁定已经解除。"))


@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    """The account signs in no more."""
    perform(actions.deactivate, pk, request.actor, ask(request))
    return _back(request, pk, _("账号已经停用，岗位和代理同时结束。"))


@require_POST
def activate(request: Request, pk: int) -> HttpResponse:
    """The account signs in again."""
    perform(actions.activate, pk, request.actor, ask(request))
    return _back(request, pk, _("账号已经恢复，岗位需要重新任命。"))


@require_POST
def appoint(request: Request, pk: int) -> HttpResponse:
    """The person holds a post."""
    user = seen_or_404(User, pk, request.actor)
    form = PostForm(queries.units(viewer=request.actor, today=clock.today()), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        given = {"role": data["role"], "title": data["title"], "started_on": data["started_on"]}
        try:
            perform(actions.appoint, pk, request.actor, ask(request), unit_id=data["unit"], **given)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _back(request, pk, _("岗位已经任命。"))
    return _person_page(request, user, post_form=form, status=422)


@require_POST
def give_portfolio(request: Request, pk: int) -> HttpResponse:
    """A leader's post (`pk`) is in charge of a unit."""
    post = seen_or_404(Post, pk, request.actor)
    form = PortfolioForm(queries.units(viewer=request.actor, today=clock.today()), request.POST)
    if form.is_valid():
        try:
            unit_id, kind = form.cleaned_data["unit"], form.cleaned_data["kind"]
            perform(
                actions.give_portfolio, pk, request.actor, ask(request), unit_id=unit_id, kind=kind
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _back(request, post.user_id, _("分工已经记下。"))
    return _person_page(request, post.user, at_post=(pk, "portfolio_form", form), status=422)


@require_POST
def delegate(request: Request, pk: int) -> HttpResponse:
    """A post (`pk`) is lent to somebody for a term."""
    post = seen_or_404(Post, pk, request.actor)
    form = DelegationForm(queries.active_users(request.actor), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        given = {
            "started_on": data["started_on"],
            "ended_on": data["ended_on"],
            "reason": data["reason"],
        }
        try:
            perform(
                actions.set_delegation, pk, request.actor, ask(request), to_id=data["to"], **given
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _back(request, post.user_id, _("代理已经记下，两人的名字都会留在办理记录里。"))
    return _person_page(request, post.user, at_post=(pk, "delegation_form", form), status=422)


@require_POST
def end(request: Request, what: str, pk: int) -> HttpResponse:
    """A post, portfolio, delegation or token ends today."""
    model, verb, owner = ENDINGS[what]
    row = seen_or_404(model, pk, request.actor)
    perform(verb, pk, request.actor, ask(request))
    return _back(request, owner(row), _("已经结束。"))


@never_cache
@require_POST
def token(request: Request, pk: int) -> HttpResponse:
    """A token of one's own stands; it is shown on this one answer."""
    user = seen_or_404(User, pk, request.actor)
    name = request.POST.get("name", "").strip() or _("未命名")
    raw = issue_token(user, name=name, by=request.actor, ask=ask(request))
    return render(request, "people/token_made.html", {"user": user, "raw": raw, "name": name})


def _person_page(
    request: Request,
    user: User,
    *,
    status: int = 200,
    at_post: tuple[int, str, forms.Form] | None = None,
    **filled: Any,
) -> HttpResponse:
    """The page, with a form that was refused in place of the empty one (`at_post`: one of a post's)."""
    units = queries.in_tree_order(queries.units(viewer=request.actor, today=clock.today()))
    may_reset = permitted(actions.reset_password, user, request.actor) is not None
    context: dict[str, Any] = {
        "person": user,
        "verbs": offered(user, request.actor),
        "posts": _posts(user, request.actor, units, at_post),
        "lent_to": queries.lent_to(user, today=clock.today()),
        "may_reset": may_reset,
        "is_locked": may_reset and queries.is_locked(user, now=clock.now()),
        "is_me": user.pk == request.actor.user_id,
        "tokens": ApiToken.objects.visible_to(request.actor).filter(user=user, revoked_on=None),
        "person_form": PersonForm(initial={"name": user.name, "phone": user.phone}),
        "post_form": PostForm(units, auto_id="post_%s"),
    }
    return render(request, "people/person.html", context | filled, status=status)


def _posts(
    user: User, viewer: Actor, units: list[Unit], at_post: tuple[int, str, forms.Form] | None
) -> list[dict[str, Any]]:
    """The person's posts of today, each with its verbs, portfolio, loans and the forms for more."""
    others = [other for other in queries.active_users(viewer) if other.pk != user.pk]
    found = []
    for post, portfolio, loans in queries.posts_of(user, today=clock.today()):
        entry: dict[str, Any] = {
            "post": post,
            "verbs": offered(post, viewer),
            "portfolio": [{"row": row, "verbs": offered(row, viewer)} for row in portfolio],
            "loans": [{"row": row, "verbs": offered(row, viewer)} for row in loans],
            "portfolio_form": PortfolioForm(units, auto_id=f"portfolio_{post.pk}_%s"),
            "delegation_form": DelegationForm(others, auto_id=f"loan_{post.pk}_%s"),
        }
        if at_post is not None and at_post[0] == post.pk:
            entry[at_post[1]] = at_post[2]
        found.append(entry)
    return found


def _may_add(viewer: Actor) -> bool:
    office = Jurisdiction.objects.get(pk=viewer.jurisdiction_id)
    return permitted(actions.create_user, office, viewer) is not None


def _back(request: Request, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("people:person", pk)
