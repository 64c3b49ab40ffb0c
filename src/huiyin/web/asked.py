"""What a view is asked: by whom, under which key, seeing which version; and who may ask at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.door import Ask
from huiyin.errors import Refusal

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """A request of somebody signed in: the middleware lets no other reach a view without `open_to_all`."""

    actor: Actor


class SignedOut(Refusal):
    """Nobody is signed in (any more); scripts ask for sign-in in place and send again."""

    status = 401


def signed_out() -> SignedOut:
    return SignedOut(
        _("登录已过期，请重新登录。"), code="signed_out", next_step=_("您填写的内容还在。")
    )


def open_to_all(view: View) -> View:
    """Mark a view that answers people who are not signed in; every other view refuses them."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def ask(request: HttpRequest) -> Ask:
    """The key and the version seen that `web/_request.html` put into the form."""
    key = request.POST.get("request_key", "")
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    return Ask(key=key, seen=number) if key else Ask(seen=number)
