"""Reading the database as it stood at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Every read in the block sees the same moment, and nobody who writes waits for it.

    Within a transaction (a verb, a test) the block adds nothing: that transaction decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        yield from _deferred()


def _deferred() -> Iterator[None]:
    """On SQLite: Django's own transactions begin as writers (IMMEDIATE), this one as a reader."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
