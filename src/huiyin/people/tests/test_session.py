"""Signing in: one answer for every failure, a lockout said in a sentence, an initial password that opens nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import PASSWORD

from huiyin.door import Ask, perform
from huiyin.ledger.models import Event
from huiyin.people import actions
from huiyin.people.models import User
from huiyin.people.passwords import DEMO_PASSWORD

pytestmark = pytest.mark.urls("huiyin.people.tests.urls")
NEW = "云溪-correct-horse-9"


def sign_in(client, username="water", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password} | more)


@pytest.fixture
def browser(cast):
    return Client()


def test_a_person_signs_in_and_acts_in_the_posts_of_today(cast, browser):
    assert sign_in(browser, next="/units/").headers["Location"] == "/units/"
    assert browser.get("/").json() == {"user": cast.users["water"].pk, "posts": 1}


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_signing_in_leads_to_no_other_site(browser, target):
    assert sign_in(browser, next=target).headers["Location"] == "/"


def test_an_unknown_name_and_a_wrong_password_and_a_stopped_account_get_one_answer(
    cast, browser, sysadmin
):
    perform(actions.deactivate, cast.users["outsider"].pk, sysadmin, Ask())
    pages = [
        sign_in(browser, "nobody"),
        sign_in(browser, "schools", "wrong"),
        sign_in(browser, "outsider"),
    ]
    assert {page.status_code for page in pages} == {422}
    assert all("账号或密码不对" in page.content.decode() for page in pages)


def test_five_wrong_passwords_lock_the_account_from_this_address(browser):
    answers = [sign_in(browser, password=f"wrong {n}").status_code for n in range(5)]
    assert answers == [422] * 4 + [429]
    page = sign_in(browser)
    assert page.status_code == 429
    assert "锁住" in page.content.decode()
    assert sign_in(browser, "schools").status_code == 302


def test_the_system_administrator_unlocks_an_account_on_record(cast, browser, signed_in):
    for n in range(5):
        sign_in(browser, password=f"wrong {n}")
    pk = cast.users["water"].pk
    keeper = signed_in("sysadmin")
    assert "已锁定" in keeper.get(f"/people/{pk}/").content.decode()
    assert signed_in("office").post(f"/people/{pk}/unlock/").status_code == 403
    assert keeper.post(f"/people/{pk}/unlock/").status_code == 302
    assert Event.objects.filter(action="user.unlock", subject_id=pk).exists()
    assert sign_in(browser).status_code == 302


def test_a_demo_says_who_may_sign_in(cast, browser, settings):
    settings.DEMO = True
    page = browser.get("/sign-in/").content.decode()
    assert "秦川" in page
    assert DEMO_PASSWORD in page


def test_a_real_office_says_nothing_of_its_people(cast, browser):
    assert "秦川" not in browser.get("/sign-in/").content.decode()


def test_a_stranger_is_led_to_signing_in_and_back(browser):
    answer = browser.get("/units/?x=1")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=%2Funits%2F%3Fx%3D1")


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}])
def test_a_part_asked_for_without_a_session_answers_401(browser, headers):
    assert browser.get("/units/", headers=headers).status_code == 401


def test_a_program_without_a_session_is_told_the_problem(browser):
    answer = browser.get("/units/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_signing_out_ends_the_session(browser):
    sign_in(browser)
    browser.post("/sign-out/")
    assert browser.get("/units/").status_code == 302


@pytest.fixture
def newcomer(cast, browser, sysadmin):
    pk = cast.users["water"].pk
    perform(actions.reset_password, pk, sysadmin, Ask(), password=actions.hashed(PASSWORD))
    sign_in(browser)
    return browser


def change(browser, old=PASSWORD, new=NEW, again=None):
    data = {"old": old, "new": new, "again": new if again is None else again}
    return browser.post("/password/", data)


def test_an_initial_password_opens_only_the_page_that_changes_it(newcomer):
    assert newcomer.get("/units/").headers["Location"] == "/password/"
    assert newcomer.post("/units/new/", {"name": "x"}).status_code == 422
    assert change(newcomer).status_code == 302
    assert newcomer.get("/units/").status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "wrong"}, "现在的密码不对"),
        ({"again": "other"}, "不一样"),
        ({"new": "short"}, ""),
        ({"new": "12345678901"}, ""),
        ({"new": PASSWORD}, "不能和现在的一样"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(newcomer, given, words):
    page = change(newcomer, **given)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert User.objects.get(username="water").must_change_password


def test_a_changed_password_ends_the_other_sessions(newcomer):
    change(newcomer)
    other = Client()
    sign_in(other, password=NEW)
    change(newcomer, old=NEW, new="云溪-another-horse-7")
    assert other.get("/units/").status_code == 302
    assert newcomer.get("/units/").status_code == 200


def test_a_page_costs_at_most_five_queries_for_who_acts(
    cast, browser, django_assert_max_num_queries
):
    sign_in(browser, "vice")
    with django_assert_max_num_queries(5):
        browser.get("/")
