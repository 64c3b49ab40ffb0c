"""核查: everything that waits for somebody outside the unit stands on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions
from huiyin.matters.tests.road import SETTLED, at_noon

MOST_QUERIES = 15


def _page(client):
    answer = client.get("/verification/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_claims_objections_answers_and_unfinished_ones_are_listed(road, signed_in):
    road.submitted(title="等核查的")
    objected = road.under_way(title="有异议的")
    road.do(actions.hand_back, road.lead(objected), "water", reason="职责在园林")
    road.closed(title="没送达的")
    verified = road.submitted(title="没销号的")
    road.do(actions.verify, verified, "office", finding="属实")
    page = _page(signed_in("office"))
    for words in (
        "等核查的",
        "泵站已连续试运行七天",
        "有异议的",
        "职责在园林",
        "没送达的",
        "没销号的",
        SETTLED["addressee"],
    ):
        assert words in page


def test_standing_matters_appear_when_their_check_is_due(road, signed_in):
    matter = road.under_way(title="每季要查的", nature="standing", due_on=None)
    assert "每季要查的" not in _page(signed_in("office"))
    with at_noon(matter.next_check_on + timedelta(days=1)):
        assert "每季要查的" in _page(signed_in("office"))


@pytest.mark.parametrize("who", ["outsider", "sysadmin"])
def test_others_find_it_empty(road, signed_in, who):
    road.submitted(title="等核查的")
    assert "等核查的" not in _page(signed_in(who))


def test_it_costs_the_same_for_one_and_for_many(road, signed_in):
    client = signed_in("office")
    road.submitted()
    few = _queries(client)
    road.submitted()
    road.submitted()
    assert _queries(client) == few <= MOST_QUERIES


def _queries(client):
    with CaptureQueriesContext(connection) as caught:
        _page(client)
    return len(caught)
