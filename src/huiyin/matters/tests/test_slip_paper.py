"""The paper of a slip says what had been reported on its day, and what a check found instead."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import Matter, Slip
from huiyin.matters.tests.road import Road, at_noon
from huiyin.web.format import full_day

GIVEN = {"reason": "逾期未办结", "asked": "查明原因，写明补救措施和完成时间"}


def issued(road: Road, matter: Matter) -> Slip:
    done = road.do(actions.issue_slip, matter, "office", **GIVEN)
    return Slip.objects.get(pk=done.facts["slip"])


def row_of(client, slip: Slip, name: str) -> str:
    page = client.get(f"/slips/{slip.pk}/print/").content.decode()
    found = re.search(rf"<th>{name}</th><td>(.*?)</td>", page)
    return found[1] if found else ""


@pytest.fixture
def refuted(road: Road) -> Matter:
    """Claimed done, 83 of 83; a check found 60 % and 50."""
    matter = road.planned(quantity=Decimal(83), quantity_unit="所", supporting=[])
    road.do(
        actions.submit_completion,
        road.lead(matter),
        "water",
        text="全部办完",
        amount=Decimal(83),
        evidence=[road.evidence("water")],
    )
    given = {"finding": "还差一段", "outcome": "refuted"}
    found = {"verified_percent": 60, "verified_amount": Decimal(50)}
    road.do(actions.verify, matter, "office", **given, **found)
    return Matter.objects.get(pk=matter.pk)


def test_what_was_claimed_stands_beside_what_was_found(road, refuted, signed_in):
    slip, today = issued(road, refuted), full_day(clock.today())
    said = row_of(signed_in("water"), slip, "已报进度")
    assert said == f"100%（{today}报送），核查认定 60%"
    assert row_of(signed_in("water"), slip, "数量") == "报送 83/83 所，核实 50 所"


def test_a_claim_of_which_nothing_was_found_says_so(road, signed_in):
    matter = road.submitted(supporting=[])
    road.do(actions.verify, matter, "office", finding="没有办完", outcome="refuted")
    said = row_of(signed_in("water"), issued(road, matter), "已报进度")
    assert said.endswith("报送），核查没有认定")


def test_what_was_not_checked_stands_alone(road, signed_in):
    matter = road.planned(supporting=[])
    road.do(actions.report_progress, road.lead(matter), "water", text="已过半", percent=55)
    told = full_day(clock.today())
    with at_noon(matter.due_on, later=2):
        slip = issued(road, matter)
        assert row_of(signed_in("vice"), slip, "已报进度") == f"55%（{told}报送）"


def test_later_reports_do_not_change_the_paper(road, refuted, signed_in):
    slip = issued(road, refuted)
    before = row_of(signed_in("water"), slip, "已报进度")
    with at_noon(clock.today(), later=2):
        road.do(actions.report_progress, road.lead(refuted), "water", text="又办了些", percent=80)
        assert row_of(signed_in("water"), slip, "已报进度") == before


def test_a_preview_says_what_is_known_by_now(road, signed_in):
    matter = road.planned(supporting=[])
    with at_noon(matter.due_on, later=2):
        slip = issued(road, matter)
        assert slip.state == "waiting"
        assert row_of(signed_in("vice"), slip, "已报进度") == ""
        road.do(actions.report_progress, road.lead(matter), "water", text="已过半", percent=55)
        assert row_of(signed_in("vice"), slip, "已报进度").startswith("55%（")


def test_what_was_said_before_it_was_opened_again_is_not_said_of_it_now(road, signed_in):
    with at_noon(clock.today(), later=-60):
        matter = road.closed(supporting=[], due_on=clock.today() + timedelta(days=40))
    with at_noon(clock.today(), later=-30):
        road.do(actions.reopen, matter, "office", reason="又停了")
    slip = issued(road, Matter.objects.get(pk=matter.pk))
    assert row_of(signed_in("office"), slip, "已报进度") == ""
