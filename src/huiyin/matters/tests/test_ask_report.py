"""Asking less: a request has its reason, one report answers all, what is known is shown first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.errors import Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.asking import load
from huiyin.matters.models import Assignment, Matter, ReportRequest
from huiyin.matters.tests.road import Road, at_noon
from huiyin.people.actions import end_post
from huiyin.people.models import Post

WHY = {"reason": "常务会议要听汇报"}


def test_the_unit_is_asked_with_a_reason_and_a_day_by_rule(road: Road):
    matter = road.under_way()
    done = road.do(actions.ask_report, road.lead(matter), "mayor", fields=["已拨资金"], **WHY)
    row = ReportRequest.objects.get(pk=done.facts["request"])
    assert (row.state, row.asked_by_name, row.fields) == ("open", "罗文山", ["已拨资金"])
    assert clock.today() < row.due_on <= clock.today() + timedelta(days=12)


@pytest.mark.parametrize("who", ["office", "mayor", "vice"])
def test_the_office_and_its_leaders_may_ask(road: Road, who: str):
    road.do(actions.ask_report, road.lead(road.under_way()), who, **WHY)


@pytest.mark.parametrize("who", ["outsider", "schools", "water", "auditor", "sysadmin"])
def test_others_may_not(road: Road, who: str):
    part = road.lead(road.under_way())
    with pytest.raises((Forbidden, Refusal)):
        road.do(actions.ask_report, part, who, **WHY)
    assert not ReportRequest.objects.exists()


def test_the_lead_asks_the_unit_that_supports_it(road: Road):
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    road.do(actions.ask_report, part, "water", **WHY)
    assert part.report_requests.get().asked_by_unit == road.cast.units["water"]


def test_one_report_answers_everybody_who_asked(road: Road):
    matter = road.under_way()
    part = road.lead(matter)
    road.do(actions.ask_report, part, "mayor", fields=["已拨资金"], **WHY)
    road.do(
        actions.ask_report, part, "office", not_enough="还要开工日期", fields=["开工日期"], **WHY
    )
    events = Event.objects.count()
    done = road.do(
        actions.report_progress,
        part,
        "water",
        text="管道已铺完",
        percent=60,
        answers={"已拨资金": "300", "开工日期": "3月1日"},
    )
    assert Event.objects.count() == events + 1
    rows = ReportRequest.objects.all()
    assert {row.state for row in rows} == {"answered"}
    assert {row.report_id for row in rows} == {done.facts["report"]}
    assert part.reports.get().answers == {"已拨资金": "300", "开工日期": "3月1日"}


def test_what_was_reported_lately_is_shown_first(road: Road):
    part = road.lead(road.under_way())
    road.do(actions.report_progress, part, "water", text="设备已到货", percent=20)
    with pytest.raises(Refusal, match="设备已到货") as refused:
        road.do(actions.ask_report, part, "office", **WHY)
    assert refused.value.code == "known_already"
    road.do(actions.ask_report, part, "office", not_enough="要问安装的日子", **WHY)


def test_a_request_that_waits_is_shown_to_the_next_who_asks(road: Road):
    part = road.lead(road.under_way())
    road.do(actions.ask_report, part, "mayor", **WHY)
    with pytest.raises(Refusal, match="罗文山已经要过"):
        road.do(actions.ask_report, part, "office", **WHY)


def test_an_old_report_is_no_hindrance(road: Road):
    with at_noon(clock.today(), later=-30):
        part = road.lead(road.under_way(due_on=clock.today() + timedelta(days=60)))
        road.do(actions.report_progress, part, "water", text="设备已到货", percent=20)
    road.do(actions.ask_report, part, "office", **WHY)


def test_requests_and_fields_are_counted(road: Road):
    part = road.lead(road.under_way())
    road.do(actions.ask_report, part, "mayor", fields=["甲", "乙", "甲 "], **WHY)
    found = load(road.cast.units["water"].pk, clock.today())
    assert (found.times, found.fields) == (1, 2)
    assert load(road.cast.units["schools"].pk, clock.today()).times == 0


def asked(road: Road, by: str, part: Assignment | None = None) -> int:
    part = part or road.lead(road.under_way())
    return int(road.do(actions.ask_report, part, by, **WHY, not_enough="还缺数字").facts["request"])


def test_a_request_may_be_taken_back(road: Road):
    part = road.lead(road.under_way())
    row = asked(road, "office", part)
    with pytest.raises(Forbidden):
        road.do(actions.take_back_request, row, "water")
    road.do(actions.take_back_request, row, "office")
    with pytest.raises(Refusal):
        road.do(actions.take_back_request, row, "office")
    road.do(actions.ask_report, part, "office", **WHY)


def test_a_colleague_does_not_take_back_what_another_asked(road: Road):
    """Only who asked, or the head: of that unit, or of the office."""
    row = asked(road, "office_head")
    with pytest.raises(Forbidden):
        road.do(actions.take_back_request, row, "office")
    road.do(actions.take_back_request, asked(road, "office"), "office_head")


def test_the_head_of_a_unit_takes_back_what_its_people_asked(road: Road):
    """The lead unit asked a supporting one."""
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    row = asked(road, "water", part)
    with pytest.raises(Forbidden):
        road.do(actions.take_back_request, row, "office")
    road.do(actions.take_back_request, row, "water_head")
    road.do(actions.take_back_request, asked(road, "water", part), "office_head")


def test_what_a_leader_asked_the_leader_takes_back(road: Road):
    row = asked(road, "vice")
    for who in ("office", "water_head"):
        with pytest.raises(Forbidden):
            road.do(actions.take_back_request, row, who)
    with pytest.raises(Refusal, match="这是沈岚副市长要的情况，由本人收回"):
        road.do(actions.take_back_request, row, "office_head")
    road.do(actions.take_back_request, row, "vice")


def test_for_a_leader_who_has_left_the_next_authority_takes_it_back(road: Road):
    row = asked(road, "vice")
    post = Post.objects.get(user=road.cast.users["vice"])
    road.do(end_post, post, "secadmin")
    road.do(actions.take_back_request, row, "mayor")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({**WHY, "fields": [str(n) for n in range(9)]}, "too_many_fields"),
    ],
)
def test_what_is_not_in_order_is_refused(road: Road, given: dict[str, object], code: str):
    part = road.lead(road.under_way())
    with pytest.raises(Refusal) as refused:
        road.do(actions.ask_report, part, "office", **given)
    assert refused.value.code == code


def test_a_healthy_unit_says_in_one_click_that_nothing_changed(road: Road):
    matter = road.under_way(due_on=clock.today() + timedelta(days=100))
    part = road.lead(matter)
    with pytest.raises(Refusal, match="还没有反馈过"):
        road.do(actions.report_same, part, "water")
    road.do(actions.report_progress, part, "water", text="设备已到货", percent=40)
    with at_noon(clock.today(), later=2):
        road.do(actions.report_same, part, "water")
    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.unchanged_reports, matter.reported_percent) == (1, 40)
    assert part.reports.filter(unchanged=True).count() == 1


def test_nothing_changed_is_not_enough_when_somebody_asks_or_it_is_behind(road: Road):
    today = clock.today()
    with at_noon(today, later=-40):
        matter = road.under_way(due_on=clock.today() + timedelta(days=100))
        part = road.lead(matter)
        road.do(actions.report_progress, part, "water", text="设备已到货", percent=10)
    with pytest.raises(Refusal, match="不是按期"):
        road.do(actions.report_same, part, "water")


def test_the_same_words_again_are_a_report_without_news(road: Road):
    matter = road.under_way()
    part = road.lead(matter)
    for text in ("正在推进", "正在 推进", "正在推进。"):
        road.do(actions.report_progress, part, "water", text=text, percent=50)
    assert [r.unchanged for r in part.reports.all()] == [False, True, False]
    assert Matter.objects.get(pk=matter.pk).unchanged_reports == 0


def test_the_form_shows_what_is_known_and_how_much_was_asked(road: Road, signed_in):
    matter = road.under_way()
    part = road.lead(matter)
    road.do(actions.ask_report, part, "mayor", fields=["已拨资金"], **WHY)
    address = f"/matters/{matter.pk}/do/ask-report/"
    page = signed_in("office").get(f"{address}?assignment={part.pk}").content.decode()
    assert "本月已向该单位要过 1 次情况、1 个字段" in page
    assert "罗文山已经要过" in page
    report = signed_in("water").get(f"/matters/{matter.pk}/do/report-progress/").content.decode()
    assert "这次反馈同时答复" in report
    assert "已拨资金" in report
    assert WHY["reason"] in report


def test_a_report_sent_from_the_form_carries_the_fields(road: Road, signed_in):
    matter = road.under_way()
    part = road.lead(matter)
    road.do(actions.ask_report, part, "mayor", fields=["已拨资金"], **WHY)
    client = signed_in("water")
    sent = client.post(
        f"/matters/{matter.pk}/do/report-progress/",
        {"text": "管道已铺完三分之二", "percent": 50, "asked_0": "300万元", "anyway": "1"},
    )
    assert sent.status_code == 302, sent.content.decode()[:2000]
    assert Assignment.objects.get(pk=part.pk).reports.get().answers == {"已拨资金": "300万元"}


def test_the_story_tells_it(road: Road, signed_in):
    matter = road.under_way()
    road.do(actions.ask_report, road.lead(matter), "mayor", fields=["已拨资金"], **WHY)
    page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "罗文山市长要情况" in page
    assert WHY["reason"] in page


def test_the_page_of_the_unit_counts_what_was_asked(road: Road, signed_in):
    road.do(actions.ask_report, road.lead(road.under_way()), "mayor", fields=["甲", "乙"], **WHY)
    address = f"/units/{road.cast.units['water'].pk}/"
    assert (
        "本月向该单位要过 1 次情况、2 个字段" in signed_in("office").get(address).content.decode()
    )
    assert "要过 1 次" not in signed_in("outsider").get(address).content.decode()
