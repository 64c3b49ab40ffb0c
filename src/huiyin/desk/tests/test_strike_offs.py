"""A rectification waits on the desk of whoever has the next step of its strike-off."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.matters.models import StrikeOff, UnitList
from huiyin.matters.tests.road import Road, at_noon
from huiyin.people.actions import appoint

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


def test_what_the_office_put_right_itself_waits_for_the_leader_at_every_step(cast, signed_in):
    road = Road(cast)
    matter = road.of_the_office()
    assert (_desk(signed_in, "mayor"), _desk(signed_in, "office")) == ([], [])
    road.do(actions.verify, matter, "mayor", finding="台账补齐了")
    assert (_desk(signed_in, "mayor"), _desk(signed_in, "office")) == (["去签字"], [])
    row = StrikeOff.objects.get()
    road.do(actions.sign_strike_off, row, "mayor")
    assert (_desk(signed_in, "mayor"), _desk(signed_in, "office")) == (["去公示"], [])
    assert "由您公示" in signed_in("mayor").get("/desk/").content.decode()
    road.do(actions.publish_strike_off, row, "mayor")
    row.refresh_from_db()
    with at_noon(row.published_until, later=1):
        assert (_desk(signed_in, "mayor"), _desk(signed_in, "office")) == (["去销号"], [])


def test_where_no_leader_may_publish_it_either_the_office_has_to_see_who_can(cast, signed_in):
    road = Road(cast)
    matter = road.of_the_office()
    road.do(actions.verify, matter, "mayor", finding="台账补齐了")
    road.do(actions.sign_strike_off, StrikeOff.objects.get(), "mayor")
    own = {"unit_id": cast.units["office"].pk, "role": "supervision_officer"}
    road.do(appoint, cast.users["mayor"], "secadmin", **own)
    assert "请先明确由谁公示、销号" in signed_in("office").get("/desk/").content.decode()
