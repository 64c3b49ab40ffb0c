"""The directory and the accounts as pages: who sees which button, what a wrong form costs."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.people.models import ApiToken, Delegation, Portfolio, Post, Unit, User

pytestmark = pytest.mark.urls("huiyin.people.tests.urls")


def html(answer):
    return answer.content.decode()


def test_everybody_sees_the_directory_with_leaders_and_people(
    signed_in, django_assert_max_num_queries
):
    client = signed_in("water")
    client.get("/units/")
    with django_assert_max_num_queries(15):
        page = html(client.get("/units/"))
    assert "市水利局" in page
    assert "沈岚" in page
    assert "增加单位" not in page


@pytest.mark.parametrize("path", ["/units/new/", "/units/import/", "/people/new/"])
def test_pages_of_keepers_are_closed_to_others(signed_in, path):
    assert signed_in("water").get(path).status_code == 403


def test_the_office_adds_a_unit(signed_in, cast):
    data = {
        "name": "云溪市林业局",
        "kind": "bureau",
        "parent": cast.units["city"].pk,
        "aliases": "林草局、林业局",
    }
    answer = signed_in("office").post("/units/new/", data)
    unit = Unit.objects.get(name="云溪市林业局")
    assert answer.headers["Location"] == f"/units/{unit.pk}/"
    assert unit.aliases == ["林草局", "林业局"]


def test_a_taken_name_is_said_at_its_field_and_what_was_typed_stays(signed_in, cast):
    data = {
        "name": "云溪市林业局",
        "aliases": "水务局",
        "kind": "bureau",
        "parent": cast.units["city"].pk,
    }
    page = signed_in("office").post("/units/new/", data)
    assert page.status_code == 422
    assert "已经指云溪市水利局" in html(page)
    assert 'value="云溪市林业局"' in html(page)


def test_a_unit_is_changed_and_ended(signed_in, cast):
    client, parks = signed_in("office"), cast.units["parks"]
    data = {
        "name": parks.name,
        "short_name": "市园林处",
        "kind": "station",
        "parent": cast.units["city"].pk,
    }
    assert (
        client.post(f"/units/{parks.pk}/change/", data | {"seen": parks.version}).status_code == 302
    )
    answer = client.post(
        f"/units/{parks.pk}/end/", {"on": "2026-01-05", "successor": cast.units["water"].pk}
    )
    assert answer.status_code == 302
    assert "并入" in html(client.get(f"/units/{parks.pk}/"))


def test_a_stale_page_is_told_and_nothing_is_lost(signed_in, cast):
    client, parks = signed_in("office"), cast.units["parks"]
    data = {"name": parks.name, "kind": "station", "parent": cast.units["city"].pk}
    data["seen"] = parks.version
    client.post(f"/units/{parks.pk}/change/", data | {"short_name": "甲"})
    page = client.post(f"/units/{parks.pk}/change/", data | {"short_name": "市园林绿化管理处"})
    assert page.status_code == 409
    assert "市园林绿化管理处" in html(page)


def test_what_is_exported_can_be_imported_without_a_change(signed_in):
    client = signed_in("sysadmin")
    data = client.get("/units/units.xlsx").content
    names = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(data)).active.rows]
    assert names[0] == "单位名称"
    before = list(Unit.objects.values_list("name", "short_name", "aliases", "kind", "parent"))
    answer = client.post("/units/import/", {"file": SimpleUploadedFile("u.xlsx", data)})
    assert answer.status_code == 302, html(answer)
    assert (
        list(Unit.objects.values_list("name", "short_name", "aliases", "kind", "parent")) == before
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00" * 100])
def test_a_broken_table_gets_a_sentence(signed_in, data):
    file = SimpleUploadedFile("u.xlsx", data)
    assert signed_in("sysadmin").post("/units/import/", {"file": file}).status_code == 422


def test_an_account_is_opened_and_its_password_shown_once(signed_in):
    client = signed_in("sysadmin")
    data = {"name": "刘禾", "username": "liuhe", "request_key": "one"}
    page = client.post("/people/new/", data)
    password = re.search(r'class="mono">([a-z0-9-]+)<', html(page))[1]
    user = User.objects.get(username="liuhe")
    assert user.check_password(password)
    assert password in html(client.post("/people/new/", data))  # a double click
    assert password not in html(client.get(f"/people/{user.pk}/"))


def test_a_person_is_found_by_name_and_unit(signed_in):
    page = html(signed_in("office").get("/people/", {"q": "水利"}))
    assert "秦川" in page
    assert "林晓" not in page


def test_the_security_administrator_appoints_gives_and_lends(signed_in, cast):
    client, user = signed_in("secadmin"), cast.users["outsider"]
    data = {"unit": cast.units["city"].pk, "role": "leader_in_charge", "title": "副市长"}
    assert client.post(f"/people/{user.pk}/appoint/", data).status_code == 302
    post = Post.objects.get(user=user, role="leader_in_charge")
    data = {"unit": cast.units["parks"].pk, "kind": "in_charge"}
    assert client.post(f"/posts/{post.pk}/portfolio/", data).status_code == 302
    assert Portfolio.objects.filter(post=post).exists()
    data = {"to": cast.users["vice"].pk, "started_on": "2026-01-01", "ended_on": "2025-01-01"}
    assert client.post(f"/posts/{post.pk}/delegate/", data).status_code == 422
    assert not Delegation.objects.exists()


def test_a_post_is_ended_from_the_page(signed_in, cast):
    post = Post.objects.get(user=cast.users["outsider"])
    assert (
        signed_in("secadmin").post(f"/post/{post.pk}/end/", {"seen": post.version}).status_code
        == 302
    )
    assert signed_in("office").post(f"/post/{post.pk}/end/").status_code == 403


def test_the_system_administrator_resets_and_stops_an_account(signed_in, cast):
    client, pk = signed_in("sysadmin"), cast.users["outsider"].pk
    assert client.post(f"/people/{pk}/reset-password/").status_code == 200
    assert client.post(f"/people/{pk}/deactivate/").status_code == 302
    assert "已停用" in html(client.get(f"/people/{pk}/"))
    assert client.post(f"/people/{pk}/activate/").status_code == 302


def test_a_token_is_shown_once_and_revoked(signed_in, cast):
    client, pk = signed_in("water"), cast.users["water"].pk
    assert "hy_" in html(client.post(f"/people/{pk}/token/", {"name": "台账"}))
    assert "hy_" not in html(client.get(f"/people/{pk}/"))
    token = ApiToken.objects.get()
    assert client.post(f"/token/{token.pk}/end/").status_code == 302
    assert signed_in("schools").post(f"/token/{token.pk}/end/").status_code == 404


@pytest.mark.parametrize("path", ["/units/999/", "/people/999/", "/posts/999/portfolio/"])
def test_what_is_not_there_is_not_found(signed_in, path):
    client = signed_in("secadmin")
    answer = client.post(path) if "posts" in path else client.get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["office", "vice", "water", "auditor", "sysadmin", "secadmin"])
def test_everybody_can_open_a_person_and_a_unit(
    signed_in, cast, who, django_assert_max_num_queries
):
    client = signed_in(who)
    with django_assert_max_num_queries(15):
        assert client.get(f"/people/{cast.users['vice'].pk}/").status_code == 200
    assert client.get(f"/units/{cast.units['water'].pk}/").status_code == 200
