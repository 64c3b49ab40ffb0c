"""`migrate`, after which the append-only guards are always in place."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from huiyin.ledger import guards


class Command(Migrate):
    """Migrate as Django does, then (re)install the guards."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if guards.TEXTS in connection.introspection.table_names():
            guards.install()
