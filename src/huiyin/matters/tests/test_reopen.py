"""重新启封 and 办结后新批示: what is closed goes on, and its end is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import SETTLED, at_noon
from huiyin.matters.trail import trail
from huiyin.matters.work import retime_all
from huiyin.people import actions as people
from huiyin.web.format import day

pytestmark = pytest.mark.django_db


def reopen(road, matter: Matter, by: str = "office", **more) -> Matter:
    road.do(actions.reopen, matter, by, reason="群众反映泵站又停了", **more)
    return Matter.objects.get(pk=matter.pk)


def test_the_end_is_kept_with_who_opened_it_again(road):
    matter = road.closed()
    opened = reopen(road, matter)
    end = opened.close_outs.get()
    assert (opened.state, opened.closed_on, opened.close_out) == ("under_way", None, None)
    assert (end.reopened_by_name, end.reopen_reason) == ("周明", "群众反映泵站又停了")
    assert end.answer == SETTLED["answer"]
    assert "重新启封" in trail(opened, today=clock.today())[0].lead


def test_a_date_still_ahead_holds_and_is_no_variation(road):
    matter = road.closed()
    opened = reopen(road, matter)
    assert opened.due_on == matter.due_on
    assert not opened.variations.exists()


def test_a_date_that_has_passed_is_set_by_rule_and_the_baseline_stays(road):
    matter = road.closed()
    with at_noon(matter.due_on, later=10):
        opened = reopen(road, matter)
        fact = opened.variations.get()
        assert opened.due_on > clock.today()
        assert (fact.due_was, fact.due_granted) == (matter.due_on, opened.due_on)
        assert opened.baseline.due_on == matter.due_on
        assert opened.late_on == opened.due_on + timedelta(days=1)


def test_it_ends_again_with_an_answer_of_its_own(road):
    opened = reopen(road, road.closed(supporting=[]))
    road.do(
        actions.submit_completion,
        road.lead(opened),
        "water",
        text="已换新泵",
        evidence=[road.evidence("water")],
    )
    road.do(actions.settle, opened, "office", **SETTLED)
    assert opened.close_outs.count() == 2
    assert Matter.objects.get(pk=opened.pk).close_out is not None


def test_a_leader_may_the_unit_may_not(road):
    matter = road.closed()
    with pytest.raises(Forbidden):
        reopen(road, matter, by="water")
    assert reopen(road, matter, by="vice").state == "under_way"


def test_a_lead_that_is_no_more_is_replaced(road):
    matter = road.closed()
    water, parks = road.cast.units["water"], road.cast.units["parks"]
    road.do(people.end_unit, water, "office", on=clock.today(), successor_id=None)
    with pytest.raises(Refusal) as refused:
        reopen(road, matter)
    assert refused.value.code == "new_lead_missing"
    opened = reopen(road, matter, new_lead=parks.pk)
    assert (opened.lead_unit, opened.state) == (parks, "dispatched")
    assert road.lead(opened).unit == parks


def test_what_is_not_closed_is_not_opened(road):
    with pytest.raises(Conflict):
        reopen(road, road.under_way())


def order(road, matter: Matter, **more):
    mayor = road.cast.users["mayor"].posts.get()
    given = {"leader_post": mayor.pk, "given_on": clock.today(), "words": "请把经验推开"}
    return road.do(actions.follow_on, matter, "office", **given | more)


def test_a_new_instruction_opens_the_next_matter(road):
    matter = road.closed()
    done = order(road, matter)
    following = Matter.objects.get(pk=done.facts["matter"])
    assert (following.follows, following.state) == (matter, "registered")
    assert (following.origin, following.quote) == ("instruction", "请把经验推开")
    assert (following.lead_unit, following.source_from) == (matter.lead_unit, "罗文山市长")
    assert "又作批示" in trail(Matter.objects.get(pk=matter.pk), today=clock.today())[0].lead


def test_its_words_and_day_are_needed(road):
    with pytest.raises(Refusal) as refused:
        order(road, road.closed(), words=" ", given_on=clock.today() + timedelta(days=1))
    assert set(refused.value.fields) == {"words", "given_on"}


LONG = {"due_on": clock.today() + timedelta(days=250)}


def test_the_next_report_is_asked_for_by_the_cycle_from_the_day_it_was_opened_again(road):
    matter = road.closed(**LONG)
    assert matter.next_report_on is None
    with at_noon(clock.today(), later=100):
        opened = reopen(road, matter)
        asked_on = opened.next_report_on
        assert asked_on is not None
        assert clock.today() < asked_on <= clock.today() + timedelta(days=31)
        assert (
            f"下次反馈 {day(asked_on, today=clock.today())}"
            in trail(opened, today=clock.today())[0].rest
        )
        retime_all(0, road.cast.jurisdiction.pk)
        assert Matter.objects.get(pk=matter.pk).next_report_on == asked_on


def test_what_was_well_before_it_was_closed_is_not_asked_less(road):
    """The last report was its completion; a light that is green again on paper doubles no gap."""
    with at_noon(clock.today(), later=-1):
        matter = road.closed(**LONG)
    opened = reopen(road, matter)
    assert opened.rhythm == "monthly"
    assert 28 <= (opened.next_report_on - clock.today()).days <= 40


def test_a_short_rest_is_reported_once_when_it_is_done(road):
    matter = road.closed(**LONG)
    with at_noon(matter.due_on, later=5):
        opened = reopen(road, matter, due_on=clock.today() + timedelta(days=10))
        assert (opened.rhythm, opened.next_report_on) == ("once", None)


@pytest.mark.parametrize("given", [{}, {"due_on": clock.today() + timedelta(days=400)}])
def test_the_cell_of_the_new_day_says_where_it_comes_from(road, given):
    matter = road.closed(due_on=None, quote="", source_kind="petition")
    with at_noon(matter.due_on, later=10):
        cell = reopen(road, matter, **given).filled["due"]
        if given:
            assert (cell["from"], cell["why"], "limit" in cell) == ("hand", "周明 填", False)
        else:
            assert (cell["limit"], cell["start"]) == ("petition_finish", clock.today().isoformat())
