"""见效: what was closed is looked at again some months later, by somebody outside the unit."""

from __future__ import annotations

import pytest

from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road, at_noon
from huiyin.rulebook.rules import add_months


@pytest.fixture
def closed(road: Road) -> Matter:
    return road.closed()


def look(road: Road, matter: Matter, by: str = "office", **given):
    with at_noon(matter.effect_on):
        asked = {"outcome": "lasting", "finding": "泵站运行如常"} | given
        return road.do(actions.check_effect, matter, by, **asked)


def test_closing_sets_the_day_of_the_look_back(closed):
    assert closed.effect_on == add_months(closed.closed_on, 6)


def test_what_lasts_is_not_looked_at_again(road, closed):
    look(road, closed)
    assert Matter.objects.get(pk=closed.pk).effect_on is None
    with pytest.raises(Conflict, match="已经看过"):
        look(road, closed)


def test_what_works_partly_is_looked_at_once_more(road, closed):
    look(road, closed, outcome="partly")
    again = Matter.objects.get(pk=closed.pk).effect_on
    assert again == add_months(closed.effect_on, 6)


def test_the_unit_does_not_look_at_its_own_work(road, closed):
    with pytest.raises(Forbidden):
        look(road, closed, by="water")


def test_it_wants_words_and_an_outcome(road, closed):
    with pytest.raises(Refusal):
        look(road, closed, finding=" ")
    with pytest.raises(Refusal):
        look(road, closed, outcome="splendid")


def test_the_page_offers_it_and_tells_of_it(road, closed, signed_in):
    assert "回头看见效" in signed_in("office").get(f"/matters/{closed.pk}/").content.decode()
    look(road, closed, outcome="none", finding="两台泵停了一台")
    page = signed_in("office").get(f"/matters/{closed.pk}/").content.decode()
    assert "没有见效" in page
    assert "两台泵停了一台" in page
