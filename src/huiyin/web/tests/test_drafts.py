"""Drafts: kept for their owner alone, never more than a form, never for ever."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import RequestFactory

from huiyin import clock
from huiyin.actors import Actor
from huiyin.errors import Refusal
from huiyin.web import drafts
from huiyin.web.models import Draft

pytestmark = pytest.mark.django_db
OFFICER = Actor(user_id=7, name="卢见微", jurisdiction_id=1)
OUTSIDER = Actor(user_id=8, name="另一人", jurisdiction_id=1)


def ask(method, *, key="report-3", actor=OFFICER, body=None):
    text = body if isinstance(body, str) else json.dumps({"fields": body or {}}, ensure_ascii=False)
    made = RequestFactory().generic(method.upper(), "/drafts/x/", text)
    made.actor = actor
    return drafts.draft(made, key)


def test_what_was_saved_is_read_again_and_the_newer_wins():
    ask("put", body={"summary": ["桥修好了𠮷"]})
    ask("put", body={"summary": ["两座桥都修好了"], "co": ["1", "4"]})
    body = json.loads(ask("get").content)
    assert body["fields"] == {"summary": ["两座桥都修好了"], "co": ["1", "4"]}
    assert Draft.objects.count() == 1


def test_another_person_finds_nothing_under_the_same_key():
    ask("put", body={"summary": ["x"]})
    assert ask("get", actor=OUTSIDER).status_code == 204
    ask("delete", actor=OUTSIDER)
    assert ask("get").status_code == 200


def test_a_dropped_draft_is_gone():
    ask("put", body={"summary": ["x"]})
    assert ask("delete").status_code == 204
    assert ask("get").status_code == 204


@pytest.mark.parametrize("body", ["", "[]", "{", '{"fields": 3}', '{"fields": {"a": 1}}', "null"])
def test_what_is_no_form_is_refused(body):
    with pytest.raises(Refusal) as caught:
        ask("put", body=body)
    assert caught.value.code == "bad_draft"
    assert not Draft.objects.exists()


def test_a_draft_too_long_is_refused():
    with pytest.raises(Refusal) as caught:
        ask("put", body={"summary": ["好" * (drafts.LARGEST + 1)]})
    assert caught.value.code == "draft_too_long"


def test_a_nul_never_reaches_the_column():
    ask("put", body={"summary": ["a\x00b"]})
    assert json.loads(ask("get").content)["fields"] == {"summary": ["a\ufffdb"]}


def test_nobody_signed_in_is_told_so():
    with pytest.raises(Refusal) as caught:
        ask("get", actor=None)
    assert caught.value.status == 401


def test_old_drafts_go_when_a_new_one_comes():
    old = clock.now() - timedelta(days=drafts.KEPT_DAYS + 1)
    Draft.objects.create(owner_id=7, key="old", fields={}, saved_at=old)
    ask("put", body={"summary": ["x"]})
    assert [draft.key for draft in Draft.objects.all()] == ["report-3"]
