"""The first set-up, from the token in the terminal to the first sign-in."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.people import setup
from huiyin.people.models import Jurisdiction, Unit, User
from huiyin.people.tables import template_table

pytestmark = [pytest.mark.urls("huiyin.people.tests.urls"), pytest.mark.django_db]
OFFICE = {"step": "office", "name": "云岭市人民政府", "short": "云", "request_key": "office"}
PEOPLE = {
    "step": "people",
    "request_key": "people",
    **{
        f"p{place}-{field}": value
        for place, (name, username) in enumerate(
            [("高远", "gaoyuan"), ("方慎", "fangshen"), ("严正", "yanzheng"), ("周明", "zhouming")]
        )
        for field, value in (("name", name), ("username", username))
    },
}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def opened():
    """A browser that came with the token of the terminal."""
    client = Client()
    client.get("/setup/", {"token": setup.issue_token()})
    return client


def units(client, text="", **more):
    return client.post("/setup/", {"step": "units", "text": text, "request_key": "units"} | more)


def test_an_empty_installation_leads_from_signing_in_to_its_set_up():
    assert Client().get("/sign-in/").headers["Location"] == "/setup/"


def test_without_the_token_nothing_is_set_up():
    setup.issue_token()
    client = Client()
    assert "终端" in client.get("/setup/").content.decode()
    assert client.post("/setup/", OFFICE).status_code == 200
    assert client.post("/setup/", {"token": "guess"}).status_code == 422
    assert not Jurisdiction.objects.exists()


def test_the_token_is_kept_as_a_digest_for_its_owner_only(settings):
    raw = setup.issue_token()
    file = settings.DATA / setup.FILE
    assert raw not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_a_newer_token_closes_the_older_one():
    old = setup.issue_token()
    setup.issue_token()
    assert not setup.opens(old)


def test_the_whole_journey(opened):
    assert opened.post("/setup/", OFFICE).status_code == 302
    assert units(opened, "云岭市水利局,,水务局\n水文站,,,水务局").status_code == 302
    page = opened.post("/setup/", PEOPLE)
    assert page.status_code == 200
    assert [u.short_name for u in Unit.objects.order_by("position")][:3] == [
        "市政府",
        "市政府督查室",
        "市水利局",
    ]
    passwords = dict(
        re.findall(r"<td>(\w+)</td><td class=\"mono nw\">([a-z0-9-]+)</td>", page.content.decode())
    )
    client = Client()
    answer = client.post("/sign-in/", {"username": "gaoyuan", "password": passwords["gaoyuan"]})
    assert answer.status_code == 302
    assert client.get("/units/").headers["Location"] == "/password/"


def test_the_set_up_is_over_once_there_are_administrators(opened):
    opened.post("/setup/", OFFICE)
    units(opened)
    opened.post("/setup/", PEOPLE)
    assert not setup.is_needed()
    assert setup.current() == ""
    assert opened.get("/setup/").status_code == 404
    assert Client().get("/sign-in/").status_code == 200


def test_it_goes_on_where_it_was_left(opened):
    opened.post("/setup/", OFFICE)
    later = Client()
    later.get("/setup/", {"token": setup.issue_token()})
    assert "单位名录" in later.get("/setup/").content.decode()
    assert opened.get("/setup/").status_code == 200  # closed again: another token was issued
    assert "一次性口令" in opened.get("/setup/").content.decode()


def test_a_name_left_out_is_asked_for_and_the_rest_is_kept(opened):
    page = opened.post("/setup/", OFFICE | {"short": ""})
    assert page.status_code == 422
    assert 'value="云岭市人民政府"' in page.content.decode()


def test_a_double_click_founds_one_office(opened):
    opened.post("/setup/", OFFICE)
    opened.post("/setup/", OFFICE)
    assert Jurisdiction.objects.count() == 1
    assert "有哪些单位" in opened.get("/setup/").content.decode()


def test_units_come_from_a_spreadsheet(opened):
    opened.post("/setup/", OFFICE)
    file = SimpleUploadedFile("单位.xlsx", template_table())
    assert units(opened, file=file).status_code == 302
    assert Unit.objects.filter(name="松鸣镇人民政府", kind="town").exists()


def test_a_wrong_row_of_a_spreadsheet_is_named_and_can_be_put_right_in_place(opened):
    opened.post("/setup/", OFFICE)
    csv = "单位名称,简称,别名,上级单位,类型\n云岭市水利局,,,,衙门\n".encode("gb18030")
    page = units(opened, file=SimpleUploadedFile("单位.csv", csv))
    html = page.content.decode()
    assert page.status_code == 422
    assert "第 2 行" in html
    assert "衙门" in html
    assert "云岭市水利局" in re.search(r"<textarea.*?</textarea>", html, re.DOTALL)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"p0-username": ""},
        {"p2-username": "gaoyuan"},
        {"p3-name": "", "p3-username": ""},
        {"p1-username": "有 空格"},
    ],
)
def test_the_first_people_must_be_complete_and_apart(opened, change):
    opened.post("/setup/", OFFICE)
    units(opened)
    page = opened.post("/setup/", PEOPLE | change)
    assert page.status_code == 422
    assert 'value="高远"' in page.content.decode()
    assert not User.objects.exists()


def test_the_passwords_are_shown_again_to_a_double_click_and_never_later(opened):
    opened.post("/setup/", OFFICE)
    units(opened)
    opened.post("/setup/", PEOPLE)
    assert opened.post("/setup/", PEOPLE).status_code == 404
