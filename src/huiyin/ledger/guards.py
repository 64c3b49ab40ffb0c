"""Append-only guards: triggers that refuse to change or remove what the ledger holds.

Installed by one idempotent function after every migration, since a table rebuild on SQLite drops
triggers; `verify` and `doctor` fail when one is missing or is not the one that we install.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

FROZEN = ("ledger_event", "ledger_seal")
TEXTS = "ledger_eventtext"
HEADS = "ledger_chainhead"
REFUSAL = "the ledger is append-only"
FUNCTION = "huiyin_append_only"
FUNCTION_BODY = f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END"


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger: the table it stands on, what it refuses, and for which rows."""

    name: str
    table: str
    verb: str
    when: str = ""
    each: str = "ROW"

    @property
    def sql(self) -> str:
        """Its definition in the language of the database at hand."""
        when = f" WHEN ({self.when})" if self.when else ""
        if connection.vendor == "postgresql":
            run = f"FOR EACH {self.each}{when} EXECUTE FUNCTION {FUNCTION}()"
            return f"CREATE TRIGGER {self.name} BEFORE {self.verb} ON {self.table} {run}"
        run = f"{when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return f"CREATE TRIGGER {self.name} BEFORE {self.verb} ON {self.table}{run}"


def frozen() -> list[str]:
    """Tables whose rows never change: the ledger's own, and those whose model says `append_only`."""
    models = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    there = set(connection.introspection.table_names())
    return [*FROZEN, *(m._meta.db_table for m in models if m._meta.db_table in there)]


def expected() -> list[Guard]:
    """Every guard this database must have."""
    postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    # A text is withdrawn by emptying it and its salt together; nothing else of it ever changes.
    changed = " OR ".join(
        [
            "NEW.text IS NOT NULL",
            "length(NEW.salt) > 0",
            f"NEW.field {differs} OLD.field",
            f"NEW.event_id {differs} OLD.event_id",
        ]
    )
    moved_back = " OR ".join(
        [
            "NEW.position < OLD.position",
            f"NEW.uid {differs} OLD.uid",
            f"NEW.is_demo {differs} OLD.is_demo",
        ]
    )
    found = [
        Guard(f"{table}_no_{verb.lower()}", table, verb)
        for table in frozen()
        for verb in ("UPDATE", "DELETE")
    ]
    found += [
        Guard(f"{TEXTS}_no_delete", TEXTS, "DELETE"),
        Guard(f"{TEXTS}_only_withdrawn", TEXTS, "UPDATE", when=changed),
        Guard(f"{HEADS}_no_delete", HEADS, "DELETE"),
        Guard(f"{HEADS}_only_forward", HEADS, "UPDATE", when=moved_back),
    ]
    if postgres:
        found += [
            Guard(f"{table}_no_truncate", table, "TRUNCATE", each="STATEMENT")
            for table in (*frozen(), TEXTS, HEADS)
        ]
    return found


def missing() -> list[str]:
    """Names of guards that are not there, or not as we install them."""
    standing = (
        _standing_on_postgres() if connection.vendor == "postgresql" else _standing_on_sqlite()
    )
    return sorted(guard.name for guard in expected() if not _stands(guard, standing))


def _stands(guard: Guard, standing: dict[str, str]) -> bool:
    found = standing.get(guard.name)
    if connection.vendor == "postgresql":
        return found == guard.table
    return found == guard.sql


def _standing_on_sqlite() -> dict[str, str]:
    """Trigger -> its definition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _standing_on_postgres() -> dict[str, str]:
    """Trigger -> its table, for those that are enabled and run our function unchanged."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND p.proname = %s AND p.prosrc = %s",
            [FUNCTION, f" {FUNCTION_BODY} "],
        )
        return dict(cursor.fetchall())


def install() -> None:
    """Every guard is in place as defined here; those that were are left."""
    lacking = set(missing())
    if not lacking:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ {FUNCTION_BODY} $$"
            )
        for guard in expected():
            if guard.name in lacking:
                cursor.execute(_drop(guard))
                cursor.execute(guard.sql)


def _drop(guard: Guard) -> str:
    table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{table}"


def lift() -> None:
    """No guard is in place. For tests alone: nothing of the product calls it."""
    with connection.cursor() as cursor:
        for guard in expected():
            cursor.execute(_drop(guard))
