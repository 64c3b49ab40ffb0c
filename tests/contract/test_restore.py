"""Back up, restore, verify; then one byte is changed in the database, and verify says where."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ONE_BYTE = """UPDATE ledger_event SET body = CAST(replace(body, 'notice.issue', 'notice.issuf') AS BLOB)
WHERE position = (SELECT max(position) FROM ledger_event WHERE action = 'notice.issue')"""


def file_of(office) -> Path:
    return Path(office.environment["HUIYIN_DATA"]) / "huiyin.sqlite3"


def restored(office, folder: Path):
    """The office from its backup, made while it may be in use, as docs/operations.md says."""
    there = folder / "restored"
    there.mkdir()
    copy = there / "huiyin.sqlite3"
    with closing(sqlite3.connect(file_of(office))) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
    source = Path(office.environment["HUIYIN_DATA"])
    if (source / "files").exists():
        shutil.copytree(source / "files", there / "files")
    shutil.copy(source / "secret-key", there / "secret-key")
    return replace(office, environment={**office.environment, "HUIYIN_DATA": str(there)})


def write(office, *statements: str) -> None:
    """Somebody with the database's file, past the program and its guards."""
    with closing(sqlite3.connect(file_of(office))) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
        guards = list(triggers.fetchall())
        for name, _sql in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()


if not os.environ.get("DATABASE_URL"):

    @pytest.mark.parametrize(
        ("statement", "where"),
        [
            ("UPDATE matters_matter SET due_on = date(due_on, '+1 day') WHERE id = 1", "due_on"),
            ("UPDATE matters_baseline SET due_on = date(due_on, '+9 day') WHERE id = 1", "due_on"),
            (ONE_BYTE, "notice.issue"),
            (
                "DELETE FROM ledger_event WHERE position = (SELECT max(position) FROM ledger_event)",
                "链头",
            ),
        ],
    )
    def test_a_restored_office_is_whole_and_one_byte_is_found(
        rival_office, tmp_path, statement, where
    ):
        rival_office.stage("many")
        office = restored(rival_office, tmp_path)
        assert office.faults() == ""
        assert office.told("states") == rival_office.told("states")
        write(office, statement)
        assert where in office.faults()
        assert rival_office.faults() == ""
