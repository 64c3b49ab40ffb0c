"""What people do on a page, by role and name: find a matter, begin a verb, fill it in, send it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The day it is in the office."""
    return datetime.now(ZONE).date()


def later(days: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=days)


def go(page: Page, place: str) -> None:
    """A click on the navigation, at the head of the page or at the foot of a telephone."""
    links = page.get_by_role("navigation").get_by_role("link", name=place, exact=True)
    links.locator("visible=true").first.click()


def instruct(page: Page, words: str, due: date) -> None:
    """The mayor's words are registered and dispatched to the water bureau on one screen."""
    go(page, "文件")
    page.get_by_role("link", name="登记批示").click()
    page.get_by_label("批示领导").select_option(label="罗文山　市长")
    page.get_by_label("批示原话").fill(words)
    choose_unit(page.locator("#main"), "牵头单位", "市水利局")
    page.get_by_label("办结时限").fill(str(due))
    page.get_by_role("button", name="登记并交办").click()
    expect(page.locator("#said")).to_contain_text("督办通知已印发")


def open_matter(page: Page, title: str) -> None:
    """The page of the matter, found in the register."""
    go(page, "台账")
    page.get_by_role("navigation", name="视图").get_by_role("link", name="全部").click()
    page.get_by_role("table").get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def offered(page: Page, label: str, unit: str = "") -> Locator:
    """The line of a verb, on the main road or behind `其他办理`."""
    name = page.locator("span:first-child").filter(has_text=re.compile(f"^{re.escape(label)}$"))
    lines = page.locator("ul.verbs > li").filter(has=name)
    line = (lines.filter(has_text=unit) if unit else lines).first
    expect(line).to_be_attached()
    if not line.is_visible():
        page.get_by_text("其他办理").click()
    return line


def begin(page: Page, label: str, unit: str = "") -> Locator:
    """The form of a verb: opened in its line, or on its page."""
    line = offered(page, label, unit)
    if line.locator("summary").count():
        line.locator("summary").click()
        return line
    line.get_by_role("link").click()
    page.wait_for_url(lambda url: "/do/" in url or "/parts/" in url)
    return page.locator("#main")


def send(form: Locator, button: str, said: str) -> None:
    """The form is sent, and the page says what is done."""
    form.get_by_role("button", name=button, exact=True).click()
    expect(form.page.locator("#said")).to_contain_text(said)


def choose_unit(form: Locator, label: str, unit: str) -> None:
    """A unit found by a part of its name."""
    box = form.get_by_role("combobox", name=label)
    box.fill(unit)
    form.page.get_by_role("option", name=unit).first.click()


def who_answers(page: Page) -> Locator:
    """The one unit or post that the page names."""
    names = page.locator(".now .u")
    expect(names).to_have_count(1)
    return names


def sign_for(page: Page, title: str) -> None:
    """The unit signs for the list on which the matter stands, and is back at the matter."""
    open_matter(page, title)
    offered(page, "签收").get_by_role("link").click()
    page.get_by_role("button", name="签收这").click()
    expect(page.locator("#said")).to_contain_text("已签收")
    page.get_by_role("listitem").filter(has_text=title).get_by_role("link").first.click()
