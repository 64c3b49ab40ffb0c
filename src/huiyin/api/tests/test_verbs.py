"""Every verb is an operation, and a program is refused in the same words as a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.api import api
from huiyin.door import registry
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road


def post(client: Client, path: str, data: Any, **headers: str) -> Any:
    body = data if isinstance(data, str) else json.dumps(data)
    return client.post(f"/api{path}", body, content_type="application/json", headers=headers)


def test_every_public_verb_is_an_operation_of_its_name():
    paths = api.get_openapi_schema()["paths"]
    ids = {operation["operationId"] for path in paths.values() for operation in path.values()}
    public = {
        name for name, verb in registry().items() if verb.public and not name.startswith("test.")
    }
    assert public <= ids


def test_a_matter_is_registered_through_the_api(road: Road, signed_in: Callable[[str], Client]):
    answer = post(
        signed_in("office"),
        "/matter/register",
        {
            "title": "修桥",
            "nature": "task",
            "origin": "own",
            "source_kind": "own",
            "due_on": "2027-03-01",
        },
    )
    assert answer.status_code == 200
    told = answer.json()
    assert told["subject"]["kind"] == "matter"
    assert str(Matter.objects.get(pk=told["facts"]["matter"]).due_on) == "2027-03-01"


def test_the_same_key_twice_registers_once(road: Road, signed_in: Callable[[str], Client]):
    client = signed_in("office")
    data = {"title": "修桥", "nature": "task", "origin": "own", "source_kind": "own"}
    headers = {"Idempotency-Key": "bridge-1"}
    first, again = (post(client, "/matter/register", data, **headers).json() for _ in range(2))
    assert again["repeated"]
    assert first["facts"] == again["facts"]
    assert Matter.objects.count() == 1


def test_a_unit_signs_with_an_exception_through_the_api(
    road: Road, signed_in: Callable[[str], Client]
):
    matter = road.dispatched()
    lead = road.lead(matter)
    answer = post(
        signed_in("water"),
        f"/unit_list/{lead.unit_list_id}/sign_for",
        {"exceptions": [{"assignment": lead.pk, "reason": "属于园林中心"}]},
    )
    assert answer.status_code == 200, answer.content
    lead.refresh_from_db()
    assert lead.state == "objected"


def test_what_one_may_not_see_is_not_found(road: Road, signed_in: Callable[[str], Client]):
    matter = road.under_way()
    answer = post(signed_in("outsider"), f"/matter/{matter.pk}/withdraw", {"reason": "试试"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_refusal_names_the_fields(road: Road, signed_in: Callable[[str], Client]):
    matter = road.submitted()
    data = {"finding": "看了", "summary": "完", "addressee": "市长", "answer": ""}
    answer = post(signed_in("office"), f"/matter/{matter.pk}/settle", data)
    assert answer.status_code == 422
    assert answer.json()["code"] == "answer_missing"
    assert answer.json()["fields"] == {"answer": ["必填"]}


@pytest.mark.parametrize("body", ["{", "[]", '{"title": 3}', '{"nonsense": 1}', '"\\ud800"'])
def test_malformed_input_is_a_problem_and_never_an_error(
    body: str, cast: Any, signed_in: Callable[[str], Client]
):
    answer = post(signed_in("office"), "/matter/register", body)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"]


def test_nobody_without_a_token_gets_in(cast: Any, client: Client):
    answer = post(client, "/matter/register", {})
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"
