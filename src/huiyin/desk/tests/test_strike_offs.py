"""A rectification waits on the desk of whoever has the next step of its strike-off."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.matters.models import StrikeOff, UnitList
from huiyin.matters.tests.road import Road, at_noon

DONE = ("去签字", "去公示", "去销号")


@pytest.fixture
def row(cast) -> StrikeOff:
    """Checked and found as reported."""
    road = Road(cast)
    matter = road.submitted(nature="problem")
    road.do(actions.verify, matter, "office", finding="防护栏已装好")
    return StrikeOff.objects.get()


def _desk(signed_in, key):
    page = signed_in(key).get("/desk/").content.decode()
    return [words for words in DONE if words in page]


def test_each_step_stands_on_the_desk_of_who_takes_it(row, cast, signed_in):
    road = Road(cast)
    assert (_desk(signed_in, "vice"), _desk(signed_in, "office")) == (["去签字"], [])
    assert _desk(signed_in, "mayor") == _desk(signed_in, "water") == []
    road.do(actions.sign_strike_off, row, "vice")
    assert (_desk(signed_in, "vice"), _desk(signed_in, "office")) == ([], ["去公示"])
    road.do(actions.publish_strike_off, row, "office")
    assert _desk(signed_in, "office") == []
    row.refresh_from_db()
    with at_noon(row.published_until, later=1):
        assert _desk(signed_in, "office") == ["去销号"]


def test_without_a_leader_in_charge_it_waits_for_the_principal_leader(cast, signed_in):
    road = Road(cast)
    matter = road.dispatched(lead=cast.units["parks"].pk, supporting=[], nature="problem")
    road.do(actions.sign_list, UnitList.objects.get(), "outsider")
    road.do(actions.set_plan, matter, "outsider", goal="装好防护栏", measures="分段安装")
    done = {"text": "防护栏已装好", "evidence": [road.evidence("outsider")]}
    road.do(actions.submit_completion, road.lead(matter), "outsider", **done)
    road.do(actions.verify, matter, "office", finding="防护栏已装好")
    assert _desk(signed_in, "mayor") == ["去签字"]


def test_a_unit_finds_the_publications_from_its_register(cast, signed_in):
    assert "整改公示" in signed_in("outsider").get("/matters/").content.decode()
