"""A refusal says the same thing as a page, as a part and to a program, and swallows nothing typed."""

from __future__ import annotations

import json

import pytest
from django.test import RequestFactory
from django.utils import translation

from huiyin.errors import Forbidden, Refusal, Stale
from huiyin.web import refusals, views
from huiyin.web.middleware import POLICY, Refusals, SecurityHeaders

pytestmark = pytest.mark.urls("huiyin.web.tests.urls")
REFUSAL = Refusal(
    "请先上传佐证材料，再报送办结。",
    code="evidence_missing",
    next_step="至少一份。",
    fields={"files": ["没有文件"]},
)
CHANGE = {"at": None, "who": "卢见微", "what": "改了时限"}


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def post(**headers):
    data = {
        "summary": "两座桥都修好了",
        "csrfmiddlewaretoken": "t",
        "request_key": "k",
        "password": "secret",
    }
    return RequestFactory(headers={"Referer": "http://testserver/matters/3/?a=1", **headers}).post(
        "/x/", data
    )


def test_a_page_shows_the_sentence_the_next_step_and_what_was_typed():
    answer = refusals.response(post(), REFUSAL)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "请先上传佐证材料，再报送办结。",
        "至少一份。",
        "没有文件",
        "两座桥都修好了",
        "/matters/3/?a=1",
    ):
        assert words in page
    assert "secret" not in page


@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}])
def test_a_script_gets_a_part_and_a_header_that_names_the_refusal(header):
    answer = refusals.response(post(**header), REFUSAL)
    assert answer["X-Refusal"] == "evidence_missing"
    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()


def test_a_program_gets_problem_json():
    answer = refusals.response(RequestFactory().post("/api/x"), REFUSAL)
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "urn:huiyin:refusal:evidence_missing",
        "title": "请先上传佐证材料，再报送办结。",
        "status": 422,
        "code": "evidence_missing",
        "detail": "至少一份。",
        "fields": {"files": ["没有文件"]},
    }


def test_a_stale_page_shows_what_changed_beside_what_was_typed():
    stale = Stale("这件事刚才有了变化。", changes=[CHANGE])
    page = refusals.response(post(), stale).content.decode()
    assert "改了时限" in page
    assert "两座桥都修好了" in page
    assert refusals.problem(stale)["changes"] == [CHANGE]


class SignedOut(Refusal):
    """Nobody is signed in."""

    status = 401


def test_a_signed_out_page_leads_to_sign_in_and_back_but_a_script_is_told():
    refusal = SignedOut("登录已过期。", code="signed_out")
    answer = refusals.response(RequestFactory().get("/matters/3/", {"a": 1}), refusal)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fmatters%2F3%2F%3Fa%3D1"
    assert refusals.response(post(**{"HX-Request": "true"}), refusal).status_code == 401


def test_a_form_sent_after_the_session_ended_shows_the_words_that_were_typed():
    answer = refusals.response(post(), SignedOut("登录已过期。", code="signed_out"))
    assert answer.status_code == 401
    assert "两座桥都修好了" in answer.content.decode()


@pytest.mark.parametrize(
    "referer",
    ["http://evil.example/x", "http://testserver//evil.example", "", "javascript:alert(1)"],
)
def test_the_way_back_never_leaves_the_house(referer):
    request = RequestFactory(headers={"Referer": referer}).post("/x/")
    assert refusals.back(request) == "/"


def test_only_refusals_are_turned_into_answers():
    middleware = Refusals(lambda request: None)
    assert middleware.process_exception(post(), ValueError("x")) is None
    assert middleware.process_exception(post(), Forbidden("不能。", code="no")).status_code == 403


def test_every_answer_carries_a_strict_policy():
    answer = SecurityHeaders(lambda request: refusals.response(request, REFUSAL))(post())
    assert answer["Content-Security-Policy"] == POLICY
    assert "unsafe-eval" not in POLICY
    assert "script-src 'self';" in POLICY
    assert "style-src 'self';" in POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_a_form_with_an_old_token_keeps_what_was_typed_and_may_go_again_from_our_own_page():
    answer = views.csrf_failure(post(**{"Sec-Fetch-Site": "same-origin"}))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<input type="hidden" name="summary" value="两座桥都修好了">' in page
    assert '<input type="hidden" name="request_key" value="k">' in page
    assert "secret" not in page


def test_a_form_from_another_site_is_never_offered_again():
    page = views.csrf_failure(post(**{"Sec-Fetch-Site": "cross-site"})).content.decode()
    assert "两座桥都修好了" in page
    assert "再交一次" not in page
