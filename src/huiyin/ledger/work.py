"""Wanted work: what takes over a second is a row that the worker takes, does, and ticks off.

The row is wanted in the same transaction as the event that wants it, so neither is lost. A worker
holds it by a lease that it renews; what a kill interrupted is taken again. So work is idempotent:
done twice, it must come to the same.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger import bell
from huiyin.ledger.models import WantedWork

Handler = Callable[[int, int], None]
"""Called with the subject's id and the jurisdiction's."""

LEASE = timedelta(seconds=60)
RENEW = 20.0
FAILURES = 3
State = WantedWork.State
log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}


def works(kind: str) -> Callable[[Handler], Handler]:
    """Register what does the work of a kind."""

    def register(handler: Handler) -> Handler:
        if kind in _handlers:
            raise RuntimeError(f"two handlers do {kind}")
        _handlers[kind] = handler
        return handler

    return register


def registered() -> Mapping[str, Handler]:
    """Every handler by the kind of work it does."""
    return dict(_handlers)


def want(kind: str, subject_id: int, jurisdiction_id: int) -> None:
    """The work stands in the queue once; wanted again while it is being done, it is done again."""
    row, created = WantedWork.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        defaults={"jurisdiction_id": jurisdiction_id, "wanted_at": clock.now()},
    )
    if not created:
        changes = {"wanted_at": clock.now(), "failures": 0, "reason": ""}
        rows = WantedWork.objects.filter(pk=row.pk)
        if not rows.filter(state=State.TAKEN).update(**changes):
            rows.update(**changes, state=State.WANTED, leased_until=None)
    bell.ring_after_commit()


def unfinished(kind: str, subject_ids: Iterable[int]) -> dict[int, WantedWork]:
    """Work of a kind that is not done yet or has failed, by subject."""
    rows = WantedWork.objects.filter(kind=kind, subject_id__in=list(subject_ids))
    return {row.subject_id: row for row in rows.exclude(state=State.DONE)}


def failed() -> list[WantedWork]:
    """Work that was given up, each with its reason, oldest first."""
    return list(WantedWork.objects.filter(state=State.FAILED).order_by("wanted_at", "pk"))


def do_next() -> bool:
    """One piece of work was taken and ended, well or badly; False when there was none to take."""
    row = _take()
    if row is None:
        return False
    try:
        with _renewing(row.pk):
            _handlers[row.kind](row.subject_id, row.jurisdiction_id)
    except Refusal as refusal:
        _end(row, State.FAILED, reason=str(refusal.sentence))
    except Exception as error:
        log.exception("%s %s failed", row.kind, row.subject_id)
        _end_badly(row, error)
    else:
        _end(row, State.DONE)
    return True


def do_all() -> int:
    """Everything that can be done now is done; how many pieces (for tests and the demo)."""
    count = 0
    while do_next():
        count += 1
    return count


def release_dead() -> int:
    """Work held by a process of this machine that is no longer alive is wanted again; how much."""
    held = WantedWork.objects.filter(state=State.TAKEN, taken_by__startswith=f"{_machine()}:")
    dead = [row.pk for row in held if not _alive(int(row.taken_by.rpartition(":")[2]))]
    return WantedWork.objects.filter(pk__in=dead, state=State.TAKEN).update(
        state=State.WANTED, leased_until=None
    )


def _take() -> WantedWork | None:
    """The work wanted longest that we know how to do, now leased to this process."""
    now = clock.now()
    free = Q(state=State.WANTED) & (Q(leased_until=None) | Q(leased_until__lte=now))
    left = Q(state=State.TAKEN, leased_until__lte=now)
    wanted = WantedWork.objects.filter(free | left, kind__in=_handlers).order_by("wanted_at", "pk")
    if not wanted.exists():  # asked without a transaction, since it is asked every second
        return None
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        row = wanted.select_for_update(skip_locked=skip).first()
        if row is not None:
            row.state, row.leased_until, row.taken_by = State.TAKEN, now + LEASE, _holder()
            row.save(update_fields=["state", "leased_until", "taken_by"])
        return row


def _end(row: WantedWork, state: str, *, reason: str = "") -> None:
    """The row says how it ended, unless the work was wanted anew in the meantime."""
    mine = WantedWork.objects.filter(pk=row.pk, state=State.TAKEN, taken_by=_holder())
    ended = mine.filter(wanted_at=row.wanted_at).update(
        state=state, reason=reason, leased_until=None, taken_by=""
    )
    if not ended:
        mine.update(state=State.WANTED, leased_until=None, taken_by="")


def _end_badly(row: WantedWork, error: Exception) -> None:
    """Three failures, each waiting longer; then it stands as failed, with the reason."""
    failures = row.failures + 1
    reason = f"{type(error).__name__}: {error}"[:2000]
    if failures >= FAILURES:
        WantedWork.objects.filter(pk=row.pk).update(failures=failures)
        _end(row, State.FAILED, reason=reason)
        return
    WantedWork.objects.filter(pk=row.pk, taken_by=_holder()).update(
        state=State.WANTED,
        failures=failures,
        reason=reason,
        leased_until=clock.now() + timedelta(seconds=5**failures),
        taken_by="",
    )


@contextmanager
def _renewing(pk: int) -> Iterator[None]:
    """The lease is renewed from a thread for as long as the block runs."""
    done = threading.Event()

    def renew() -> None:
        with suppress(Exception):  # a lease not renewed costs a repetition, nothing else
            while not done.wait(RENEW):
                WantedWork.objects.filter(pk=pk, state=State.TAKEN).update(
                    leased_until=clock.now() + LEASE
                )
        connection.close()

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(1)


def _machine() -> str:
    return socket.gethostname()[:60].replace(":", "-")


def _holder() -> str:
    return f"{_machine()}:{os.getpid()}"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()  # taken by an earlier process that had our number
