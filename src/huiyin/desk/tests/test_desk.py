"""Everybody finds what waits for them, and nothing of others; a desk costs few queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.matters import actions
from huiyin.matters.tests.road import Road


def page(client: Client) -> str:
    answer = client.get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "who",
    [
        "office",
        "office_head",
        "mayor",
        "vice",
        "water",
        "water_head",
        "auditor",
        "sysadmin",
        "secadmin",
    ],
)
def test_every_role_has_a_desk(road: Road, signed_in: Callable[[str], Client], who: str):
    road.submitted()
    assert page(signed_in(who))


def test_what_a_unit_says_is_done_waits_for_the_office(
    road: Road, signed_in: Callable[[str], Client]
):
    road.submitted(title="泵站试运行")
    assert "泵站试运行" in page(signed_in("office"))
    assert "报称已经办完" in page(signed_in("office"))
    assert "今天有 1 件事。" in page(signed_in("office"))


def test_an_objection_waits_for_its_ruling(road: Road, signed_in: Callable[[str], Client]):
    matter = road.under_way(title="修渠")
    road.do(actions.hand_back, road.lead(matter), "water", reason="不归我局")
    assert "市水利局不认领“修渠”" in page(signed_in("office"))


def test_a_batch_waits_for_its_approver_and_nobody_else(
    road: Road, signed_in: Callable[[str], Client]
):
    notice = road.proposed(title="修桥")
    approver = notice.approver_post.user.username  # type: ignore[union-attr]
    assert "审批 1 项" in page(signed_in(approver))
    other = "vice" if approver == "mayor" else "mayor"
    assert "审批 1 项" not in page(signed_in(other))


def test_a_list_waits_for_its_unit(road: Road, signed_in: Callable[[str], Client]):
    road.dispatched(title="清淤")
    assert "去签收" in page(signed_in("water"))
    assert "去签收" not in page(signed_in("outsider"))


def test_an_outsider_sees_nothing_of_it(road: Road, signed_in: Callable[[str], Client]):
    road.under_way(title="城北污水厂")
    assert "城北污水厂" not in page(signed_in("outsider"))


@pytest.mark.parametrize(("who", "limit"), [("office", 12), ("mayor", 15), ("water", 16)])
def test_a_desk_costs_the_same_few_queries_however_much_waits(
    road: Road,
    signed_in: Callable[[str], Client],
    who: str,
    limit: int,
    django_assert_max_num_queries: Any,
):
    for n in range(4):
        road.submitted(title=f"事项{n}")
        road.dispatched(title=f"另一件{n}")
    client = signed_in(who)
    with django_assert_max_num_queries(limit):
        page(client)
