"""The small pages: who is signed in, the theme."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from huiyin.actors import Actor
from huiyin.web import context, views


def asked(actor, *, signed_in):
    request = RequestFactory().get("/session/")
    request.user = SimpleNamespace(is_authenticated=signed_in)
    request.actor = actor
    return json.loads(views.session(request).content)


def test_a_script_learns_who_is_signed_in_and_which_token_to_use():
    state = asked(Actor(user_id=7, name="卢见微", jurisdiction_id=1), signed_in=True)
    assert state["signed_in"] is True
    assert state["user"] == 7
    assert len(state["csrf"]) == 64


def test_nobody_is_told_apart_from_somebody():
    assert asked(None, signed_in=False) | {"csrf": ""} == {
        "signed_in": False,
        "user": None,
        "csrf": "",
    }


@pytest.mark.parametrize(
    ("choice", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("<x>", "")]
)
def test_the_theme_is_kept_in_a_cookie_of_this_browser(choice, kept):
    factory = RequestFactory(headers={"Referer": "http://testserver/matters/"})
    answer = views.theme(factory.post("/theme/", {"theme": choice}))
    assert answer["Location"] == "/matters/"
    assert answer.cookies["hy_theme"].value == kept
    request = factory.get("/matters/")
    request.COOKIES["hy_theme"] = choice
    assert context.shell(request)["theme"] == kept
