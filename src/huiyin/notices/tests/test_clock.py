"""The clock sends what is due, once; to those who hold the posts then; exactly what the preview said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.ledger import daily, work
from huiyin.ledger.models import Event, WantedWork
from huiyin.ledger.verify import verify
from huiyin.matters import actions as matters
from huiyin.matters.queries.page import matter_page
from huiyin.notices import work as clockwork
from huiyin.notices.actions import remind
from huiyin.notices.models import Message, Reminder
from huiyin.notices.queries.planning import next_run, plan_for
from huiyin.notices.tests.conftest import at_eight
from huiyin.people import actions as people
from huiyin.people.models import Post

MONDAY = date(2026, 11, 23)
"""The first day; matters are dispatched two weeks before."""
START = date(2026, 11, 9)


@pytest.fixture
def due(road):
    """A matter under way since two weeks, due on a day."""

    def make(day=MONDAY, **cells):
        with at_eight(START):
            return road.under_way(due_on=day, **({"supporting": []} | cells))

    return make


def sent(reminders):
    return [(r.days, r.rung, [p["name"] for p in r.recipients]) for r in reminders]


def test_it_climbs_the_ladder_day_by_day(due, morning):
    due()
    days = [MONDAY + timedelta(days=n) for n in range(-7, 16)]
    climbed = [(day.day, sent(found)) for day in days if (found := morning(day))]
    assert climbed == [
        (16, [(-7, "liaison", ["秦川"])]),
        (23, [(0, "liaison", ["秦川"])]),
        (24, [(1, "head", ["江涛"])]),
        (30, [(5, "head", ["江涛"]), (5, "leader", ["沈岚"])]),
        (7, [(10, "principal", ["罗文山"])]),
    ]


def test_a_supporting_unit_is_urged_on_its_own_part(due, morning, cast):
    matter = due(date(2026, 12, 21), supporting=[cast.units["schools"].pk])
    part = matter.assignments.get(unit=cast.units["schools"])
    day = next_run(cast.jurisdiction.pk, after=part.due_on)
    found = [r for r in morning(day) if r.unit == part.unit]
    assert [(r.clock, *step) for r, step in zip(found, sent(found), strict=True)] == [
        ("report", 1, "liaison", ["林晓"])
    ]


def test_one_event_a_step_and_none_when_it_runs_again(due, morning, cast):
    matter = due()
    morning(MONDAY)
    assert len(morning(MONDAY)) == 1
    events = Event.objects.filter(action="matter.urge", trail_id=matter.pk)
    assert [event.actor_name for event in events] == ["clock"]
    assert Message.objects.count() == 1


def test_a_worker_killed_in_between_sends_the_rest_and_nothing_twice(due, cast, monkeypatch):
    for n in range(4):
        due(title=f"事项{n}")
    calls = []

    def dies(*args, **given):
        calls.append(args)
        if len(calls) == 3:
            raise SystemExit
        return perform(*args, **given)

    office = cast.jurisdiction.pk
    with at_eight(MONDAY):
        whole = plan_for(office, on=MONDAY).plan.sendings
        work.want(clockwork.KIND, office, office)
        monkeypatch.setattr(clockwork, "perform", dies)
        with pytest.raises(SystemExit):
            work.do_next()
        assert Reminder.objects.count() == 2
        monkeypatch.setattr(clockwork, "perform", perform)
        WantedWork.objects.update(taken_by=f"{work._machine()}:{2**22 + 1}")
        assert work.release_dead() == 1
        work.do_all()
    assert Reminder.objects.count() == len(whole) == 4


def test_who_has_left_is_not_told_and_the_successor_is(due, morning, cast):
    due()
    post = Post.objects.get(user=cast.users["water"])
    with at_eight(START + timedelta(days=3)):
        ends = START + timedelta(days=4)
        perform(people.end_post, post.pk, cast.actor("secadmin"), Ask(), on=ends)
    assert sent(morning(MONDAY)) == [(0, "liaison", ["江涛"])]


def test_an_account_that_is_closed_gets_nothing(due, morning, cast):
    due()
    with at_eight(START):
        perform(people.deactivate, cast.users["water"].pk, cast.actor("sysadmin"), Ask())
    assert sent(morning(MONDAY)) == [(0, "liaison", ["江涛"])]


def test_a_lent_post_reaches_holder_and_deputy_and_both_names_stand(due, morning, cast):
    due()
    post = Post.objects.get(user=cast.users["water"])
    with at_eight(START):
        perform(
            people.set_delegation,
            post.pk,
            cast.actor("office"),
            Ask(),
            to_id=cast.users["outsider"].pk,
            started_on=START,
            ended_on=MONDAY + timedelta(days=9),
            reason="外出学习",
        )
    found = morning(MONDAY)
    assert sent(found) == [(0, "liaison", ["秦川", "石磊"])]
    assert found[0].recipients[1]["behalf"] == "秦川"


def test_what_ended_before_morning_is_not_sent(due, morning, road):
    matter = due()
    assert plan_for(road.cast.jurisdiction.pk, on=MONDAY).plan.sendings
    with at_eight(MONDAY - timedelta(days=1)):
        road.do(matters.withdraw, matter, "office", reason="不办了")
    assert morning(MONDAY) == []


def test_a_report_stops_the_clock_of_the_report(road, morning):
    with at_eight(date(2026, 9, 1)):
        matter = road.under_way(nature="standing", due_on=None, interval="monthly")
    with at_eight(date(2026, 9, 30)):
        road.do(matters.report_progress, road.lead(matter), "water", text="巡查两次")
    assert [r for r in morning(date(2026, 10, 9)) if r.clock == "report"] == []


def test_a_late_report_and_a_late_check_are_urged(road, morning):
    with at_eight(date(2026, 9, 1)):
        road.under_way(nature="standing", due_on=None, interval="monthly")
    days = (date(2026, 9, 30), date(2026, 10, 9))
    found = [(r.clock, r.rung, r.days) for day in days for r in morning(day)]
    assert found == [("check", "office", 0), ("report", "liaison", 1)]


def test_an_unsigned_list_is_urged_once_for_all_its_matters(road, morning, cast):
    with at_eight(date(2026, 11, 19)):
        first, second = road.registered(title="一"), road.registered(title="二")
        road.issued(first, second)
    found = morning(date(2026, 11, 20))
    assert sorted((r.unit.code, r.rung, r.unit_list_id is not None) for r in found) == [
        ("schools", "liaison", True),
        ("water", "liaison", True),
    ]
    assert (
        Event.objects.filter(action="unit_list.urge", trail_kind="supervisionnotice").count() == 2
    )


def test_urged_by_hand_yesterday_the_clock_holds_back_today(due, morning, road, cast):
    matter = due()
    with at_eight(MONDAY - timedelta(days=1)):
        road.do(remind, matter, "office")
        held = plan_for(cast.jurisdiction.pk, on=MONDAY).plan.held
    assert [(row.who.name, row.until) for row in held] == [("秦川", MONDAY + timedelta(days=2))]
    assert morning(MONDAY) == []


def test_what_goes_well_is_not_urged_before_it_is_due(due, morning, road):
    matter = due(date(2026, 11, 30))
    with at_eight(date(2026, 11, 20)):
        road.do(matters.report_progress, road.lead(matter), "water", text="快了", percent=90)
    assert morning(MONDAY) == []


def test_an_extension_starts_the_ladder_anew(due, morning, road, cast):
    matter = due()
    morning(MONDAY)
    later = MONDAY + timedelta(days=30)
    marks = {
        (c.base_on, c.unit)
        for s in plan_for(cast.jurisdiction.pk, on=later).plan.sendings
        for c in [s.clock]
        if s.case.pk == matter.pk
    }
    assert marks <= {(MONDAY, cast.units["water"].pk)}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lags=st.lists(st.integers(-8, 16), min_size=1, max_size=4),
    urgent=st.booleans(),
    before=st.integers(0, 4),
)
def test_the_preview_is_what_is_sent(due, morning, cast, lags, urgent, before):
    day = MONDAY + timedelta(days=1)
    office = cast.jurisdiction.pk
    for lag in lags:
        due(day - timedelta(days=lag), urgency="urgent" if urgent else "normal")
    morning(day - timedelta(days=before))
    with at_eight(day - timedelta(days=1)):
        planned = plan_for(office, on=next_run(office, after=clock.today())).plan
    expected = {
        (s.case.pk, s.clock.kind, s.step.days, s.step.to, tuple(p.user for p in s.to))
        for s in planned.sendings
    }
    known = set(Reminder.objects.values_list("pk", flat=True))
    got = {
        (
            r.matter_id or r.unit_list_id,
            r.clock,
            r.days,
            r.rung,
            tuple(p["user"] for p in r.recipients),
        )
        for r in morning(day)
        if r.pk not in known
    }
    assert got == (expected if before else set())


def test_the_day_is_wanted_once_and_only_from_its_hour(cast, monkeypatch):
    office = cast.jurisdiction.pk
    monkeypatch.setattr(daily, "_looked", {})
    monkeypatch.setattr(clock, "is_shifted", lambda: False)
    rows = WantedWork.objects.filter(kind=clockwork.KIND)
    with clock.at(clock.now().replace(hour=16)):  # midnight in the office's zone
        daily.want_due()
        assert not rows.exists()
    daily._looked.clear()
    with at_eight(MONDAY):
        daily.want_due()
        assert rows.get().subject_id == office
        daily._looked.clear()
        rows.update(state="done")
        daily.want_due()
        assert rows.get().state == "done"


def test_many_matters_cost_the_same_few_queries(due, cast):
    due()
    office = cast.jurisdiction.pk

    def count():
        with at_eight(MONDAY), CaptureQueriesContext(connection) as caught:
            plan_for(office, on=MONDAY)
        return len(caught)

    few = count()
    for n in range(6):
        due(title=f"又一件{n}")
    assert count() <= few <= 16


def test_the_ledger_holds_every_urging_and_its_rows_agree(due, morning, road):
    matter = due()
    with at_eight(START):
        road.do(remind, matter, "office", words="请报进度", channel="phone")
    morning(MONDAY)
    morning(MONDAY + timedelta(days=1))
    report = verify()
    assert report.whole, report.faults


def test_the_story_of_the_matter_tells_who_was_urged_by_which_step(due, morning, office):
    matter = due()
    morning(MONDAY)
    with at_eight(MONDAY):
        page = matter_page(matter.pk, viewer=office, today=clock.today())
    assert (page.trail[0].lead, page.trail[0].rest) == (
        "按规则催办",
        "：今天到期，催联络员秦川。",
    )
    assert page.urged == 1
