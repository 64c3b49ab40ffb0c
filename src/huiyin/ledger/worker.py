"""The worker's loop: followers, wanted work, what comes each day, the daily seal.

It runs as a thread within `huiyin serve`, or alone as `huiyin work`. It wakes at once when this
process wants work, and looks every second for what others want.
"""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connections
from django.utils.module_loading import autodiscover_modules

from huiyin.ledger import bell, daily, followers, seal, work

IDLE = 1.0
AFTER_ERROR = 5.0
log = logging.getLogger(__name__)


def run_once() -> bool:
    """One round: events read, one piece of work done, seals taken; whether anything was there to do."""
    read = followers.catch_up()
    daily.want_due()
    did = work.do_next()
    return bool(read or did or seal.take_due())


def load_handlers() -> None:
    """Every feature's `followers.py` and `work.py` is loaded, so that what they register is known."""
    autodiscover_modules("followers", "work")


class Worker(threading.Thread):
    """The loop in a thread; `stop()` lets the piece of work in hand end first."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until stopped; an error is logged and waited out, never the end."""
        load_handlers()
        try:
            self._until_stopped()
        finally:
            connections.close_all()

    def stop(self, timeout: float = 10.0) -> None:
        """The loop has ended, or `timeout` seconds have passed."""
        self._stopping.set()
        bell.ring()
        if self.is_alive():
            self.join(timeout)

    def _until_stopped(self) -> None:
        first = True
        while not self._stopping.is_set():
            close_old_connections()
            try:
                if first:
                    work.release_dead()
                    first = False
                busy = run_once()
            except Exception:
                log.exception("the worker failed and goes on")
                self._stopping.wait(AFTER_ERROR)
                continue
            if not busy and not self._stopping.is_set():
                bell.wait(IDLE)
