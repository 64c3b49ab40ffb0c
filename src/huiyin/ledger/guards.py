"""Append-only guards: triggers that refuse to change or remove what the ledger holds.

Installed by one idempotent function after every migration, since a table rebuild on SQLite drops
triggers; `verify` and `doctor` fail when one is missing.
"""

from __future__ import annotations

from django.db import connection

FROZEN = ("ledger_event", "ledger_seal")
TEXTS = "ledger_eventtext"
REFUSAL = "the ledger is append-only"


def _sqlite() -> dict[str, tuple[str, str]]:
    """Trigger name -> (table, statement) for SQLite."""
    found: dict[str, tuple[str, str]] = {}
    for table in FROZEN:
        for verb in ("UPDATE", "DELETE"):
            found[f"{table}_no_{verb.lower()}"] = (table, _abort(f"BEFORE {verb} ON {table}"))
    found[f"{TEXTS}_no_delete"] = (TEXTS, _abort(f"BEFORE DELETE ON {TEXTS}"))
    changed = "NEW.text IS NOT NULL OR NEW.salt IS NOT OLD.salt OR NEW.field IS NOT OLD.field OR NEW.event_id IS NOT OLD.event_id"
    found[f"{TEXTS}_only_withdrawn"] = (TEXTS, _abort(f"BEFORE UPDATE ON {TEXTS} WHEN {changed}"))
    return found


def _abort(clause: str) -> str:
    return f"{clause} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _postgres() -> dict[str, tuple[str, str]]:
    """Trigger name -> (table, statement) for PostgreSQL, TRUNCATE included."""
    run = "EXECUTE FUNCTION huiyin_append_only()"
    found: dict[str, tuple[str, str]] = {}
    for table in FROZEN:
        found[f"{table}_no_change"] = (
            table,
            f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        )
    changed = (
        "NEW.text IS NOT NULL OR NEW.salt IS DISTINCT FROM OLD.salt"
        " OR NEW.field IS DISTINCT FROM OLD.field OR NEW.event_id IS DISTINCT FROM OLD.event_id"
    )
    found[f"{TEXTS}_no_delete"] = (TEXTS, f"BEFORE DELETE ON {TEXTS} FOR EACH ROW {run}")
    found[f"{TEXTS}_only_withdrawn"] = (
        TEXTS,
        f"BEFORE UPDATE ON {TEXTS} FOR EACH ROW WHEN ({changed}) {run}",
    )
    for table in (*FROZEN, TEXTS):
        found[f"{table}_no_truncate"] = (
            table,
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
        )
    return found


def expected() -> dict[str, tuple[str, str]]:
    """Every guard this database must have: name -> (table, definition)."""
    return _postgres() if connection.vendor == "postgresql" else _sqlite()


def installed() -> set[str]:
    """Names of the triggers the database has now."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing() -> list[str]:
    """Guards that should be there and are not."""
    return sorted(set(expected()) - installed())


def install() -> None:
    """Every guard is in place; those that were there already are left."""
    lacking = missing()
    if not lacking:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION huiyin_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
            )
        for name in lacking:
            cursor.execute(f"CREATE TRIGGER {name} {expected()[name][1]}")
