"""How often a unit is asked: by rule, healthy matters less, red ones more, and the office may say otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin import clock
from huiyin.errors import Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.actions.doing import Step
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.work import retime_all

TODAY = clock.today


def again(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


@pytest.mark.parametrize(
    ("days", "cells", "rhythm"),
    [
        (30, {}, "once"),
        (44, {}, "once"),
        (45, {}, "monthly"),
        (270, {}, "quarterly"),
        (10, {"urgency": "urgent"}, "once"),
        (14, {"urgency": "urgent"}, "weekly"),
        (60, {"urgency": "urgent"}, "half_monthly"),
        (30, {"source_kind": "rectification"}, "half_monthly"),
    ],
)
def test_the_rule_sets_the_rhythm(road: Road, days: int, cells: dict[str, Any], rhythm: str):
    matter = road.under_way(due_on=TODAY() + timedelta(days=days), **cells)
    assert matter.rhythm == rhythm
    assert "反馈频次" in matter.filled["rhythm"]["why"]
    assert (matter.next_report_on is None) == (rhythm == "once")


def test_a_short_matter_reports_once_when_it_is_done(road: Road):
    assert road.under_way().next_report_on is None


def test_a_healthy_matter_is_asked_half_as_often(road: Road):
    matter = road.under_way(due_on=TODAY() + timedelta(days=250))
    first = matter.next_report_on
    assert first is not None
    assert 30 <= (first - TODAY()).days <= 40
    road.do(actions.report_progress, road.lead(matter), "water", text="已过半", percent=60)
    matter = again(matter)
    assert matter.next_report_on is not None
    assert 60 <= (matter.next_report_on - TODAY()).days <= 70
    assert matter.filled["report"]["why"] == "一切正常，改为每60天一报"


def test_a_matter_that_fell_behind_overnight_is_asked_sooner(road: Road):
    today = TODAY()
    with at_noon(today, later=-26):
        matter = road.under_way(due_on=clock.today() + timedelta(days=200))
        road.do(actions.report_progress, road.lead(matter), "water", text="已开工", percent=2)
        before = again(matter).next_report_on
    assert before is not None
    events = Event.objects.count()
    retime_all(0, road.cast.jurisdiction.pk)
    found = again(matter)
    assert found.behind_on is not None
    assert found.behind_on <= today
    assert found.next_report_on is not None
    assert today < found.next_report_on < before
    assert "已经滞后" in found.filled["report"]["why"]
    assert Event.objects.count() == events + 1
    retime_all(0, road.cast.jurisdiction.pk)
    assert Event.objects.count() == events + 1  # nothing changed, nothing written


def test_nothing_is_asked_while_the_office_checks(road: Road):
    matter = road.submitted(due_on=TODAY() + timedelta(days=250))
    assert matter.next_report_on is None
    road.do(actions.send_back, matter, "office", reason="还差一段")
    assert again(matter).behind_why in {"returned", "milestone"}


def test_a_late_report_turns_the_light(road: Road):
    matter = road.under_way(due_on=TODAY() + timedelta(days=250))
    assert matter.next_report_on is not None
    assert matter.behind_on is not None
    with at_noon(matter.next_report_on, later=5):
        from huiyin.matters.queries import light_of

        shown = light_of(again(matter), clock.today())
    assert shown.light in {"behind", "grave"}
    assert shown.why


def test_by_milestone_the_next_report_is_due_at_the_next_step(road: Road):
    matter = road.under_way(due_on=TODAY() + timedelta(days=100))
    road.do(actions.set_rhythm, matter, "office", rhythm="milestone", reason="按节点看")
    steps = [Step(due_on=TODAY() + timedelta(days=n), what=f"第{n}天") for n in (20, 50)]
    road.do(actions.set_plan, matter, "water", goal="通水", measures="施工", milestones=steps)
    matter = again(matter)
    assert matter.next_report_on == TODAY() + timedelta(days=20)
    done = matter.milestones.first()
    assert done is not None
    road.do(
        actions.report_progress,
        road.lead(matter),
        "water",
        text="第一步已完成",
        percent=60,
        milestones_done=[done.pk],
    )
    assert again(matter).next_report_on == TODAY() + timedelta(days=50)


def test_the_office_changes_the_rhythm_with_a_reason_in_one_event(road: Road):
    matter = road.under_way(due_on=TODAY() + timedelta(days=100))
    events = Event.objects.count()
    road.do(actions.set_rhythm, matter, "office", rhythm="weekly", reason="汛期将至")
    assert Event.objects.count() == events + 1
    matter = again(matter)
    assert matter.rhythm == "weekly"
    assert matter.filled["rhythm"]["why"] == "周明 定：汛期将至"
    for given in ({"rhythm": "weekly", "reason": ""}, {"rhythm": "daily", "reason": "要"}):
        with pytest.raises(Refusal):
            road.do(actions.set_rhythm, matter, "office", **given)
    with pytest.raises(Forbidden):
        road.do(actions.set_rhythm, matter, "water", rhythm="once", reason="太勤")


def test_a_rhythm_filled_by_hand_stands_at_dispatch(road: Road):
    matter = road.registered(due_on=TODAY() + timedelta(days=100))
    road.do(actions.fill, matter, "office", rhythm="quarterly")
    matter = road.issued(again(matter)).matters.get()
    assert matter.rhythm == "quarterly"


def test_a_standing_matter_keeps_its_interval(road: Road):
    matter = road.under_way(nature="standing", due_on=None, interval="quarterly")
    assert (matter.rhythm, matter.interval) == ("", "quarterly")
    with pytest.raises(Refusal):
        road.do(actions.set_rhythm, matter, "office", rhythm="weekly", reason="要")


def test_a_due_day_in_a_year_without_a_table_is_flagged(road: Road):
    far = TODAY().replace(year=TODAY().year + 3, month=6, day=1)
    assert road.under_way(due_on=far).due_flagged
    assert not road.under_way(title="另一件", due_on=TODAY() + timedelta(days=5)).due_flagged


def test_the_matter_page_says_which_rule_made_the_due_day_and_the_next_report(
    road: Road, signed_in: Any
):
    matter = road.under_way(due_on=None, source_kind="suggestion", origin="appeal")
    page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "代表建议答复3个月，规则“法定时限”第1版（代表法第五十一条" in page
    assert "每月一报" in page


def test_the_register_finds_what_is_due_in_a_year_without_a_table(road: Road, signed_in: Any):
    far = TODAY().replace(year=TODAY().year + 3, month=6, day=1)
    road.under_way(due_on=far, title="远的一件")
    road.under_way(title="近的一件", due_on=TODAY() + timedelta(days=5))
    page = signed_in("office").get("/matters/?unsettled=1").content.decode()
    assert "远的一件" in page
    assert "近的一件" not in page
    assert "节假日未定" in page


def test_a_unit_sees_on_its_desk_who_asked(road: Road, signed_in: Any):
    part = road.lead(road.under_way())
    road.do(actions.ask_report, part, "mayor", reason="常务会议要听汇报")
    desk = signed_in("water").get("/", follow=True).content.decode()
    assert "罗文山要情况" in desk
    assert "常务会议要听汇报" in desk
