"""The bell that wakes this process's worker at once; other processes look every second."""

from __future__ import annotations

import threading

from django.db import transaction

_rung = threading.Event()


def ring() -> None:
    """The worker of this process looks again now."""
    _rung.set()


def ring_after_commit() -> None:
    """The worker looks again as soon as the transaction stands."""
    transaction.on_commit(ring)


def wait(seconds: float) -> None:
    """Return when the bell was rung, or after `seconds`."""
    _rung.wait(seconds)
    _rung.clear()
