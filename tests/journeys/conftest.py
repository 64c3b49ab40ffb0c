"""Fixtures of the journeys; the tests of one file share an office, and each brings its own people or matter.

office         a running office with the whole cast (`office.person("water")` → a page, signed in)
living         the same with a matter in every main state, a notice to approve, a list to sign for
days           an office half a year old, for the files of the ten days; one for all of them
empty_office   a running installation on an empty database, on SQLite and on PostgreSQL
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from huiyin.commands import machine
from tests.database import started_postgres
from tests.journeys.running import Office, Place, clone, drop_clones

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # milliseconds; a loaded machine is slow, not wrong


@pytest.fixture(scope="session", autouse=True)
def _clones() -> Iterator[None]:
    """No database of a journey stays behind."""
    yield
    drop_clones()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or a skip that says how to install it."""
    program = machine.program(*machine.CHROMIUMS)
    if program is None:
        pytest.skip("本机没有Chromium：apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _database() -> str:
    """A new PostgreSQL database when the tests run on it; "" for SQLite."""
    return clone(os.environ["DATABASE_URL"], "template0") if os.environ.get("DATABASE_URL") else ""


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with nobody in it, which every other begins as a copy of."""
    place = Place(data=tmp_path_factory.mktemp("bare") / "data", database=_database())
    place.prepare()
    return place


@pytest.fixture(scope="session")
def founded(bare: Place, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with the cast, which every office begins as a copy of."""
    place = bare.copied(tmp_path_factory.mktemp("founded") / "data")
    place.found()
    return place


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Callable[[Place], Office]]:
    """Offices that are closed at the end, and of which none may have failed unseen."""
    with _opening(browser) as open_:
        yield open_


@pytest.fixture(scope="session")
def days(
    browser: Browser, bare: Place, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """The office in which the ten days are lived."""
    place = bare.copied(tmp_path_factory.mktemp("days") / "data")
    place.age()
    with _opening(browser) as open_:
        yield open_(place)


@contextmanager
def _opening(browser: Browser) -> Iterator[Callable[[Place], Office]]:
    offices: list[Office] = []

    def open_(place: Place) -> Office:
        office = Office(place=place, browser=browser)
        offices.append(office)
        office.open()
        return office

    yield open_
    for office in offices:
        office.close()
        assert not office.complaints, office.complaints
        for word in ("Traceback", "Internal Server Error", "ERROR"):
            assert word not in office.said, office.said


@pytest.fixture(scope="module")
def office(
    opened: Callable[[Place], Office], founded: Place, tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """The made-up city's office, open for work."""
    return opened(founded.copied(tmp_path_factory.mktemp("office") / "data"))


@pytest.fixture(scope="session")
def lived_in(founded: Place, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation whose people have been at work."""
    place = founded.copied(tmp_path_factory.mktemp("lived") / "data")
    place.live()
    return place


@pytest.fixture(scope="module")
def living(
    opened: Callable[[Place], Office], lived_in: Place, tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """The office in the middle of its work."""
    return opened(lived_in.copied(tmp_path_factory.mktemp("living") / "data"))


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of a PostgreSQL: the one the tests run on, else one of our own."""
    return os.environ.get("DATABASE_URL") or started_postgres()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def empty_office(
    opened: Callable[[Place], Office],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Office:
    """An installation nobody has set up, on each of the two databases."""
    place = Place(data=tmp_path_factory.mktemp("empty"))
    if request.param == "postgres":
        place.database = clone(request.getfixturevalue("postgres"), "template0")
        place.run("migrate")
    return opened(place)
