"""Everybody can use the main pages: axe finds nothing serious on any of them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import pages_of, visit
from tests.journeys.running import Office

pytestmark = pytest.mark.journey
GRAVE = {"serious", "critical"}


def test_the_main_pages_bar_nobody(living: Office):
    found = {}
    axe = Axe()
    stranger = living.visitor()
    stranger.goto("/sign-in/")
    found["sign in"] = _grave(axe.run(stranger).response)
    for key in ("office", "water", "auditor"):
        page = living.person(key)
        for name, address in pages_of(key):
            visit(page, address)
            found[f"{key}: {name}"] = _grave(axe.run(page).response)
    assert not {name: grave for name, grave in found.items() if grave}


def _grave(response: dict) -> list[tuple[str, list[str]]]:
    """(rule, first elements) of what axe calls serious or critical."""
    return [
        (each["id"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in response["violations"]
        if each["impact"] in GRAVE
    ]
