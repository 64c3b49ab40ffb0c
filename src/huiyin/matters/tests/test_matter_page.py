"""The page of one matter: its words, who answers, what can be done, its story, its files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import Evidence
from huiyin.matters.queries.page import matter_page
from huiyin.matters.tests.road import SETTLED, at_noon

MOST_QUERIES = 16


def _page(client, matter, query=""):
    answer = client.get(f"/matters/{matter.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_the_words_the_baseline_and_who_answers(road, signed_in):
    page = _page(
        signed_in("office"),
        road.under_way(context="会上说，城北提升泵站要尽快试运行，大家都听见了。"),
    )
    for words in (
        "会上说，",
        "城北提升泵站要尽快试运行",
        "原定与现行",
        "现在该谁回答",
        "市水利局",
        "联络员 秦川",
    ):
        assert words in page


@pytest.mark.parametrize("who", ["outsider", "sysadmin", "secadmin"])
def test_who_may_not_see_it_is_told_nothing(road, signed_in, who):
    assert signed_in(who).get(f"/matters/{road.under_way().pk}/").status_code == 404


@pytest.mark.parametrize(
    "who", ["office", "mayor", "vice", "auditor", "water", "water_head", "schools"]
)
def test_who_may_see_it_sees_it(road, signed_in, who):
    _page(signed_in(who), road.under_way())


@pytest.mark.parametrize(
    "state", ["registered", "dispatched", "under_way", "planned", "submitted", "closed"]
)
@pytest.mark.parametrize("who", ["office", "water"])
def test_no_state_costs_more_than_the_limit(road, signed_in, state, who):
    matter = getattr(road, state)()
    client = signed_in(who)
    with CaptureQueriesContext(connection) as caught:
        client.get(f"/matters/{matter.pk}/")
    assert len(caught) <= MOST_QUERIES, [q["sql"][:90] for q in caught]


def test_the_unit_is_offered_what_it_may_do_and_told_why_not(road, water):
    matter = road.under_way()
    offers = _offers(matter, water)
    assert offers["assignment.report_progress"] == ""
    assert offers["matter.set_plan"] == ""
    assert "办理方案" in offers["assignment.submit_completion"]
    assert "matter.settle" not in offers


def test_the_office_is_told_why_it_cannot_settle_yet(road, office):
    assert "还没有报送办结" in _offers(road.under_way(), office)["matter.settle"]


def test_the_office_can_settle_what_was_submitted(road, office):
    assert _offers(road.submitted(), office)["matter.settle"] == ""


@pytest.mark.parametrize("state", ["dispatched", "under_way", "submitted", "closed"])
@pytest.mark.parametrize("who", ["office", "water", "mayor"])
def test_never_more_than_eight_verbs(road, state, who):
    assert len(_offers(getattr(road, state)(), road.actor(who))) <= 8


def _offers(matter, viewer):
    page = matter_page(matter.pk, viewer=viewer, today=clock.today())
    return {offer.name: str(offer.reason) for offer in page.offers}


def test_a_supporting_unit_reports_its_own_part(road, schools):
    offers = _offers(road.under_way(), schools)
    assert offers["assignment.report_progress"] == ""
    assert "matter.set_plan" not in offers


def test_the_story_is_told_newest_first_without_codes(road, office):
    matter = road.closed()
    page = matter_page(matter.pk, viewer=office, today=clock.today())
    told = [entry.lead for entry in page.trail]
    assert told[0] == "市政府督查室周明销号"
    assert told[-1] == "市政府督查室周明立项"
    assert "市水利局报送办结" in told
    assert not any(mark in line for line in told for mark in ("_", "matter", "assignment"))


def test_a_plan_sent_in_again_is_told_as_a_change(road, office):
    matter = road.planned()
    road.do(actions.set_plan, matter, "water", goal="年内通水", measures="两段施工")
    told = [
        entry.lead for entry in matter_page(matter.pk, viewer=office, today=clock.today()).trail
    ]
    assert told[:2] == ["市水利局调整办理方案", "市水利局报来办理方案"]


def test_system_records_are_shown_when_asked_for(road, signed_in):
    matter = road.closed()
    client = signed_in("office")
    assert "列入拟办" not in _page(client, matter)
    assert "列入拟办" in _page(client, matter, "?system=1")


def test_the_reason_for_sending_back_and_withdrawing_is_told(road, office):
    matter = road.submitted()
    road.do(actions.send_back, matter, "office", reason="水质还没有检测报告")
    road.do(actions.withdraw, matter, "office", reason="工程并入二期")
    quotes = [
        entry.quote for entry in matter_page(matter.pk, viewer=office, today=clock.today()).trail
    ]
    assert quotes[:2] == ["工程并入二期", "水质还没有检测报告"]


def test_the_day_it_became_overdue_stands_in_its_story(road, office):
    matter = road.under_way()
    late = matter.due_on + timedelta(days=3)
    with at_noon(late):
        page = matter_page(matter.pk, viewer=office, today=late)
    assert [e.lead for e in page.trail if e.mark == "overdue"] == ["到期未办结，转为逾期。"]
    assert page.shown.word == "逾期 3 天"


def test_the_seven_haves_say_what_is_missing(road, office):
    empty = matter_page(road.under_way().pk, viewer=office, today=clock.today())
    full = matter_page(road.closed().pk, viewer=office, today=clock.today())
    assert empty.haves_sentence == "有0项，2项不全，缺5项"
    assert full.haves_sentence == "有7项"


def test_a_plot_is_drawn_for_what_has_a_due_day_only(road, signed_in):
    client = signed_in("office")
    assert 'class="plot"' in _page(client, road.submitted())
    assert 'class="plot"' not in _page(client, road.under_way(nature="standing", due_on=None))


def test_evidence_is_saved_not_shown_and_only_by_those_who_see_the_matter(road, signed_in):
    road.submitted()
    row = Evidence.objects.get()
    answer = signed_in("schools").get(f"/evidence/{row.pk}/")
    assert b"".join(answer.streaming_content) == "验收记录.txt 内容".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert signed_in("outsider").get(f"/evidence/{row.pk}/").status_code == 404


def test_a_closed_matter_shows_its_answer(road, signed_in):
    page = _page(signed_in("water"), road.closed())
    assert SETTLED["answer"] in page
    assert "还没有记录送达" in page


def test_words_of_a_document_are_never_markup(road, signed_in):
    page = _page(
        signed_in("office"), road.under_way(title="<script>alert(1)</script>", quote="<b>粗</b>")
    )
    assert "<script>alert" not in page
    assert "<b>粗</b>" not in page
