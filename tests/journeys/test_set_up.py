"""The first set-up: from the token in the terminal to the first signed-in officer."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.running import Office, sign_in

pytestmark = pytest.mark.journey
OWN = "杏花 春雨 江南 42"
HEADS = ("单位名称", "简称", "别名", "上级单位", "类型")
UNITS = (
    ("青禾市水利局", "市水利局", "水利局、水务局", "", "部门"),
    ("青禾市教育局", "市教育局", "教育局、教体局", "", "部门"),
    ("青禾市大数据中心", "", "", "", ""),
)
PEOPLE = (
    ("系统管理员", "高远", "gaoyuan"),
    ("安全管理员", "方慎", "fangshen"),
    ("审计员", "严正", "yanzheng"),
    ("督查员", "周明", "zhouming"),
)


def _table(*rows: tuple[str, ...]) -> dict[str, object]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADS, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "单位名录.xlsx", "mimeType": kind, "buffer": stream.getvalue()}


def test_an_empty_machine_becomes_an_office_and_its_three_administrators_share_the_power(
    empty_office: Office,
):
    page = empty_office.visitor()
    _open_with_the_token(page, empty_office)
    _name_the_office(page)
    _units_from_a_spreadsheet_with_a_bad_row(page)
    passwords = _first_people(page)
    assert "/setup/" not in _where_the_token_leads_now(empty_office)
    _the_sysadmin_makes_an_account(empty_office, passwords["gaoyuan"])
    _the_secadmin_appoints(empty_office, passwords["fangshen"])
    officer = empty_office.visitor()
    _first_sign_in(officer, "zhouming", passwords["zhouming"])
    expect(officer.get_by_role("navigation", name="主导航")).to_contain_text("文件")


def _open_with_the_token(page: Page, office: Office) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="这套系统还没有设立单位")).to_be_visible()
    page.get_by_label("一次性口令").fill("不是这个口令")
    page.get_by_role("button", name="开始设立").click()
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    token = re.search(r"/setup/\?token=(\S+)", office.said)
    assert token, office.said
    page.get_by_label("一次性口令").fill(token[1])
    page.get_by_role("button", name="开始设立").click()


def _name_the_office(page: Page) -> None:
    page.get_by_label("单位全称").fill("青禾市人民政府")
    page.get_by_label("编号简称").fill("青")
    page.get_by_role("button", name="设立", exact=True).click()
    expect(page.get_by_role("heading", name="有哪些单位要办事？")).to_be_visible()


def _units_from_a_spreadsheet_with_a_bad_row(page: Page) -> None:
    bad = ("青禾市体育中心", "", "", "青禾市文化局", "部门")
    page.get_by_label("表格文件").set_input_files(_table(*UNITS, bad))
    page.get_by_role("button", name="下一步").click()
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("一行也没有导入")
    expect(refused).to_contain_text("第 5 行 青禾市体育中心")
    page.get_by_label("表格文件").set_input_files(_table(*UNITS))
    page.get_by_label("或者直接写").fill("")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="谁来管，谁来督？")).to_be_visible()


def _first_people(page: Page) -> dict[str, str]:
    for title, name, username in PEOPLE:
        group = page.get_by_role("group", name=re.compile(f"^{title}")).first
        group.get_by_label("姓名").fill(name)
        group.get_by_label("账号").fill(username)
    page.get_by_role("group", name="审计员").get_by_label("账号").fill("gaoyuan")
    page.get_by_role("button", name="完成设立").click()
    expect(page.get_by_text("每个岗位要由不同的人担任")).to_be_visible()
    page.get_by_role("group", name="审计员").get_by_label("账号").fill("yanzheng")
    page.get_by_role("button", name="完成设立").click()
    expect(page.get_by_role("heading", name="青禾市人民政府的系统设立好了")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(len(PEOPLE))
    cells = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
    assert [row[:3] for row in cells] == [[title, name, user] for title, name, user in PEOPLE]
    return {row[2]: row[3] for row in cells}


def _where_the_token_leads_now(office: Office) -> str:
    page = office.visitor()
    page.goto("/")
    return page.url


def _first_sign_in(page: Page, username: str, initial: str) -> None:
    """An initial password opens nothing but the page on which it is changed."""
    sign_in(page, username, initial)
    page.goto("/units/")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.get_by_label("现在的密码").fill(initial)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一遍新密码").fill(OWN)
    page.get_by_role("button", name="修改", exact=True).click()
    expect(page.get_by_text("密码已经修改")).to_be_visible()


def _the_sysadmin_makes_an_account(office: Office, initial: str) -> None:
    page = office.visitor()
    _first_sign_in(page, "gaoyuan", initial)
    page.goto("/people/")
    page.get_by_role("link", name="开设账号").click()
    page.get_by_label("姓名").fill("沈岚")
    page.get_by_label("账号").fill("shenlan")
    page.get_by_role("button", name="开设", exact=True).click()
    expect(page.get_by_role("heading", name="沈岚的账号已经开好")).to_be_visible()
    page.get_by_role("link", name="看这个账号").click()
    expect(page.get_by_role("button", name="任命")).to_have_count(0)


def _the_secadmin_appoints(office: Office, initial: str) -> None:
    page = office.visitor()
    _first_sign_in(page, "fangshen", initial)
    page.goto("/people/")
    page.get_by_role("link", name="沈岚").click()
    page.get_by_text("任命岗位").click()
    _choose(page, "单位", "青禾市人民政府")
    page.get_by_label("角色").select_option(label="分管领导")
    page.get_by_label("职务").fill("副市长")
    page.get_by_role("button", name="任命", exact=True).click()
    expect(page.get_by_text("副市长").first).to_be_visible()
    page.get_by_text("增加分管或联系的单位").click()
    _choose(page, "单位", "青禾市水利局")
    page.get_by_role("button", name="记下分工").click()
    expect(page.get_by_role("listitem").filter(has_text="市水利局").first).to_contain_text("分管")


def _choose(page: Page, label: str, name: str) -> None:
    """From the type-ahead that stands for a long list."""
    page.get_by_role("combobox", name=label).last.fill(name)
    page.get_by_role("option", name=re.compile(name)).first.click()
