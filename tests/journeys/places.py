"""The main pages of the living office, by who opens them."""

from __future__ import annotations

from playwright.sync_api import Page

OFFICE = (
    ("desk", "/desk/"),
    ("documents", "/documents/"),
    ("echo", "/documents/1/"),
    ("review", "/documents/1/review/"),
    ("about a document", "/documents/1/about/"),
    ("instructions", "/instructions/"),
    ("new instruction", "/instructions/new/"),
    ("register", "/matters/?view=all"),
    ("dispatch", "/dispatch/"),
    ("own initiative", "/matters/new/"),
    ("matter under way", "/matters/3/"),
    ("matter submitted", "/matters/4/"),
    ("settle", "/matters/4/do/settle/"),
    ("matter closed", "/matters/5/"),
    ("notices", "/notices/"),
    ("notice", "/notices/1/"),
    ("notice issued", "/notices/2/"),
    ("print page", "/notices/2/print/"),
    ("verification", "/verification/"),
    ("units", "/units/"),
    ("people", "/people/"),
    ("rules", "/settings/rules/"),
)
UNIT = (
    ("desk", "/desk/"),
    ("register", "/matters/?view=all"),
    ("matter", "/matters/3/"),
    ("report", "/matters/3/do/report-progress/"),
    ("plan", "/matters/3/do/set-plan/"),
    ("lists", "/lists/"),
    ("list", "/lists/1/"),
)
AUDITOR = (("audit", "/audit/"), ("event", "/audit/events/3/"))


def pages_of(key: str) -> tuple[tuple[str, str], ...]:
    """(name, address) of the pages one of the cast works with."""
    return {"office": OFFICE, "water": UNIT, "auditor": AUDITOR}[key]


def visit(page: Page, address: str) -> None:
    """The page is there, and it is the one that was asked for."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, (address, answer.status)
