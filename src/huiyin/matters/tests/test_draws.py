"""抽查: drawn by a seed nobody chose, checked by somebody outside, repeatable by everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import ChainHead
from huiyin.matters import actions
from huiyin.matters.models import Draw, DrawnCheck, Matter
from huiyin.matters.rules.draws import drawn, seed_of
from huiyin.matters.tests.road import Road

IDS = st.lists(st.integers(1, 10**9), unique=True, max_size=40)


@given(IDS, st.integers(0, 50), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_draw_takes_so_many_of_the_population_and_no_other(ids, size, seed):
    found = drawn(ids, size, seed)
    assert len(found) == min(size, len(ids))
    assert set(found) <= set(ids)


@given(IDS, st.text("0123456789abcdef", min_size=64, max_size=64), st.randoms())
def test_everybody_draws_the_same_from_the_same_seed(ids, seed, chance):
    mixed = list(ids)
    chance.shuffle(mixed)
    assert drawn(ids, 5, seed) == drawn(mixed, 5, seed)


@pytest.fixture
def three(road: Road) -> list[Matter]:
    return [road.planned() for _n in range(3)]


def make(road: Road, by: str = "office", **given) -> Draw:
    done = road.do(actions.make_draw, road.cast.jurisdiction, by, **given)
    return Draw.objects.get(pk=done.facts["draw"])


def test_the_seed_comes_from_the_ledger_and_is_kept(road, three):
    head = ChainHead.objects.get(jurisdiction_id=road.cast.jurisdiction.pk).hash
    draw = make(road, size=2)
    moment = draw.drawn_at.isoformat()
    assert draw.seed == seed_of(head, scope="under_way", moment=moment)
    assert draw.population == sorted(m.pk for m in three)
    chosen = list(draw.checks.order_by("place").values_list("matter_id", flat=True))
    assert chosen == drawn(draw.population, 2, draw.seed)


def test_by_rule_a_tenth_is_drawn_but_at_least_three(road, three):
    assert make(road).size == 3


def test_what_waits_for_its_check_is_not_drawn_again(road, three):
    make(road, size=3)
    with pytest.raises(Refusal, match="没有可抽"):
        make(road)


def test_what_was_checked_lately_is_not_drawn(road, three):
    road.do(actions.check, three[0], "office", finding="看过了")
    assert three[0].pk not in make(road, size=3).population


def test_only_the_office_draws(road, three):
    for who in ("water", "mayor", "outsider"):
        with pytest.raises(Forbidden):
            make(road, by=who)


def test_what_was_found_stands_beside_what_was_claimed(road, three):
    road.do(actions.report_progress, road.lead(three[0]), "water", text="八成了", percent=80)
    check = next(c for c in make(road, size=3).checks.all() if c.matter_id == three[0].pk)
    given = {"finding": "只到了一半", "outcome": "refuted", "verified_percent": 50}
    road.do(actions.record_drawn_check, check, "office", **given)
    check.refresh_from_db()
    assert check.state == "done"
    assert (check.verification.claimed_percent, check.verification.verified_percent) == (80, 50)
    assert Matter.objects.get(pk=three[0].pk).verified_percent == 50
    with pytest.raises(Conflict):
        road.do(actions.record_drawn_check, check, "office", **given)


def test_the_unit_does_not_check_itself(road, three):
    check = make(road, size=1).checks.get()
    with pytest.raises(Forbidden):
        road.do(actions.record_drawn_check, check, "water", finding="好得很")


def test_a_check_dropped_says_why(road, three):
    check = make(road, size=1).checks.get()
    with pytest.raises(Refusal):
        road.do(actions.drop_drawn_check, check, "office", reason="")
    road.do(actions.drop_drawn_check, check, "office", reason="已列入专项督查")
    assert DrawnCheck.objects.get(pk=check.pk).state == "dropped"


def test_the_page_shows_how_it_was_drawn(road, three, signed_in):
    client = signed_in("office")
    sent = client.post(
        "/verification/draw/",
        {"scope": "under_way", "size": "2", "method": "on_site", "request_key": "d1"},
    )
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert Draw.objects.get().seed in page
    listing = client.get("/verification/").content.decode()
    assert "抽中待查" in listing


def test_what_is_the_office_s_own_to_do_a_leader_drops(road):
    """The office stands back from the check of its own matter, and from saying that none is made."""
    road.of_the_office()
    make(road, size=1)
    check = DrawnCheck.objects.get()
    with pytest.raises(Conflict, match="由单位以外的人"):
        road.do(actions.drop_drawn_check, check, "office", reason="不查了")
    road.do(actions.drop_drawn_check, check, "mayor", reason="已经办完，一并核查")
