"""A unit sees what it answers for; what it may not see answers as if it were not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import living as stories
from tests.journeys.running import Office

pytestmark = pytest.mark.journey
HIDDEN = (
    "/documents/1/",
    "/documents/1/review/",
    "/documents/1/about/",
    "/documents/1/pages/",
    "/documents/1/original/",
    "/matters/3/",
    "/matters/3/do/report-progress/",
    "/evidence/1/",
    "/notices/2/",
    "/notices/2/print/",
    "/lists/1/",
)
HIDDEN_FROM_PROGRAMS = (
    "/api/documents/1",
    "/api/documents/1/text",
    "/api/documents/1/echo",
    "/api/documents/1/passages",
    "/api/matters/3",
    "/api/notices/2",
    "/api/lists/1",
)


def test_an_outsider_finds_nothing_by_page_file_or_program(living: Office):
    office, outsider = living.person("office"), living.person("outsider")
    for address in HIDDEN:
        if "/do/" not in address and "/pages/" not in address:
            assert office.request.get(address).status == 200, address
        assert outsider.request.get(address).status == 404, address
    outsider.goto("/matters/?view=all")
    expect(outsider.get_by_text(stories.UNDER_WAY)).to_have_count(0)
    token = living.place.run("token", "create", "outsider").stdout.strip()
    bearer = {"Authorization": f"Bearer {token}"}
    program = living.visitor()
    for address in HIDDEN_FROM_PROGRAMS:
        assert office.request.get(address).status == 200, address
        assert program.request.get(address, headers=bearer).status == 404, address
        assert program.request.get(address).status == 401, address


def test_water_sees_its_matters_and_not_the_whole_paper(living: Office):
    water = living.person("water")
    water.goto("/matters/?view=all")
    expect(water.locator("table.reg").get_by_role("link", name=stories.UNDER_WAY)).to_be_visible()
    assert water.request.get("/evidence/1/").status == 200
    assert water.request.get("/documents/1/").status == 404
    assert water.request.get("/documents/1/original/").status == 404
