"""Fixtures of every test: the database, the guard against stray writes, the small cast.

actors       office office_head mayor vice water water_head schools outsider auditor sysadmin secadmin
cast         the office itself: cast.jurisdiction, cast.units["water"], cast.users["water"]
signed_in    signed_in("water") -> a test client of that person
road         walks matters of the cast from register to close-out
unguarded    lets a test write to a table directly, to show what verify finds
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from tests import database

from huiyin.ledger import guards

if TYPE_CHECKING:
    from tests.cast import Cast

    from huiyin.actors import Actor
    from huiyin.matters.tests.road import Road

database.choose()


def _without_guards(teardown: Callable[[Any], None]) -> Callable[[Any], None]:
    """Emptying the tables after a transactional test is no use of the product."""

    def run(case: Any) -> None:
        guards.lift()
        teardown(case)
        guards.install()

    return run


TransactionTestCase._fixture_teardown = _without_guards(TransactionTestCase._fixture_teardown)


@pytest.fixture(scope="session", autouse=True)
def _folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files go to a temporary folder; passwords are hashed cheaply."""
    django_settings.FILES = Path(tmp_path_factory.mktemp("files"))
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def speaks_chinese() -> None:
    """Every test begins in the first language, whatever a page asked for in the one before."""
    translation.activate(django_settings.LANGUAGE_CODE)


class _Guarding:
    """The guard of a test, and the way to lift it for a moment."""

    def __init__(self) -> None:
        from tests.guard import Guard

        self.guard = Guard()
        self.lifted = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.lifted:
            return execute(sql, params, many, context)
        return self.guard(execute, sql, params, many, context)


@pytest.fixture(autouse=True)
def stray_writes(request: pytest.FixtureRequest) -> Iterator[_Guarding | None]:
    """Fail a test that wrote office facts without the door."""
    if not {"db", "transactional_db"} & set(
        request.fixturenames
    ) and not request.node.get_closest_marker("django_db"):
        yield None
        return
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    guarding = _Guarding()
    with connection.execute_wrapper(guarding):
        yield guarding
    assert not guarding.guard.strays, guarding.guard.strays


@pytest.fixture
def unguarded(stray_writes: _Guarding) -> Callable[[], AbstractContextManager[None]]:
    """`with unguarded():` writes go past both guards, as somebody with the database's password would."""

    @contextmanager
    def lift() -> Iterator[None]:
        guards.lift()
        stray_writes.lifted = True
        try:
            yield
        finally:
            stray_writes.lifted = False
            guards.install()

    return lift


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need no office come first: the office that the others share stands from then on."""
    items.sort(key=lambda item: "cast" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The office of the cast stands in the database of this session, which every test leaves as it was."""
    from tests.cast import build

    with django_db_blocker.unblock():
        build()
        connection.close()
    yield
    with django_db_blocker.unblock():
        guards.lift()
        call_command("flush", interactive=False, verbosity=0)
        guards.install()


@pytest.fixture
def cast(founded: None, db: None) -> Cast:
    """The office and its people."""
    from tests.cast import build, cast_of

    from huiyin.people.models import Jurisdiction

    office = Jurisdiction.objects.order_by("pk").first()
    return cast_of(office) if office else build()


def _member(key: str) -> Any:
    @pytest.fixture(name=key)
    def member(cast: Cast) -> Actor:
        return cast.actor(key)

    return member


office, office_head, mayor, vice = map(_member, ("office", "office_head", "mayor", "vice"))
water, water_head, schools, outsider = map(_member, ("water", "water_head", "schools", "outsider"))
auditor, sysadmin, secadmin = map(_member, ("auditor", "sysadmin", "secadmin"))


@pytest.fixture
def jurisdiction(cast: Cast) -> Any:
    """The city's own row."""
    return cast.jurisdiction


@pytest.fixture
def road(cast: Cast) -> Road:
    """Walks matters of the cast from register to close-out."""
    from huiyin.matters.tests.road import Road

    return Road(cast)


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A test client in which one of the cast is signed in."""

    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(cast.users[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
