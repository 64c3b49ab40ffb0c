"""The same cells of many matters are filled in one act, whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from huiyin.errors import Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import at_noon


def _fill(road, by, *matters, **cells):
    return road.do(
        actions.fill_many, road.cast.jurisdiction, by, matters=[m.pk for m in matters], **cells
    )


def test_every_matter_has_its_own_event_under_one_request(road):
    one, two = road.registered(), road.registered()
    _fill(road, "office", one, two, check_method="phone")
    told = Event.objects.filter(action__in=("matter.fill", "matter.fill_many")).order_by("position")
    assert [event.action for event in told] == ["matter.fill", "matter.fill", "matter.fill_many"]
    assert len({event.request.split("/")[0] for event in told}) == 1


@pytest.mark.parametrize("who", ["water", "mayor", "vice", "auditor", "outsider"])
def test_only_the_office_may(road, who):
    matter = road.registered()
    with pytest.raises(Refusal):
        _fill(road, who, matter, check_method="phone")


def test_when_one_has_left_the_table_none_is_filled(road):
    open_one, gone = road.registered(), road.registered()
    road.proposed(gone)
    with pytest.raises(Refusal):
        _fill(road, "office", open_one, gone, check_method="phone")
    assert Matter.objects.get(pk=open_one.pk).check_method == open_one.check_method


def test_nothing_chosen_is_refused(road):
    with pytest.raises(Refusal) as refused:
        _fill(road, "office", check_method="phone")
    assert refused.value.code == "nothing_to_fill"


def test_defaults_return_with_their_rule(road):
    matter = road.registered(acceptance="手填")
    _fill(road, "office", matter, restore=["acceptance"])
    assert Matter.objects.get(pk=matter.pk).filled["acceptance"]["from"] == "rule"


MONDAY = date(2026, 11, 23)
EARLIER = date(2026, 11, 10)


@pytest.fixture
def rows(road):
    """A matter typed by hand, one by the clock of its kind, one by its words, a standing one."""
    open_cells = {"due_on": None, "quote": ""}
    with at_noon(MONDAY):
        yield {
            "hand": road.registered(),
            "petition": road.registered(**open_cells, source_kind="petition"),
            "own": road.registered(**open_cells),
            "standing": road.registered(**open_cells, nature="standing"),
        }


def due(matter: Matter) -> date | None:
    return Matter.objects.get(pk=matter.pk).due_on


def test_a_limit_is_counted_from_the_day_given_for_all_alike(road, rows):
    given = {"limit": "petition_finish", "counted_from": EARLIER}
    _fill(road, "office", *rows.values(), **given)
    by_row = road.registered(due_on=None, quote="")
    road.do(actions.fill, by_row, "office", **given)
    assert {due(matter) for name, matter in rows.items() if name != "standing"} == {due(by_row)}
    assert due(rows["standing"]) is None
    cell = Matter.objects.get(pk=rows["own"].pk).filled["due"]
    assert (cell["start"], cell["limit"]) == ("2026-11-10", "petition_finish")
    assert cell["why"].startswith("自2026年11月10日起，信访事项办结60天")


def test_left_open_it_is_counted_from_the_day_the_row_s_own_limit_would_be(road, rows):
    _fill(road, "office", rows["own"], limit="petition_finish")
    road.do(actions.fill, rows["hand"], "office", limit="petition_finish")
    assert due(rows["own"]) == due(rows["hand"])


def test_a_first_day_alone_moves_each_by_its_own_rule_and_leaves_what_was_typed(road, rows):
    typed = due(rows["hand"])
    done = _fill(road, "office", *rows.values(), counted_from=EARLIER)
    assert due(rows["petition"]) == date(2027, 1, 11)
    assert due(rows["own"]) == date(2026, 12, 10)
    assert due(rows["hand"]) == typed
    assert done.facts["count"] == 3
    with pytest.raises(Refusal) as refused:
        _fill(road, "office", rows["hand"], counted_from=EARLIER)
    assert list(refused.value.fields) == ["counted_from"]


def test_a_chosen_limit_stays_when_only_the_first_day_is_given(road, rows):
    _fill(road, "office", rows["own"], limit="suggestion_answer")
    _fill(road, "office", rows["own"], counted_from=EARLIER)
    assert due(rows["own"]) == date(2027, 2, 10)


def test_it_does_not_begin_tomorrow(road, rows):
    with pytest.raises(Refusal) as refused:
        _fill(road, "office", rows["own"], counted_from=MONDAY + timedelta(days=1))
    assert (refused.value.code, list(refused.value.fields)) == ("start_is_ahead", ["counted_from"])


def test_the_bar_of_the_table_asks_for_it_beside_the_limit(road, rows, signed_in):
    client = signed_in("office")
    page = client.get("/dispatch/").content.decode()
    bar = page[page.index('id="batch"') :]
    assert bar.index('name="limit"') < bar.index('name="counted_from"') < bar.index('name="lead"')
    sent = {
        "do": "due",
        "pick": [rows["own"].pk],
        "limit": "petition_finish",
        "counted_from": EARLIER.isoformat(),
    }
    answer = client.post("/dispatch/batch/", {"request_key": uuid4().hex, **sent})
    assert answer.status_code == 302
    assert due(rows["own"]) == date(2027, 1, 11)
    ahead = sent | {"counted_from": "2026-11-24"}
    answer = client.post("/dispatch/batch/", {"request_key": uuid4().hex, **ahead})
    assert answer.status_code == 422
    assert "起算日在今天之后" in answer.content.decode()
