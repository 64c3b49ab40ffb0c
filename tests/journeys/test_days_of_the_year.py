"""The office starts in mid-year with what others kept, puts its register in order, and hands it over at the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from huiyin.web.format import day
from tests.journeys import days as stories
from tests.journeys.doing import begin, go, later, open_matter, send, today
from tests.journeys.running import Office

pytestmark = pytest.mark.journey
HEAD = "编号\t事项\t牵头单位\t状态\t完成时限\t进度\t进展情况\t办结日期"
ROWS = (
    f"7\t东门桥加固\t市水利局\t办理中\t{later(60)}\t60%\t桥墩已加固\t",
    f"8\t校车站点调整\t市教育局\t已办结\t{later(-40)}\t100%\t\t{later(-50)}",
)
WRONG, MENDED = (
    "9\t绿道补植\t市园材中心\t办理中\t尽快\t\t\t",
    (f"9\t绿道补植\t市园林中心\t办理中\t{later(20)}\t\t\t"),
)


def test_a_running_register_is_taken_over_put_in_order_and_handed_over_as_a_sheet(days: Office):
    office = days.person("office")
    _take_over(office)
    _one_of_two(office)
    _two_of_one(office)
    _its_clock_runs_again(office)
    _the_sheet_of_the_year(office)


def _take_over(page: Page) -> None:
    go(page, "台账")
    page.get_by_role("link", name="接管台账").click()
    page.get_by_label("台账名称").fill("督办台账")
    page.get_by_label("依据").fill("办公室主任会决定")
    pasted = page.get_by_label("或者从表格里粘贴")
    pasted.fill("\n".join([HEAD, *ROWS, WRONG]))
    page.get_by_role("button", name="先看看认得出多少").click()
    expect(page.get_by_role("main")).to_contain_text("共 3 行，1 行要改")
    bad = page.get_by_role("row").filter(has_text="绿道补植")
    expect(bad).to_contain_text("市园材中心")
    expect(bad).to_contain_text("尽快")
    pasted.fill("\n".join([HEAD, *ROWS, MENDED]))
    page.get_by_role("button", name="先看看认得出多少").click()
    page.get_by_role("button", name="接管 3 件").click()
    expect(page.locator("#said")).to_contain_text("已接管 3 件。")
    open_matter(page, "东门桥加固")
    expect(page.get_by_role("main")).to_contain_text("既有台账接管")
    expect(page.get_by_role("main")).to_contain_text("桥墩已加固")


def _one_of_two(page: Page) -> None:
    open_matter(page, stories.TWIN)
    form = begin(page, "合并")
    box = form.get_by_role("combobox", name="并入哪一件")
    box.fill(stories.KEPT)
    page.get_by_role("option", name=stories.KEPT).click()
    form.get_by_label("合并的理由").fill("同一处围栏")
    send(form, "合并", "已并入")
    expect(page.locator(".now .u")).to_have_text("没有")
    page.get_by_role("link", name=stories.KEPT).first.click()
    expect(page.locator("#trail")).to_contain_text("并入本件")


def _two_of_one(page: Page) -> None:
    open_matter(page, stories.SPLIT)
    form = begin(page, "拆分")
    rows = (("云溪市水利局", "水务大厅直饮水改造"), ("云溪市教育局", "学校直饮水改造"))
    for place, (unit, title) in enumerate(rows):
        form.get_by_label("牵头单位", exact=True).nth(place).fill(unit)
        form.get_by_label("事项名称", exact=True).nth(place).fill(title)
    form.get_by_label("拆分的理由").fill("学校部分由教育局直接办更快")
    send(form, "拆分", "已拆分")
    for _unit, title in rows:
        expect(page.get_by_role("link", name=title)).to_be_visible()


def _its_clock_runs_again(page: Page) -> None:
    """The due day has moved by the days the clock stood; the first one stays in sight."""
    open_matter(page, stories.STOPPED)
    form = begin(page, "恢复办理")
    form.get_by_label("恢复的理由").fill("环评已批复")
    send(form, "恢复办理", "中止的天数已经补回")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="时限"))
    expect(row.get_by_role("cell").first).to_contain_text(day(later(40), today=today()))
    moved = later(40 + stories.STOOD)
    expect(row.get_by_role("cell").last).to_contain_text(day(moved, today=today()))


def _the_sheet_of_the_year(page: Page) -> None:
    """What stands in the register stands in the file, row by row."""
    go(page, "台账")
    page.get_by_role("navigation", name="视图").get_by_role("link", name="全部").click()
    page.wait_for_url("**/matters/?view=all")  # the whole page, not the part that has come so far
    shown = page.locator("table.reg td.m1 a").all_inner_texts()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"导出这 {len(shown)} 件").click()
    sheet = CalamineWorkbook.from_path(waiting.value.path()).get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(sheet) if "事项" in row)
    column = sheet[head].index("事项")
    assert sorted(str(row[column]) for row in sheet[head + 1 :] if row[column]) == sorted(shown)
    assert {"东门桥加固", stories.STOPPED, "学校直饮水改造"} <= set(shown)
