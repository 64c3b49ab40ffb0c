"""Pages draw lights by the scheme in force: its shape, its colour, its word, and no query more."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.matters.tests.road import Road, at_noon
from huiyin.rulebook import actions as rules
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.models import Rule
from huiyin.web import looks


def _adopt(road: Road, light: str, **looks_like: str) -> None:
    """From today the office's scheme draws a light otherwise."""
    body = deepcopy(dict(shipped("lights").body))
    body["rows"] = [row | looks_like if row["light"] == light else row for row in body["rows"]]
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    perform(
        rules.amend,
        rule.pk,
        road.cast.actor("secadmin"),
        Ask(),
        body=body,
        source="本市督查办法",
        reason="照本市的叫法",
        effective_on=clock.today(),
    )


def _late(road: Road):
    with at_noon(clock.today(), later=-40):
        return road.under_way(due_on=clock.today() + timedelta(days=10))


def _page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(params=["register", "matter"])
def address(request, road):
    matter = _late(road)
    return "/matters/" if request.param == "register" else f"/matters/{matter.pk}/"


def test_the_shipped_scheme_is_drawn_as_the_stylesheet_has_it(address, signed_in):
    page = _page(signed_in("office"), address)
    assert "逾期 " in page
    assert 'id="i-overdue" viewBox="0 0 16 16" data-shape="diamond"' in page
    assert "--hy-lit" not in page


def test_another_scheme_changes_word_shape_and_colour(road, address, signed_in):
    _adopt(road, "overdue", word="超期", shape="square", colour="amber")
    page = _page(signed_in("office"), address)
    assert re.search(r"<use href=\"#i-overdue\"/></svg>超期 \d+ 天", page)
    assert 'id="i-overdue" viewBox="0 0 16 16" data-shape="square"' in page
    assert "--hy-overdue: var(--hy-lit-amber);" in page
    assert "--hy-near" not in page


def test_a_light_never_stands_without_its_word_and_shape(road, address, signed_in):
    _adopt(road, "overdue", shape="disc")
    marks = re.findall(
        r'<span class="st \w+">(.*?)</span>', _page(signed_in("office"), address), re.DOTALL
    )
    assert marks
    assert all('href="#i-' in mark and mark.split("</svg>")[1].strip() for mark in marks)


def test_the_scheme_costs_no_query(road, address, signed_in):
    client = signed_in("office")
    _page(client, address)
    with CaptureQueriesContext(connection) as before:
        _page(client, address)
    _adopt(road, "overdue", word="超期")
    _page(client, address)
    with CaptureQueriesContext(connection) as after:
        _page(client, address)
    assert len(after) == len(before)


def test_the_filter_of_the_register_says_the_same_word(road, signed_in):
    _late(road)
    _adopt(road, "overdue", word="超期")
    assert "超期" in _page(signed_in("office"), "/matters/?light=overdue")


def test_whoever_is_not_signed_in_sees_the_shipped_lights():
    assert looks.current() == looks.SHIPPED
    assert looks.colours() == ""


def test_the_shipped_looks_are_those_of_the_shipped_scheme():
    rows = {row["light"].replace("_", ""): row for row in shipped("lights").body["rows"]}
    assert {light: (look.shape, look.colour) for light, look in looks.SHIPPED.items()} == {
        light: (row["shape"], row["colour"]) for light, row in rows.items()
    }
