"""Nothing typed is lost, nothing is done twice: ended sessions, stale pages, impatient clicks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys import living as stories
from tests.journeys.reviewing import Review
from tests.journeys.running import WHOLE, Office

pytestmark = pytest.mark.journey
LONG = "第一段已完成清表和放线，第二段正在进场。" * 40


def _report(page: Page) -> None:
    """The form of a progress report, opened as a person comes to it."""
    page.goto("/matters/?view=all")
    page.locator("table.reg").get_by_role("link", name=stories.UNDER_WAY).click()
    page.get_by_role("listitem").filter(has_text="反馈进展").get_by_role("link").click()
    page.wait_for_url("**/do/report-progress/**")


def _sign_in_again(page: Page, place) -> None:
    place.get_by_label("账号").fill("water")
    place.get_by_label("密码").fill(PASSWORD)
    place.get_by_role("button", name=re.compile("登录")).first.click()


def test_a_session_that_ended_over_lunch_is_renewed_in_place_and_the_report_goes_out(
    living: Office,
):
    page = living.person("water", viewport=WHOLE)
    page.clock.install()
    _report(page)
    page.get_by_label("这一段做了什么").fill(LONG)
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward("01:00:00")
    page.get_by_role("button", name="反馈进展").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    _sign_in_again(page, dialog)
    expect(page.get_by_text("进展已反馈。")).to_be_visible()
    expect(page.locator("#trail")).to_contain_text(LONG[:40])


def test_without_scripts_the_words_stay_in_sight_when_the_session_has_ended(living: Office):
    page = living.person("water", java_script_enabled=False)
    _report(page)
    page.get_by_label("这一段做了什么").fill(LONG)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="反馈进展").click()
    expect(page.get_by_text("登录已过期，请重新登录。")).to_be_visible()
    expect(page.get_by_text(LONG)).to_be_visible()
    page.get_by_role("link", name="回到刚才的页面").click()
    _sign_in_again(page, page)
    expect(page.get_by_label("这一段做了什么")).to_be_visible()


def test_a_closed_tab_offers_what_was_typed_again(living: Office):
    page = living.person("water", viewport=WHOLE)
    _report(page)
    page.get_by_label("这一段做了什么").fill(LONG)
    expect(page.locator("span[data-saved]")).to_contain_text("已存")
    address = page.url
    page.goto("/desk/")
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("草稿")
    expect(page.get_by_label("这一段做了什么")).to_have_value(LONG)


def test_an_impatient_double_click_reports_once(living: Office):
    page = living.person("water", viewport=WHOLE)
    _report(page)
    page.get_by_label("这一段做了什么").fill("只报这一次")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_role("button", name="反馈进展").dblclick()
    expect(page.get_by_text("进展已反馈。")).to_be_visible()
    expect(page.locator("#trail").get_by_text("只报这一次")).to_have_count(1)
    assert len([request for request in sent if "report-progress" in request.url]) == 1


def test_the_same_form_sent_again_from_a_second_tab_changes_nothing(living: Office):
    """One dispatch of one matter, although two windows were open on it."""
    first = living.person("vice")
    first.goto("/notices/?view=proposed")
    first.get_by_role("link", name=re.compile("督办|事项|云溪|河道")).locator(
        "visible=true"
    ).last.click()
    first.get_by_role("button", name=re.compile("批准这")).click()
    expect(first.get_by_text("已批准。")).to_be_visible()
    one, two = living.person("office"), living.person("office_head")
    for page in (one, two):
        page.goto(first.url)
        expect(page.get_by_role("button", name=re.compile("印发 云督"))).to_be_visible()
    one.get_by_role("button", name=re.compile("印发 云督")).click()
    expect(one.get_by_text("已印发交办。")).to_be_visible()
    two.get_by_role("button", name=re.compile("印发 云督")).click()
    expect(two.get_by_role("alert").or_(two.locator(".refusal")).first).to_be_visible()
    two.goto("/notices/?view=issued")
    numbers = re.findall(r"云督〔\d{4}〕\d+号", two.locator("table").inner_text())
    assert len(numbers) == len(set(numbers)) == 5


def test_two_officers_propose_one_matter_and_it_goes_to_the_leader_once(living: Office):
    one, two = living.person("office"), living.person("office_head")
    for page in (one, two):
        page.goto("/dispatch/")
        expect(page.locator("table.disp")).to_contain_text(stories.REGISTERED)
    for page in (one, two):
        page.get_by_role("button", name="提请审批 1 项").click()
    one.wait_for_url("**/notices/*/")
    expect(two.get_by_role("heading", level=1)).to_contain_text(re.compile("没有提请|已经|不在"))
    two.goto("/notices/?view=proposed")
    expect(two.locator("main table").get_by_role("link", name=stories.REGISTERED)).to_have_count(1)


def test_two_people_on_one_document_are_told_of_each_other_and_lose_nothing(living: Office):
    one, two = living.person("office"), living.person("office_head")
    reviews = [Review(page, "/documents/1/") for page in (one, two)]
    for review in reviews:
        review.choose("易涝点整治")
    reviews[0].press("Enter")
    reviews[1].page.keyboard.press("e")
    lead = reviews[1].finding.get_by_label("牵头单位")
    lead.fill("市教育局")
    lead.press("Enter")
    refusal = two.locator("[data-review] .refusal")
    expect(refusal).to_contain_text("周明")
    expect(lead).to_have_value("市教育局")
