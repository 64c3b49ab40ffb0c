"""On a telephone: the leader approves, the liaison officer signs, and no page slides sideways."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.places import pages_of, visit
from tests.journeys.running import PHONE, Office

pytestmark = pytest.mark.journey
TOO_WIDE = """() => {
  const width = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map(each => each.tagName + "." + each.className);
}"""


def test_the_leader_approves_and_the_liaison_officer_signs_on_a_telephone(living: Office):
    leader = living.person("vice", viewport=PHONE)
    leader.goto("/notices/?view=proposed")
    leader.locator("main table").get_by_role("link").first.click()
    leader.get_by_role("button", name=re.compile("批准这")).click()
    expect(leader.get_by_text("已批准。")).to_be_visible()
    liaison = living.person("water", viewport=PHONE)
    liaison.goto("/lists/")
    liaison.get_by_role("link", name="打开").first.click()
    liaison.get_by_role("button", name=re.compile("签收这")).click()
    expect(liaison.get_by_text("已签收").first).to_be_visible()


def test_no_main_page_slides_sideways_on_a_telephone(living: Office):
    stranger = living.visitor(PHONE)
    visit(stranger, "/sign-in/")
    wide = {("stranger", "sign in"): found} if (found := _too_wide(stranger)) else {}
    for key in ("office", "water", "auditor"):
        page = living.person(key, viewport=PHONE)
        for name, address in pages_of(key):
            visit(page, address)
            if found := _too_wide(page):
                wide[key, name] = found
    assert not wide


def _too_wide(page: Page) -> list[str]:
    found: list[str] = page.evaluate(TOO_WIDE)
    return found
