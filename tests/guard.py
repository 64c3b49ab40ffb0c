"""Finds stray writes: office facts change inside the door only, the ledger likewise, and so on.

Every table of ours is declared (`kept`); this refuses, at the connection, a write that breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps

from huiyin.door import performing
from huiyin.ledger.followers import following
from huiyin.ledger.models import Kept

WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE
)
INSIDE = frozenset({Kept.OFFICE_FACT, Kept.LEDGER})


class StrayWrite(AssertionError):
    """A table of office facts was written without the door."""


def kept_by_table() -> dict[str, Kept]:
    """Table -> how it is written, for every model of ours and the tables between them."""
    found: dict[str, Kept] = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("huiyin."):
            found[model._meta.db_table] = getattr(model, "kept", Kept.OFFICE_FACT)
    return found


class Guard:
    """An execute_wrapper; `strays` lists what it refused, so that no `except` can hide it."""

    def __init__(self) -> None:
        self.tables = kept_by_table()
        self.strays: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self._look(sql)
        return execute(sql, params, many, context)

    def _look(self, sql: str) -> None:
        match = WRITE.match(sql)
        kept = self.tables.get(match[1]) if match else None
        stray = kept in INSIDE and not performing() and not self._seal(match[1] if match else "")
        if stray or (kept == Kept.PROJECTION and not following()):
            self.strays.append(sql[:120])
            raise StrayWrite(f"written past the door or its follower: {sql[:120]}")

    @staticmethod
    def _seal(table: str) -> bool:
        """A seal is taken by the worker, not by a verb; the append-only guard protects it."""
        return table == "ledger_seal"
