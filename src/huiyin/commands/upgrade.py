"""Bringing the database up to date: copied before it is changed, refused when it is newer than the code."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger import guards

LOCK = 0x6875_6979_696E  # "huiyin": the advisory lock that only one migration holds
Say = Callable[[str], None]


def is_postgres() -> bool:
    """Whether the office's database is PostgreSQL."""
    return connection.vendor == "postgresql"


def pending() -> list[str]:
    """Migrations that the database lacks, as app.name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def unknown() -> list[str]:
    """Migrations that the database has and this version of the program does not know."""
    loader = MigrationExecutor(connection).loader
    labels = {config.label for config in apps.get_app_configs()}
    return sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in labels and (label, name) not in loader.disk_migrations
    )


def bring_up_to_date(say: Say) -> None:
    """The database has every migration and every guard; SQLite was copied first, and where is said."""
    with _alone():
        check_not_newer()
        lacking = pending()
        if lacking:
            copy = copy_sqlite()
            if copy is not None:
                say(f"升级前已备份数据库：{copy}")
            call_command("migrate", verbosity=0, interactive=False)
            say(f"数据库已升级（{len(lacking)}项）。")
        else:
            guards.install()


def check_not_newer() -> None:
    """Refuse a database that a later version of the program has changed."""
    newer = unknown()
    if newer:
        raise Refusal(
            f"数据库由更新版本的程序写过（{'、'.join(newer[:3])}），本版本不能使用。",
            code="database_is_newer",
            next_step="请换用更新版本的程序，或恢复升级前的备份。",
        )


def copy_sqlite() -> Path | None:
    """Where the copy of the SQLite database lies, made by its backup API; None when there is nothing yet."""
    if is_postgres() or not MigrationRecorder(connection).has_table():
        return None
    folder = Path(settings.DATA) / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = clock.now().astimezone(clock.zone())
    copy = folder / f"huiyin-{moment:%Y%m%d-%H%M%S-%f}.sqlite3"
    source = Path(settings.DATABASES["default"]["NAME"])
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
    copy.chmod(0o600)
    return copy


@contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL nobody else migrates meanwhile; on SQLite the file's own lock sees to it."""
    if not is_postgres():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
