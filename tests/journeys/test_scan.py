"""A scan has no words to read: it is shown page by page, and what it demands is typed beside it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import papers
from tests.journeys.running import Office

pytestmark = pytest.mark.journey
DEMANDS = ("请水利局尽快修好城北泵站。", "教育局要在年底前查清校园饮水。")


def test_the_demands_of_a_scan_are_typed_beside_its_pages_and_registered(office: Office):
    page = office.person("office")
    page.goto("/documents/")
    page.get_by_label("选文件").set_input_files(papers.scan())
    page.locator("#documents").get_by_role("link", name="手写批示扫描件").click()
    page.wait_for_url("**/pages/")  # opened by itself once the pages are counted
    for number, words in enumerate(DEMANDS, start=1):
        expect(page.get_by_role("heading", name=f"第 {number} 页，共 2 页")).to_be_visible()
        picture = page.get_by_role("img", name=f"第 {number} 页的图像")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
        page.get_by_label("照原文录入").fill(words)
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
        if number == 1:
            page.get_by_role("link", name="下一页").click()
    page.get_by_role("link", name="核对").first.click()
    page.wait_for_url(re.compile("/review/"))
    expect(page.locator(".rt")).to_contain_text(DEMANDS[1])
