"""Reads about units and people for programs."""

from __future__ import annotations

from django.test import Client

from huiyin.people.tokens import issue_token


def bearer(cast, key):
    raw = issue_token(cast.users[key], name="t", by=cast.actor(key))
    return Client(headers={"Authorization": f"Bearer {raw}"})


def test_the_directory_is_read_in_its_order(cast):
    units = bearer(cast, "water").get("/api/units").json()
    assert [unit["code"] for unit in units][:3] == ["city", "office", "water"]
    assert units[2]["aliases"] == ["水利局", "水务局"]


def test_people_come_with_their_posts(cast):
    people = bearer(cast, "office").get("/api/people").json()
    mayor = next(person for person in people if person["username"] == "mayor")
    assert mayor["posts"][0]["role"] == "principal_leader"
    assert "password" not in str(people)


def test_a_token_says_whose_it_is(cast):
    assert bearer(cast, "vice").get("/api/me").json()["name"] == "沈岚"


def test_written_names_are_matched(cast):
    answer = bearer(cast, "office").post(
        "/api/units/match", {"names": ["水务局", "没有的局"]}, content_type="application/json"
    )
    assert [found["unit_ids"] for found in answer.json()] == [[cast.units["water"].pk], []]


def test_without_a_token_nothing_is_said(cast):
    assert Client().get("/api/people").status_code == 401


def test_an_initial_password_opens_no_api(cast, signed_in, sysadmin):
    from huiyin.door import Ask, perform
    from huiyin.people import actions

    password = actions.hashed("重置-password-3")
    perform(actions.reset_password, cast.users["water"].pk, sysadmin, Ask(), password=password)
    cast.users["water"].refresh_from_db()
    assert signed_in("water").get("/api/units").status_code == 401
