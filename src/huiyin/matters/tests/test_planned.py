"""The plan of a page is the line the light follows: through the steps of the plan, where they count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.actions.doing import Step
from huiyin.matters.models import Matter
from huiyin.matters.queries import Wanted, know_plans, light_of, plan_share, register
from huiyin.matters.queries.page import matter_page
from huiyin.matters.queries.planned import with_steps
from huiyin.matters.tests.road import Road, at_noon
from huiyin.web import looks


def _with_steps_of_plan(road: Road) -> Matter:
    """Dispatched 40 days ago, due in 60; steps after 50, 60 and 80 days."""
    today = clock.today()
    with at_noon(today, later=-40):
        matter = road.under_way(due_on=today + timedelta(days=60))
        road.do(
            actions.set_plan,
            matter,
            "water",
            goal="按期完工",
            measures="分三步办",
            milestones=[Step(due_on=today + timedelta(days=n), what="一步") for n in (10, 20, 40)],
        )
    return Matter.objects.get(pk=matter.pk)


def test_the_register_marks_the_plan_through_its_steps(road, office):
    _with_steps_of_plan(road)
    today = clock.today()
    found = register(viewer=office, wanted=Wanted(), today=today)
    assert found.groups[0].rows[0].plan == pytest.approx(0.2)  # 40 of 50 days of the first quarter


@pytest.mark.parametrize("later", [0, 9, 10, 11, 20, 30, 40, 59, 60, 90])
def test_a_row_of_a_list_knows_what_the_whole_plan_says(road, office, later):
    matter = _with_steps_of_plan(road)
    today = clock.today() + timedelta(days=later)
    [row] = with_steps(Matter.objects.filter(pk=matter.pk), viewer=office, today=today)
    assert plan_share(row, today) == pytest.approx(plan_share(matter, today))


def test_the_plot_bends_at_each_step(road, office):
    matter = _with_steps_of_plan(road)
    drawn = matter_page(matter.pk, viewer=office, today=clock.today()).plot
    assert drawn is not None
    assert len(drawn.plan.split()) == 5


def test_the_points_behind_are_those_of_the_bent_line(road, office):
    matter = _with_steps_of_plan(road)
    today = clock.today()
    told = matter_page(matter.pk, viewer=office, today=today).shown
    [row] = register(viewer=office, wanted=Wanted(), today=today).groups[0].rows
    assert (told.word, told.why) == (row.shown.word, row.shown.why)


def test_the_plans_of_several_matters_cost_one_query(road, office):
    for _n in range(3):
        _with_steps_of_plan(road)
    today, rows = clock.today(), list(Matter.objects.all())
    with looks.seen_by(office):
        with CaptureQueriesContext(connection) as asked:
            know_plans(rows, today)
            told = {light_of(row, today).word for row in rows}
        assert len(asked) == 1
        assert told == {light_of(Matter.objects.get(pk=rows[0].pk), today).word}


def test_without_steps_the_plan_is_straight(road):
    today = clock.today()
    with at_noon(today, later=-10):
        matter = road.dispatched(due_on=today + timedelta(days=10))
    assert plan_share(matter, today) == pytest.approx(0.5)
    assert plan_share(matter, date(2999, 1, 1)) == 1.0


def test_the_register_asks_nothing_more_for_it(road, office):
    today = clock.today()
    register(viewer=office, wanted=Wanted(), today=today)
    _with_steps_of_plan(road)
    with CaptureQueriesContext(connection) as asked:
        register(viewer=office, wanted=Wanted(), today=today)
    assert len(asked) <= 3
