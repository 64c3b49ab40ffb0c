"""Days of looking closely: the clock urges, less was done than asked, what was drawn, what was struck off."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import days as stories
from tests.journeys.doing import (
    begin,
    go,
    instruct,
    later,
    open_matter,
    send,
    sign_for,
    today,
)
from tests.journeys.running import PHONE, Office

pytestmark = pytest.mark.journey
PUMPS = "请水利局牵头更换老旧水泵120台，汛前全部投入使用。"


def test_the_clock_urges_by_its_ladder_and_the_office_by_telephone_but_not_twice(days: Office):
    office = days.person("office")
    _inbox(office)
    office.get_by_role("link", name="看下次催办").click()
    row = office.get_by_role("row").filter(has_text=stories.DUE_NOW)
    expect(row.filter(has_text="江涛")).to_have_count(1)
    open_matter(office, stories.FRESH)
    send(_call(office, "请本周报进度，答：周五前报"), "催办", "已催办，记录在案。")
    form = _call(office, "再问一次")
    form.get_by_role("button", name="催办", exact=True).click()
    expect(office.locator(".refusal")).to_contain_text("秦川")
    expect(office.locator(".refusal")).to_contain_text("3天内不再催同一人")
    expect(form.get_by_label("说什么")).to_have_value("再问一次")
    form.get_by_label("间隔不到又催的理由").fill("市长下午要听情况")
    send(form, "催办", "已催办，记录在案。")
    expect(office.locator("#trail")).to_contain_text("市长下午要听情况")


def test_the_liaison_officer_finds_on_a_telephone_what_is_late_and_why_she_is_told(days: Office):
    office = days.person("office")
    open_matter(office, stories.OVERDUE)
    form = begin(office, "催办")
    form.get_by_label("秦川").check()
    form.get_by_label("说什么").fill("逾期十天，今天报一次")
    send(form, "催办", "已催办，记录在案。")
    water = days.person("water", viewport=PHONE)
    _inbox(water)
    item = water.get_by_role("listitem").filter(has_text=stories.OVERDUE).first
    expect(item).to_contain_text("告诉您，因为")
    item.get_by_role("link", name=stories.OVERDUE).click()
    expect(water.get_by_role("main")).to_contain_text("逾期")
    form = begin(water, "反馈进展")
    form.get_by_label("这一段做了什么").fill("还剩两公里，缺管材，下周二到货")
    form.get_by_label("完成进度").fill("80")
    form.get_by_role("button", name="反馈进展", exact=True).click()
    expect(water.locator("#second-look")).to_contain_text("晚于时限")
    send(water.locator("#main"), "仍然报送", "进展已反馈。")
    assert water.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]


def _inbox(page: Page) -> None:
    page.get_by_role("link", name="收件").locator("visible=true").first.click()
    expect(page.get_by_role("heading", level=1, name="收件")).to_be_visible()


def _call(page: Page, words: str):
    form = begin(page, "催办")
    form.get_by_label("秦川").check()
    form.get_by_label("电话", exact=True).check()
    form.get_by_label("说什么").fill(words)
    return form


def test_eighty_for_a_hundred_and_twenty_is_asked_about_counted_on_site_and_done_again(
    days: Office, tmp_path: Path
):
    office, water = days.person("office"), days.person("water")
    instruct(office, PUMPS, later(30))
    sign_for(water, PUMPS)
    form = begin(water, "填写办理方案")
    form.get_by_label("目标").fill("120台水泵全部更换")
    form.get_by_label("措施").fill("分三批更换")
    send(form, "填写办理方案", "办理方案已保存。")
    _claim_too_little_then_all(water, tmp_path)
    _count_on_site(office)
    go(water, "案头")
    water.get_by_role("listitem").filter(has_text="120台").get_by_role("link").first.click()
    form = begin(water, "报送办结")
    form.get_by_label("办成了什么").fill(_claim(120) + "，补换36台")
    send(form, "报送办结", "已报送办结")
    _settle(office, "逐站再看，120台全部更换")
    mayor = days.person("mayor")
    go(mayor, "文件")
    mayor.get_by_role("link", name="批示", exact=True).click()
    echo = mayor.get_by_role("listitem").filter(has_text=PUMPS)
    expect(echo.first).to_contain_text("已办结")


def _claim(count: int) -> str:
    return f"{today():%Y年%m月%d日}更换老旧水泵{count}台，全部投入使用"


def _claim_too_little_then_all(water: Page, tmp_path: Path) -> None:
    """It is asked once, blocks nothing, and nothing typed or brought is lost."""
    form = begin(water, "报送办结")
    form.get_by_label("办成了什么").fill(_claim(80))
    record = tmp_path / "更换清单.txt"
    record.write_text("水泵更换清单", "utf-8")
    form.get_by_label("选文件").set_input_files(record)
    form.get_by_role("button", name="报送办结", exact=True).click()
    asked = water.locator("#second-look")
    expect(asked).to_contain_text(re.compile("原定 120.?台，写的是 80.?台"))
    form.get_by_label("办成了什么").fill(_claim(120))
    send(form, "报送办结", "已报送办结")
    expect(water.get_by_role("link", name="更换清单.txt")).to_be_visible()


def _count_on_site(office: Page) -> None:
    """Fewer stand there than were reported: both numbers stay side by side."""
    go(office, "核查")
    office.get_by_role("listitem").filter(has_text="120台").get_by_role(
        "link", name="去核查"
    ).click()
    form = begin(office, "核查")
    form.get_by_label("与报送不符，退回重办").check()
    form.get_by_label("核查办法").select_option(label="现场核查")
    form.get_by_label("认定完成").fill("70")
    form.get_by_label("看到了什么").fill("三站只换了84台，36台还在库里")
    send(form, "核查", "核查已记录。")
    trail = office.locator("#trail")
    expect(trail).to_contain_text("认定完成 70%，比报送的少 30 点")
    expect(office.locator(".facts").first).to_contain_text("办理中")


def _settle(office: Page, finding: str) -> None:
    go(office, "核查")
    office.get_by_role("listitem").filter(has_text="120台").get_by_role(
        "link", name="去核查"
    ).click()
    form = begin(office, "核查并销号")
    form.get_by_label("看到了什么").fill(finding)
    send(form, "核查并销号", "已核查、销号")


def test_what_is_drawn_can_be_drawn_again_from_the_seed_and_is_found_wanting(days: Office):
    office = days.person("office")
    go(office, "核查")
    office.get_by_role("link", name="随机抽查").click()
    office.get_by_label("在哪些事项里抽").select_option(label="长期推进事项")
    office.get_by_label("抽几件").fill("1")
    office.get_by_role("button", name="抽取").click()
    expect(office.get_by_role("main")).to_contain_text("按种子重算，结果一致")
    expect(office.locator("dl.defs dd")).to_have_count(3)
    told = office.locator("dl.defs dd").all_inner_texts()
    drawn = office.locator("ol.batch a.ti")
    first = min(told[2].split(), key=lambda n: sha256(f"{told[0]}:{n}".encode()).hexdigest())
    assert f"/matters/{first}/" in str(drawn.get_attribute("href"))
    title = drawn.inner_text()
    assert title in stories.STANDING
    office.get_by_role("link", name="记录", exact=True).click()
    form = office.locator("#main")
    form.get_by_label("与报送不符", exact=True).check()
    form.get_by_label("看到了什么").fill("两段河岸没有人保洁")
    send(form, "记录抽查", "抽查已记录。")
    expect(office.locator("#trail")).to_contain_text("与报送不符")


def test_a_problem_is_struck_off_by_checking_signing_and_publishing(days: Office):
    office, vice = days.person("office"), days.person("vice")
    open_matter(office, stories.SHOWN)
    form = begin(office, "核查")
    form.get_by_label("看到了什么").fill("现场查看，三个排污口已封堵")
    send(form, "核查", "核查已记录。")
    go(vice, "案头")
    asks = vice.get_by_role("listitem").filter(has_text=stories.SHOWN)
    asks.get_by_role("link", name="去签字").click()
    form = begin(vice, "签字验收")
    form.get_by_label("签字意见").fill("同意销号，防止反弹")
    send(form, "签字验收", "已签字验收")
    go(office, "案头")
    office.get_by_role("listitem").filter(has_text=stories.SHOWN).get_by_role("link").first.click()
    form = begin(office, "内部公示")
    send(form, "内部公示", "已公示")
    outsider = days.person("outsider")
    go(outsider, "台账")
    outsider.get_by_role("link", name="整改公示").click()
    shown = outsider.get_by_role("listitem").filter(has_text=stories.SHOWN)
    expect(shown).to_contain_text("沈岚 签字验收：同意销号，防止反弹")


def test_published_without_objection_it_is_recorded_and_what_does_not_last_comes_back(
    days: Office,
):
    office = days.person("office")
    go(office, "核查")
    over = office.get_by_role("listitem").filter(has_text="公示期满，可以销号备案")
    over.filter(has_text=stories.PUBLISHED).get_by_role("link", name="打开").click()
    form = begin(office, "销号")
    form.get_by_label("总结").fill("排污口封堵，公示无异议")
    form.get_by_label("答复给谁").fill("沈岚副市长")
    form.get_by_label("答复", exact=True).fill("西沟排污口已整改销号。")
    send(form, "销号", "已销号，答复已签发。")
    go(office, "核查")
    office.get_by_role("listitem").filter(has_text=stories.RELAPSED).get_by_role(
        "link", name="回头看"
    ).click()
    form = office.locator("#main")
    form.get_by_label("没有见效").check()
    form.get_by_label("看到了什么").fill("雨后两处又有污水流出")
    send(form, "回头看见效", "回头看的结果已记录。")
    form = begin(office, "重新启封")
    form.get_by_label("为什么重新启封").fill("回头看没有见效，封堵不牢")
    send(form, "重新启封", "已重新启封")
    expect(office.get_by_role("main")).to_contain_text("曾经办结")
    expect(office.locator(".now .u")).to_have_text("市水利局")
