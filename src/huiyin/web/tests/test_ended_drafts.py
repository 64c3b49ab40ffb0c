"""A draft lives until the form it belongs to has been taken."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from huiyin import clock
from huiyin.actors import Actor
from huiyin.web.middleware import Refusals
from huiyin.web.models import Draft

pytestmark = pytest.mark.django_db
OFFICER = Actor(user_id=7, name="卢见微", jurisdiction_id=1)


@pytest.fixture
def draft():
    return Draft.objects.create(owner_id=7, key="report-3", fields={}, saved_at=clock.now())


def sent(status, *, method="post", actor=OFFICER):
    request = getattr(RequestFactory(), method)("/x/", {"_draft": "report-3"})
    request.actor = actor
    Refusals(lambda request: HttpResponse(status=status))(request)


@pytest.mark.parametrize("status", [200, 204, 302])
def test_a_form_that_was_taken_ends_its_draft(draft, status):
    sent(status)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("status", [401, 409, 422, 500])
def test_a_form_that_was_refused_keeps_it(draft, status):
    sent(status)
    assert Draft.objects.exists()


def test_nobody_ends_the_draft_of_another(draft):
    sent(200, actor=Actor(user_id=8, name="另一人", jurisdiction_id=1))
    sent(200, actor=None)
    sent(200, method="get")
    assert Draft.objects.exists()
