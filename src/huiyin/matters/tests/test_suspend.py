"""A clock that stands: nothing is late meanwhile, and resumed it gives back exactly the days it stood."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Baseline, Matter, Milestone, Suspension
from huiyin.matters.queries.lights import light_of
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.tests.test_variations import asked, decided


def days(n: int):
    return clock.today() + timedelta(days=n)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def suspended(road: Road, matter: Matter, n: int = 10, by: str = "office") -> Matter:
    road.do(actions.suspend, matter, by, reason="等待环评批复", until=days(n))
    return fresh(matter)


@pytest.mark.parametrize("who", ["office", "vice", "mayor"])
def test_the_office_or_a_leader_stops_the_clock(road, who):
    matter = suspended(road, road.planned(), by=who)
    stop = Suspension.objects.get()
    assert (matter.state, matter.suspended_from) == ("suspended", "under_way")
    assert (stop.from_on, stop.until_on, stop.reason) == (clock.today(), days(10), "等待环评批复")


@pytest.mark.parametrize("who", ["water", "schools", "outsider"])
def test_a_unit_does_not_stop_its_own_clock(road, who):
    matter = road.planned()
    with pytest.raises((Forbidden, Refusal)):
        suspended(road, matter, by=who)


def test_the_office_does_not_stop_the_clock_of_what_it_does_itself(road):
    matter = road.under_way(lead=road.cast.units["office"].pk, supporting=[])
    with pytest.raises(Conflict) as refused:
        suspended(road, matter)
    assert refused.value.code == "suspends_own_unit"
    suspended(road, matter, by="mayor")


def test_while_it_stands_nothing_is_late(road):
    matter = suspended(road, road.planned())
    later = matter.due_on + timedelta(days=90)
    light = light_of(matter, later)
    assert (light.light, light.word) == ("paused", "已中止")
    assert light.why


def test_resumed_it_gives_the_days_back_and_the_baseline_stays(road):
    matter = road.planned()
    due, late = matter.due_on, matter.late_on
    step = Milestone.objects.get().due_on
    suspended(road, matter)
    with at_noon(clock.today(), later=17):
        done = road.do(actions.resume, matter, "office")
    after = fresh(matter)
    assert done.facts["days"] == 17
    assert after.state == "under_way"
    assert after.due_on == due + timedelta(days=17)
    assert after.late_on == late + timedelta(days=17)
    assert Milestone.objects.get().due_on == step + timedelta(days=17)
    assert Baseline.objects.get().due_on == due
    assert Suspension.objects.get().days == 17


def test_a_step_that_was_done_stays_where_it_was(road):
    matter = road.planned()
    step = Milestone.objects.get()
    road.do(
        actions.report_progress,
        road.lead(matter),
        "water",
        text="设备已进场",
        milestones_done=[step.pk],
    )
    suspended(road, matter)
    with at_noon(clock.today(), later=5):
        road.do(actions.resume, matter, "office")
    assert Milestone.objects.get().due_on == step.due_on


def test_a_standing_matter_s_next_report_and_check_move_too(road):
    matter = road.under_way(nature="standing", due_on=None)
    report, check = matter.next_report_on, matter.next_check_on
    suspended(road, matter)
    with at_noon(clock.today(), later=9):
        road.do(actions.resume, matter, "mayor")
    after = fresh(matter)
    shift = timedelta(days=9)
    assert after.due_on is None
    assert after.next_report_on == (report + shift if report else None)
    assert after.next_check_on == (check + shift if check else None)


@pytest.mark.parametrize("n", [-1, 0, 5000])
def test_it_stands_until_a_coming_day(road, n):
    with pytest.raises(Refusal) as refused:
        suspended(road, road.planned(), n)
    assert "until" in refused.value.fields


def test_a_reason_is_given(road):
    with pytest.raises(Refusal) as refused:
        road.do(actions.suspend, road.planned(), "office", reason=" ", until=days(3))
    assert refused.value.code == "reason_missing"


def test_hands_do_not_change_while_it_stands(road):
    matter = suspended(road, road.under_way())
    with pytest.raises(Conflict) as refused:
        road.do(actions.hand_back, road.lead(matter), "water", reason="不归我们")
    assert refused.value.code == "matter_is_suspended"


def test_an_objection_is_ruled_on_before_the_clock_is_stopped(road):
    matter = road.under_way()
    road.do(actions.hand_back, road.lead(matter), "water", reason="不归我们")
    with pytest.raises(Conflict) as refused:
        suspended(road, matter)
    assert refused.value.code == "objection_waits"


def test_it_can_be_stopped_again_after_it_ran(road):
    matter = road.planned()
    due = matter.due_on
    for _ in range(2):
        suspended(road, matter)
        with at_noon(clock.today(), later=3):
            road.do(actions.resume, matter, "office")
    assert fresh(matter).due_on == due + timedelta(days=6)


def test_an_extension_asked_before_is_granted_while_it_stands(road):
    matter = road.planned()
    row = asked(road, matter, 40)
    suspended(road, matter)
    decided(road, row)
    with at_noon(clock.today(), later=4):
        road.do(actions.resume, matter, "office")
        assert fresh(matter).due_on == days(40)


def test_a_clock_that_stands_too_long_is_on_the_office_s_desk(road, signed_in):
    matter = suspended(road, road.planned(), 10)

    def listed() -> str:
        desk = desk_of(road.actor("office"), today=clock.today())
        return str(desk.sections)

    assert "中止到期" not in listed()
    with at_noon(clock.today(), later=10):
        assert "中止到期" in listed()
    road.do(actions.resume, matter, "office")
    with at_noon(clock.today(), later=10):
        assert "中止到期" not in listed()


def test_requests_are_on_the_desk_of_who_decides(road):
    matter = road.planned()
    asked(road, matter)
    office = str(desk_of(road.actor("office"), today=clock.today()).sections)
    mayor = str(desk_of(road.actor("mayor"), today=clock.today()).sections)
    assert "市水利局申请延期" in office
    assert "申请延期" not in mayor


def test_the_page_says_why_it_stands_and_what_was_changed(road, signed_in):
    matter = road.planned()
    decided(road, asked(road, matter, 45))
    decided(road, asked(road, matter, 60), "mayor")
    page = signed_in("auditor").get(f"/matters/{matter.pk}/").content.decode()
    assert page.count("情况属实") >= 2
    assert "罗文山市长" in page
    assert "原定" in page
    suspended(road, matter)
    page = signed_in("auditor").get(f"/matters/{matter.pk}/").content.decode()
    assert "等待环评批复" in page
    assert "已中止，时限暂停" in page


def test_the_register_knows_the_extended_ones(road, signed_in):
    matter = road.planned()
    road.planned(title="另一件事")
    decided(road, asked(road, matter, 45))
    page = signed_in("office").get("/matters/?view=extended").content.decode()
    assert "城北提升泵站试运行" in page
    assert "另一件事" not in page
    assert "已同意延至" in page


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["extend", "stop"]), st.integers(1, 20)), min_size=1, max_size=4
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(operations=OPERATIONS)
def test_the_due_day_is_the_fixed_one_and_all_that_was_decided_since(road, operations):
    """Whatever is granted and however often the clock stood, the baseline is what it was."""
    matter = road.planned()
    first = due = matter.due_on
    now, times = clock.today(), 0
    for what, n in operations:
        with at_noon(now):
            if what == "extend":
                row = asked(road, matter, until=due + timedelta(days=n), n=0)
                decided(road, row, "mayor" if times else "office")
                times, due = times + 1, due + timedelta(days=n)
            else:
                road.do(actions.suspend, matter, "office", reason="等批复", until=days(30))
                now += timedelta(days=n)
                due += timedelta(days=n)
                with at_noon(now):
                    road.do(actions.resume, matter, "office")
        after = fresh(matter)
        assert after.due_on == due
        assert after.late_on == due + timedelta(days=1)
        assert Baseline.objects.get(matter=matter).due_on == first
