"""A slip is told to whoever signs it and to the unit it goes to; to them it counts as an urging."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger import followers
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter, Slip
from huiyin.matters.tests.road import Road, at_noon
from huiyin.notices.actions import remind
from huiyin.notices.queries.inbox import inbox
from huiyin.notices.queries.planning import plan_for
from huiyin.notices.tests.conftest import at_eight

GIVEN = {"reason": "逾期未办结", "asked": "写明补救措施"}


@pytest.fixture
def late(road: Road) -> Matter:
    return road.under_way(supporting=[])


def lines(cast, who, matter) -> list[str]:
    followers.catch_up()
    box = inbox(cast.actor(who), today=clock.today())
    found = [item for item in box.today if item.message.matter_id == matter.pk]
    return [line.what for item in found for line in item.lines]


def test_the_signer_is_told_then_the_unit_and_its_head(road, cast, late):
    with at_noon(late.due_on, later=2):
        road.do(matters.issue_slip, late, "office", **GIVEN)
        assert lines(cast, "vice", late) == ["市政府督查室周明拟发督办单，等您签发"]
        assert lines(cast, "water", late) == []
        road.do(matters.sign_slip, Slip.objects.get(), "vice")
        said = [f"沈岚副市长发来督办单（{Slip.objects.get().paper_number}），等签收、回应"]
        assert lines(cast, "water", late) == said
        assert lines(cast, "water_head", late) == said


def test_what_is_not_signed_is_told_to_the_office(road, cast, late):
    with at_noon(late.due_on, later=2):
        road.do(matters.issue_slip, late, "office", **GIVEN)
        road.do(matters.return_slip, Slip.objects.get(), "vice", reason="已当面说过")
        assert lines(cast, "office", late)[0] == "沈岚副市长没有签发督办单，已退回"


def test_within_the_cool_down_of_a_slip_nobody_it_reached_is_urged(road, cast):
    with at_eight(date(2026, 11, 9)):
        matter = road.under_way(due_on=date(2026, 11, 23), supporting=[])
    tuesday = date(2026, 11, 24)
    with at_eight(date(2026, 11, 23)):
        assert told_on(cast, tuesday) == {"江涛", "秦川"}
        road.do(matters.issue_slip, matter, "office_head", **GIVEN)
        assert Slip.objects.get().state == "issued"
        assert told_on(cast, tuesday) == set()
        held = plan_for(cast.jurisdiction.pk, on=tuesday).plan.held
        assert {row.who.name for row in held} == {"江涛", "秦川"}
        with pytest.raises(Refusal) as refused:
            road.do(remind, matter, "office")
    assert refused.value.code == "cooling_down"
    assert "督办单（云督单" in str(refused.value.sentence)


def told_on(cast, day: date) -> set[str]:
    plan = plan_for(cast.jurisdiction.pk, on=day).plan
    return {person.name for sending in plan.sendings for person in sending.to}
