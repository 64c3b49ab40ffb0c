"""Days between units: a leader's instruction, more time, other hands, many parts, help and advice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from huiyin.web.format import day
from tests.journeys import days as stories
from tests.journeys.doing import (
    begin,
    choose_unit,
    go,
    instruct,
    later,
    offered,
    open_matter,
    send,
    sign_for,
    today,
    who_answers,
)
from tests.journeys.running import PHONE, Office

pytestmark = pytest.mark.journey
INSTRUCTION = "请水利局牵头，三天内查清城南供水水压不足的原因，提出整改办法。"


def _day(days: int) -> str:
    """A coming day as the pages write it."""
    return day(later(days), today=today())


def test_what_the_mayor_wrote_at_eight_is_reported_back_to_him_before_noon(days: Office):
    office = days.person("office")
    instruct(office, INSTRUCTION, later(3))
    water = days.person("water")
    go(water, "案头")
    expect(water.get_by_role("main")).to_contain_text("云督")
    sign_for(water, INSTRUCTION)
    form = begin(water, "反馈进展")
    form.get_by_label("这一段做了什么").fill("三处加压泵已查，两处压力不足，今晚更换")
    form.get_by_label("完成进度").fill("40")
    send(form, "反馈进展", "进展已反馈。")
    mayor = days.person("mayor")
    go(mayor, "案头")
    news = mayor.get_by_role("listitem").filter(has_text="城南供水水压不足")
    expect(news.first).to_be_visible()
    news.get_by_role("link").first.click()
    expect(mayor.locator("#trail")).to_contain_text("三处加压泵已查")


def test_more_time_is_given_but_another_day_than_asked_and_both_days_stay_in_sight(days: Office):
    water, office, vice = (days.person(key) for key in ("water", "office", "vice"))
    _ask_for_time(water, stories.EXTENDED, later(75), "由督查室决定")
    go(office, "案头")
    asks = office.get_by_role("listitem").filter(has_text=stories.EXTENDED)
    asks.get_by_role("link", name="去决定").click()
    _grant(office, later(60), "汛后施工一个月足够")
    for page in (water, office, vice):
        open_matter(page, stories.EXTENDED)
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="时限"))
        expect(row.get_by_role("cell").first).to_contain_text(_day(30))
        expect(row.get_by_role("cell").last).to_contain_text(_day(60))
    _ask_for_time(water, stories.EXTENDED, later(90), "由罗文山市长决定")
    open_matter(office, stories.EXTENDED)
    expect(office.get_by_role("main")).to_contain_text("等罗文山市长决定")
    mayor = days.person("mayor")
    go(mayor, "案头")
    asks = mayor.get_by_role("listitem").filter(has_text=stories.EXTENDED)
    expect(asks.get_by_role("link", name="去决定")).to_be_visible()


def test_a_unit_asks_for_time_on_a_telephone_and_may_think_better_of_it(days: Office):
    water = days.person("water", viewport=PHONE)
    _ask_for_time(water, stories.EXTENDED_BY_PHONE, later(50), "由督查室决定")
    expect(water.get_by_role("main")).to_contain_text("等督查室决定")
    form = begin(water, "收回申请")
    send(form, "收回申请", "申请已收回。")
    assert water.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]


def _ask_for_time(page: Page, title: str, until: object, decider: str) -> None:
    open_matter(page, title)
    form = begin(page, "申请延期")
    expect(form).to_contain_text(decider)
    form.get_by_label("延到哪一天").fill(str(until))
    form.get_by_label("理由").fill("汛期不能下基坑，设备已到场")
    send(form, "申请延期", "延期申请已提出")


def _grant(page: Page, until: object, why: str) -> None:
    form = page.locator("#main")
    form.get_by_label("同意", exact=True).check()
    form.get_by_label("同意延至").fill(str(until))
    form.get_by_label("理由、意见").fill(why)
    send(form, "决定变更申请", "已决定。")


def test_nobody_can_pass_a_matter_on_without_somebody_answering_for_it(days: Office):
    water, office, schools = (days.person(key) for key in ("water", "office", "schools"))
    open_matter(water, stories.HANDED)
    _hand_back_and_stay(water, office, stories.HANDED)
    _refer(water, "市园林中心", stories.HANDED)
    expect(who_answers(water)).to_have_text("市水利局")
    parks = days.person("outsider")
    _decline(parks, stories.HANDED)
    _refer(water, "市教育局", stories.HANDED)
    open_matter(schools, stories.HANDED)
    expect(schools.locator("ul.verbs").filter(has_text="接手办理")).to_have_count(0)
    open_matter(office, stories.HANDED)
    expect(who_answers(office)).to_have_text("市水利局")
    form = begin(office, "裁定转办")
    form.get_by_label("同意转办，由接收单位牵头", exact=True).check()
    form.get_by_label("裁定的理由").fill("校园周边由教育局牵头")
    send(form, "裁定转办", "转办已裁定。")
    expect(who_answers(office)).to_have_text("市教育局")
    rows = office.locator("#hands").get_by_role("row")
    expect(rows.filter(has_text="市水利局")).to_contain_text("2 工作日")
    expect(rows.filter(has_text="市水利局")).to_contain_text("没有自己的措施")
    expect(rows.filter(has_text="市教育局")).to_contain_text("现在")
    sign_for(schools, stories.HANDED)


def test_without_scripts_the_other_unit_takes_over_and_answers_from_then_on(days: Office):
    plain = {"java_script_enabled": False}
    water = days.person("water", **plain)
    open_matter(water, stories.HANDED_PLAINLY)
    form = begin(water, "转办")
    form.get_by_label("应由谁办").select_option(label="市园林中心")
    form.get_by_label("为什么应由该单位办理").fill("行道树由园林中心管护")
    send(form, "转办", "已提出转办")
    parks = days.person("outsider", **plain)
    go(parks, "案头")
    parks.get_by_role("listitem").filter(has_text=stories.HANDED_PLAINLY).get_by_role(
        "link"
    ).first.click()
    form = begin(parks, "接手办理")
    send(form, "接手办理", "由本单位负责")
    expect(who_answers(parks)).to_have_text("市园林中心")
    expect(parks.locator("#hands")).to_contain_text("市水利局")


def _hand_back_and_stay(water: Page, office: Page, title: str) -> None:
    """The unit says it is not its own; the office says it is."""
    form = begin(water, "退回（非本单位）")
    form.get_by_label("为什么不属于本单位").fill("树归园林中心")
    send(form, "退回（非本单位）", "裁定前仍由本单位办理")
    go(office, "核查")
    item = office.get_by_role("listitem").filter(has_text=title)
    item.get_by_role("link", name="裁定").click()
    office.get_by_label("不同意退回").check()
    office.get_by_label("裁定的理由").fill("倒在河道里，仍由水利局清理")
    send(office.locator("#main"), "裁定归属", "已裁定。")
    expect(who_answers(office)).to_have_text("市水利局")


def _refer(page: Page, unit: str, title: str) -> None:
    open_matter(page, title)
    form = begin(page, "转办")
    choose_unit(form, "应由谁办", unit)
    form.get_by_label("为什么应由该单位办理").fill("属于该单位的职责")
    send(form, "转办", "已提出转办")


def _decline(page: Page, title: str) -> None:
    go(page, "案头")
    page.get_by_role("listitem").filter(has_text=title).get_by_role("link").first.click()
    expect(who_answers(page)).to_have_text("市水利局")
    form = begin(page, "不接手")
    form.get_by_label("为什么不接手").fill("河道内的树归水利")
    send(form, "不接手", "仍由原单位办理")


def test_a_task_for_every_kindergarten_is_pasted_mended_done_by_one_and_waits_for_the_rest(
    days: Office, tmp_path: Path
):
    schools = days.person("schools")
    open_matter(schools, stories.WHOLE)
    form = begin(schools, "任务分解")
    form.get_by_text("从表格导入").click()
    wrong = "云溪市第四幼儿园\t扩建一个班\t120"
    rows = [f"{name}\t扩建小班\t200个" for name in list(stories.KINDERGARTENS.values())[:2]]
    form.get_by_label("或者从表格里粘贴").fill("\n".join(["单位\t事项\t数量", *rows, wrong]))
    form.get_by_role("button", name="读进来看看").click()
    expect(form.get_by_role("alert")).to_contain_text("有 1 行要改")
    expect(form.get_by_role("row").filter(has_text="名录里没有")).to_have_count(1)
    form.get_by_label("单位", exact=True).nth(2).fill(stories.KINDERGARTENS["k3"])
    form.get_by_role("button", name="先核对").click()
    expect(form).to_contain_text("3 行都可以下达")
    form.get_by_role("button", name="全部下达").click()
    expect(schools.locator("#parts")).to_contain_text("分解合计 520 个，下达 500")
    _one_part_is_done(days.person("k1"), tmp_path)
    open_matter(schools, stories.WHOLE)
    part = schools.locator("#parts").get_by_role("row").filter(has_text="第一幼儿园")
    part.get_by_role("link").click()
    form = begin(schools, "核查并销号")
    form.get_by_label("看到了什么").fill("到园查看，200个学位已投用")
    send(form, "核查并销号", "已核查、销号")
    open_matter(schools, stories.WHOLE)
    expect(schools.locator("#parts")).to_contain_text("已办结 200")
    expect(offered(schools, "报送办结")).to_contain_text("还有 2 件分解事项没有办结")


def _one_part_is_done(garden: Page, tmp_path: Path) -> None:
    sign_for(garden, "扩建小班")
    form = begin(garden, "反馈进展")
    form.get_by_label("这一段做了什么").fill("两个小班教室已腾出，桌椅到位")
    form.get_by_label("完成进度").fill("50")
    send(form, "反馈进展", "进展已反馈。")
    form = begin(garden, "填写办理方案")
    form.get_by_label("目标").fill("新增200个学位")
    form.get_by_label("措施").fill("腾出两个教室，补齐桌椅")
    send(form, "填写办理方案", "办理方案已保存。")
    form = begin(garden, "报送办结")
    form.get_by_label("办成了什么").fill(f"{today():%Y年%m月%d日}新增学位200个，已投入使用")
    photo = tmp_path / "教室照片.txt"
    photo.write_text("教室", "utf-8")
    form.get_by_label("选文件").set_input_files(photo)
    form.get_by_role("button", name="报送办结", exact=True).click()
    _still(garden)
    expect(garden.locator("#said")).to_contain_text("已报送办结")


def _still(page: Page) -> None:
    """The second look, where it asks, is answered by sending it as it is."""
    anyway = page.get_by_role("button", name="仍然报送")
    expect(anyway.or_(page.locator("#said li"))).to_be_visible()
    if anyway.is_visible():
        anyway.click()


def test_help_comes_late_advice_is_given_and_a_meeting_settles_what_the_bureau_cannot(
    days: Office,
):
    water, schools, parks = (days.person(key) for key in ("water", "schools", "outsider"))
    open_matter(schools, stories.JOINT)
    expect(schools.get_by_role("main")).to_contain_text("已逾期")
    form = begin(schools, "本单位的份已办完")
    form.get_by_label("本单位的份办成了什么").fill("取水口周边三所学校的污水已接管")
    send(form, "本单位的份已办完", "牵头单位能看到")
    open_matter(water, stories.JOINT)
    form = begin(water, "记录配合情况", "市教育局")
    form.get_by_label("逾时反馈").check()
    form.get_by_label("说明").fill("晚了两天，内容齐全")
    send(form, "记录配合情况", "配合情况已记录。")
    expect(water.get_by_role("main")).to_contain_text("逾时反馈，晚了两天")
    _advice(water, parks)
    _a_meeting_settles_it(days)


def _advice(water: Page, parks: Page) -> None:
    form = begin(water, "征求意见")
    choose_unit(form, "征求哪些单位", "市园林中心")
    form.get_by_label("征求什么意见").fill("岸边防护林怎么移")
    send(form, "征求意见", "已征求意见")
    go(parks, "案头")
    item = parks.get_by_role("listitem").filter(has_text=stories.JOINT)
    item.get_by_role("link", name="答复").click()
    parks.get_by_label("意见").fill("移到上游五十米，无其他意见")
    send(parks.locator("#main"), "答复征求意见", "意见已答复。")
    open_matter(water, stories.JOINT)
    expect(water.locator("#slips")).to_contain_text("移到上游五十米")


def _a_meeting_settles_it(days: Office) -> None:
    """From the bureau to the leader in charge, from him to the special meeting, and down again."""
    water, vice, office = (days.person(key) for key in ("water", "vice", "office"))
    form = begin(water, "提请协调")
    form.get_by_label("什么事情本单位定不了").fill("搬迁补偿由哪一级财政出")
    send(form, "提请协调", "已提请协调")
    expect(who_answers(water)).to_have_text("市水利局")
    open_matter(vice, stories.JOINT)
    form = begin(vice, "提请上一级")
    expect(form).to_contain_text("提请专题会议，不能越级")
    form.get_by_label("为什么本级定不了").fill("涉及财政和两个区")
    send(form, "提请上一级", "已提请上一级研究。")
    open_matter(office, stories.JOINT)
    form = begin(office, "答复协调")
    form.get_by_label("怎么定").fill("市级财政承担六成，区里承担四成")
    form.get_by_label("会议纪要文号").fill("云府专纪〔2026〕31号")
    send(form, "答复协调", "协调已答复。")
    open_matter(water, stories.JOINT)
    answer = water.locator("#coordination")
    expect(answer).to_contain_text("市级财政承担六成")
    expect(answer).to_contain_text(re.compile("云府专纪〔2026〕31号"))
