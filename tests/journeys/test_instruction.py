"""A leader's instruction is registered, dispatched and waiting at the unit after one screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.running import Office

pytestmark = pytest.mark.journey
WORDS = "请水利局牵头，一周内查清城南供水水压不足的原因，提出整改办法。"


def test_an_instruction_is_dispatched_with_three_fields_and_one_button(office: Office):
    page = office.person("office")
    page.goto("/documents/")
    page.get_by_role("link", name="登记批示").click()
    page.get_by_label("批示领导").select_option(label="罗文山　市长")
    page.get_by_label("批示原话").fill(WORDS)
    page.get_by_role("combobox", name="牵头单位").fill("水利局")
    page.get_by_role("option", name="市水利局").click()
    expect(page.get_by_text("批示写明“一周内”，自批示之日起算")).to_be_visible()
    page.get_by_role("button", name="登记并交办").click()
    expect(page.get_by_text("批示已登记，督办通知已印发。")).to_be_visible()
    expect(page.get_by_text(re.compile(r"云督〔20\d\d〕1号")).first).to_be_visible()
    water = office.person("water")
    water.goto("/lists/")
    water.get_by_role("link", name="打开").click()
    expect(water.get_by_role("listitem").filter(has_text=WORDS)).to_be_visible()
    page.goto("/instructions/")
    expect(page.get_by_role("listitem").filter(has_text=WORDS)).to_contain_text("罗文山")
