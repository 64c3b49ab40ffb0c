"""How a database is brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from huiyin.commands import upgrade
from huiyin.errors import Refusal
from huiyin.ledger import guards

pytestmark = pytest.mark.django_db


def test_a_database_that_is_up_to_date_lacks_nothing():
    assert upgrade.pending() == []
    assert upgrade.unknown() == []


def test_a_database_newer_than_the_program_is_refused():
    MigrationRecorder(connection).record_applied("ledger", "9999_from_the_future")
    assert upgrade.unknown() == ["ledger.9999_from_the_future"]
    with pytest.raises(Refusal) as refused:
        upgrade.bring_up_to_date(lambda line: None)
    assert refused.value.code == "database_is_newer"


def test_a_guard_that_was_dropped_is_there_again_after_an_upgrade():
    guards.lift()
    upgrade.bring_up_to_date(lambda line: None)
    assert guards.missing() == []


def test_a_sqlite_database_is_copied_whole_before_it_is_changed(tmp_path, settings, monkeypatch):
    source = tmp_path / "huiyin.sqlite3"
    with closing(sqlite3.connect(source)) as database:
        database.execute("CREATE TABLE word (text)")
        database.execute("INSERT INTO word VALUES ('年底前完成')")
        database.commit()
    settings.DATA = tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", source)
    monkeypatch.setattr(upgrade, "is_postgres", lambda: False)
    copy = upgrade.copy_sqlite()
    assert copy.parent == tmp_path / "backups"
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT text FROM word").fetchall() == [("年底前完成",)]


def test_nothing_is_copied_on_postgres_where_backups_are_the_administrators(monkeypatch):
    monkeypatch.setattr(upgrade, "is_postgres", lambda: True)
    assert upgrade.copy_sqlite() is None
