"""A matter under way goes on under its time limit: extended it says so, stopped it gets back the days it is counted in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.actions.doing import Step
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter, Milestone, Suspension, Variation
from huiyin.matters.queries.page import matter_page
from huiyin.matters.running import lawful_extension
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.trail import trail
from huiyin.matters.work import retime_all
from huiyin.rulebook import queries as rulebook

START = date(2026, 9, 14)
STOPPED, RUN = date(2026, 9, 28), date(2026, 10, 9)
"""Eleven days, of which four are worked: the 1st to the 7th of October are holidays."""
OPEN: dict[str, Any] = {"due_on": None, "quote": "", "supporting": []}


def planned(road: Road, **cells: object) -> Matter:
    with at_noon(START):
        return road.planned(**{**OPEN, **cells})


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def stopped_and_run(road: Road, matter: Matter, by: str = "office") -> Matter:
    with at_noon(STOPPED):
        until = RUN + timedelta(days=20)
        road.do(actions.suspend, matter, by, reason="征求第三方意见", until=until)
    with at_noon(RUN):
        road.do(actions.resume, matter, by)
    return fresh(matter)


def worked(matter: Matter, start: date, end: date) -> int:
    """Working days from a day on, that day among them, to another."""
    days = rulebook.calendar(matter.jurisdiction_id, on=START)
    return days.working_days_between(start - timedelta(days=1), end)


COUNTED_IN_WORKING_DAYS = [
    {"limit": "disclosure_answer"},
    {"source_kind": "disclosure"},
    {"source_kind": "hotline_complaint"},
    {"quote": "20个工作日内答复"},
]


@pytest.mark.parametrize("cells", COUNTED_IN_WORKING_DAYS)
def test_a_limit_in_working_days_gets_working_days_back(road, cells):
    matter = planned(road, **cells)
    due, late = matter.due_on, matter.late_on
    after = stopped_and_run(road, matter)
    assert worked(matter, RUN, after.due_on) == worked(matter, STOPPED, due)
    assert after.late_on - after.due_on == late - due
    stop = Suspension.objects.get()
    assert (stop.days, stop.unit) == (4, "working")


@pytest.mark.parametrize(
    "cells",
    [
        {"limit": "petition_finish"},
        {"limit": "suggestion_answer"},
        {"due_on": START + timedelta(days=40)},
        {"quote": "40天内答复"},
        {},
    ],
)
def test_any_other_gets_calendar_days_back(road, cells):
    matter = planned(road, **cells)
    after = stopped_and_run(road, matter)
    assert after.due_on - matter.due_on == RUN - STOPPED
    stop = Suspension.objects.get()
    assert (stop.days, stop.unit) == (11, "calendar")


def test_the_story_and_the_page_count_as_the_limit_does(road):
    matter = stopped_and_run(road, planned(road, limit="disclosure_answer"))
    story = trail(matter, today=RUN)
    assert "，中止 11 天（4 个工作日），时限顺延至" in story[0].rest
    page = matter_page(matter.pk, viewer=road.actor("office"), today=RUN)
    due = next(row for row in page.fixed if row.label == "时限")
    assert [change.now for change in due.changes] == ["顺延 4 个工作日"]


def test_a_step_before_the_due_day_stays_before_it(road):
    matter = planned(road, limit="disclosure_answer")
    steps = [Step(due_on=matter.due_on - timedelta(days=n), what=f"第{n}步") for n in (0, 5)]
    with at_noon(START):
        road.do(
            actions.set_plan, matter, "water", goal="答复", measures="征求意见", milestones=steps
        )
    after = stopped_and_run(road, matter)
    assert all(step.due_on <= after.due_on for step in Milestone.objects.all())
    assert Milestone.objects.last().due_on == after.due_on


def test_a_part_whose_day_was_set_by_hand_has_its_whole_s_days(road, whole, stations):
    with at_noon(START):
        matter = road.under_way(lead=whole.lead_unit_id, limit="disclosure_answer", **OPEN)
        rows = [PartRow(unit=stations[0].pk)]
        done = road.do(actions.break_down, matter, "schools", rows=rows)
    after = stopped_and_run(road, matter)
    assert fresh(Matter(pk=done.facts["parts"][0])).due_on == after.due_on


def test_no_day_given_back_is_taken_again_overnight(road):
    """The rhythm counts on from a day that moved as well; the morning's clock asks no sooner."""
    with at_noon(START):
        matter = road.under_way(due_on=START + timedelta(days=250), supporting=[])
        road.do(actions.report_progress, road.lead(matter), "water", text="已过半", percent=90)
    was = fresh(matter).next_report_on
    after = stopped_and_run(road, matter)
    assert after.next_report_on == was + (RUN - STOPPED)
    with at_noon(RUN, later=1):
        retime_all(0, road.cast.jurisdiction.pk)
    assert fresh(matter).next_report_on >= was + (RUN - STOPPED)


# Extended


def extended(road: Road, matter: Matter, until: date, by: str = "office") -> Matter:
    given = {"until": until, "reason": "案情复杂"}
    done = road.do(actions.ask_extension, matter, "water", **given)
    row = Variation.objects.get(pk=done.facts["variation"])
    road.do(actions.decide_variation, row, by, granted=True, decision="情况属实")
    return fresh(matter)


def test_an_extended_matter_says_under_which_rule_it_runs_and_who_extended_it(road, signed_in):
    matter = planned(road, limit="petition_finish")
    with at_noon(START, later=20):
        after = extended(road, matter, matter.due_on + timedelta(days=10))
        cell = after.filled["due"]
        assert (cell["limit"], cell["rule"], cell["unit"]) == (
            "petition_finish",
            "time_limits",
            "calendar",
        )
        assert "信访事项办结60天，规则“法定时限”第1版（信访工作条例第三十四条" in cell["why"]
        assert cell["why"].endswith("；周明同意由2026年11月13日延至2026年11月23日")
        page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
        assert "信访工作条例第三十四条" in page
        assert "周明同意由2026年11月13日延至2026年11月23日" in page
        told = trail(after, today=clock.today())[0]
        assert told.rest == "，由11月13日延至11月23日，仍按法定时限“信访事项办结”。"


def test_what_no_law_limits_keeps_its_reason_too(road):
    matter = planned(road)
    with at_noon(START, later=10):
        after = extended(road, matter, matter.due_on + timedelta(days=10))
        assert after.filled["due"]["why"].startswith("自行立项事项30天")
        assert "法定" not in trail(after, today=clock.today())[0].rest


def test_the_law_s_last_day_is_counted_from_the_limit_not_from_its_extension(road):
    matter = planned(road, limit="petition_finish")
    first = matter.due_on
    with at_noon(START, later=20):
        after = extended(road, matter, first + timedelta(days=10))
        said = lawful_extension(after, today=clock.today())
        assert said.startswith("法定时限最晚延到2026年12月13日（信访工作条例")
        after = extended(road, after, first + timedelta(days=30), "mayor")
        said = lawful_extension(after, today=clock.today())
        assert said.startswith("法定时限最晚延到2026年12月13日，已经用完")
        assert after.filled["due"]["why"].count("同意由") == 2


def test_a_clock_that_stood_moves_the_law_s_last_day_too(road):
    matter = planned(road, limit="petition_finish")
    with at_noon(START, later=10):
        extended(road, matter, matter.due_on + timedelta(days=10))
    after = stopped_and_run(road, matter)
    last = date(2026, 12, 13) + (RUN - STOPPED)
    said = lawful_extension(after, today=RUN)
    assert f"{last.year}年{last.month}月{last.day}日" in said


# Stopped on request


def test_a_suspension_granted_on_request_says_how_many_parts_stopped(road, whole, stations):
    rows = [PartRow(unit=unit.pk) for unit in stations]
    road.do(actions.break_down, whole, "schools", rows=rows)
    until = clock.today() + timedelta(days=10)
    done = road.do(actions.ask_suspension, fresh(whole), "schools", until=until, reason="等资金")
    row = Variation.objects.get(pk=done.facts["variation"])
    assert row.decider_post is not None
    by = row.decider_post.user.username
    done = road.do(actions.decide_variation, row, by, granted=True, decision="情况属实")
    assert done.facts["parts"] == 3
    told = next(
        line for line in trail(fresh(whole), today=clock.today()) if "同意中止" in line.lead
    )
    assert "，分解的 3 件一并中止" in told.rest
