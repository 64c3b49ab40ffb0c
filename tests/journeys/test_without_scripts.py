"""Where no script runs the work still goes on: plain forms, plain answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import living as stories
from tests.journeys.running import Office

pytestmark = pytest.mark.journey


def test_signing_reporting_and_settling_need_no_script(living: Office, tmp_path: Path):
    water = living.person("water", java_script_enabled=False)
    water.goto("/lists/")
    water.get_by_role("link", name="打开").first.click()
    water.get_by_role("button", name=re.compile("签收这")).click()
    expect(water.get_by_text("已签收").first).to_be_visible()
    water.goto("/matters/?view=all")
    water.locator("table.reg").get_by_role("link", name=stories.UNDER_WAY).click()
    water.get_by_role("listitem").filter(has_text="反馈进展").get_by_role("link").click()
    water.get_by_label("这一段做了什么").fill("三段已开工两段")
    water.get_by_label("完成进度").fill("40")
    photo = tmp_path / "开工单.txt"
    photo.write_text("开工单", "utf-8")
    water.locator("input[type=file]").set_input_files(photo)
    water.get_by_role("button", name="反馈进展").click()
    expect(water.get_by_text("进展已反馈。")).to_be_visible()
    expect(water.get_by_role("link", name="开工单.txt")).to_be_visible()
    office = living.person("office", java_script_enabled=False)
    office.goto("/verification/")
    office.get_by_role("listitem").filter(has_text=stories.SUBMITTED).get_by_role(
        "link", name="去核查"
    ).click()
    office.get_by_role("listitem").filter(has_text="核查并销号").get_by_role("link").click()
    office.get_by_label("看到了什么").fill("现场查看，检修到位")
    office.get_by_role("button", name="核查并销号").click()
    expect(office.get_by_text("已核查、销号，答复已签发。")).to_be_visible()
