"""The outermost call: its transaction and locks, repeats, rivals, and a jurisdiction's first event."""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor, machine
from huiyin.door import asking, running
from huiyin.door.running import Moved, Performance
from huiyin.door.verbs import Action, Ask, Done, P, S
from huiyin.errors import Conflict, Refusal
from huiyin.ledger import store, values
from huiyin.ledger.models import ChainHead, Event, OfficeFact
from huiyin.proof import canonical

RETRIES = 3
RIVALS = (
    "a_request_is_kept_once",
    "event_positions_are_unique",
    "the_chain_cannot_fork",
    "ledger_event.",
)
"""Constraints that a rival's commit trips: what it did is found on the next attempt."""
BUSY_STATES = frozenset({"40P01", "40001", "55P03"})
"""SQLSTATE of deadlock, serialisation failure and lock timeout."""
UNIQUE_VIOLATION = "23505"
KEY = re.compile(r"[A-Za-z0-9._:\-]{1,120}\Z")
log = logging.getLogger(__name__)


def perform(
    verb: Action[S, P], subject_id: int, actor: Actor, ask: Ask, /, *args: P.args, **given: P.kwargs
) -> Done:
    """The verb is done and its event stands in the ledger, or a Refusal was raised and nothing changed.

    Deadlocks, busy databases and rivals are met by trying again, three times; a key seen before
    returns what was done then. Raises Forbidden, NotFound, Stale, Conflict or another Refusal.
    """
    running.by_name_only(args)
    digest = values.digest(verb.name, subject_id, given)

    def attempt(performance: Performance) -> Done:
        subject = _locked(performance, verb, subject_id, actor, given)
        earlier = Event.objects.filter(
            jurisdiction_id=actor.jurisdiction_id, request=ask.key
        ).first()
        if earlier is not None:
            return _repeat(earlier, verb, actor, digest)
        _check_clock(actor)
        performance.at = clock.now()  # after the wait for the lock, so that time follows the chain
        done = running.run(
            performance, verb, subject, actor, key=ask.key, given=given, seen=ask.seen
        )
        return _appended(performance, actor.jurisdiction_id, done)

    return _in_transaction(ask, attempt)


def found(
    verb: Action[S, P], jurisdiction: S, ask: Ask, /, *args: P.args, **given: P.kwargs
) -> Done:
    """A new jurisdiction is saved, its chain stands at its genesis, and `verb` is its first event.

    The actor is the machine `set_up`; whether it is a demo is fixed here, for ever. The verb sees
    the saved row; what it records of it is every column.
    """
    running.by_name_only(args)

    def attempt(performance: Performance) -> Done:
        jurisdiction.pk, jurisdiction.version = None, 0
        jurisdiction.save(force_insert=True)
        root: Any = jurisdiction
        store.start(jurisdiction.pk, root.uid, is_demo=root.is_demo)
        actor = machine("set_up", jurisdiction.pk)
        _check_clock(actor)
        done = running.run(
            performance, verb, jurisdiction, actor, key=ask.key, given=given, born=True
        )
        return _appended(performance, jurisdiction.pk, done)

    return _in_transaction(ask, attempt)


def _in_transaction(ask: Ask, attempt: Callable[[Performance], Done]) -> Done:
    """What `attempt` returns, in one transaction; tried again when a rival was first."""
    if running.performing():
        raise RuntimeError("inside a verb, call.perform() is the way to another")
    if not KEY.match(ask.key):
        raise Refusal(_("请求编号应为1至120个字母、数字或“. _ : -”。"), code="bad_key")
    for left in range(RETRIES, -1, -1):
        try:
            with transaction.atomic(), running.open_performance(ask.key) as performance:
                return attempt(performance)
        except (DatabaseError, Moved) as error:
            if not _worth_retrying(error):
                _refuse_duplicate(error)
                raise
            if not left:
                raise _busy() from error
            time.sleep(0.02 * 3 ** (RETRIES - left) * random.uniform(0.5, 1.5))  # noqa: S311
    raise AssertionError("unreachable")  # pragma: no cover


def _worth_retrying(error: Exception) -> bool:
    """A rival took the key, the place in the chain, the row or the lock first: look again."""
    if isinstance(error, Moved):
        return True
    if isinstance(error, IntegrityError):
        return any(name in str(error) for name in RIVALS)
    busy = isinstance(error, OperationalError) and "locked" in str(error)  # SQLite
    return busy or _sqlstate(error) in BUSY_STATES


def _refuse_duplicate(error: Exception) -> None:
    """Raise Conflict when a unique constraint of the office's own says that there is one already."""
    unique = _sqlstate(error) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error)
    if isinstance(error, IntegrityError) and unique:
        log.warning("refused as a duplicate: %s", error)
        raise Conflict(
            _("已经有相同的记录，没有重复保存。"),
            code="already_there",
            next_step=_("请刷新页面查看。"),
        ) from error


def _busy() -> Conflict:
    return Conflict(
        _("同一时间有别人在办理，这次没有保存。"), code="busy", next_step=_("请稍候再提交一次。")
    )


def _sqlstate(error: Exception) -> str:
    """The five-character code PostgreSQL gives, "" elsewhere; its words may be in any language."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def _locked(
    performance: Performance,
    verb: Action[S, P],
    subject_id: int,
    actor: Actor,
    given: Mapping[str, Any],
) -> S:
    """The subject, locked with every row the verb says it may change, in one order for all calls."""
    if not 0 < subject_id <= values.BIGGEST:
        raise asking.not_found()
    if verb.locks is not None:
        unlocked = _get(verb.model._default_manager.all(), subject_id, actor)
        _lock_all(performance, [unlocked, *verb.locks(unlocked, **given)])
    rows = verb.model._default_manager.select_for_update(of=("self",), no_key=True)
    performance.held.add((verb.model._meta.label_lower, subject_id))
    return _get(rows, subject_id, actor)


def _lock_all(performance: Performance, rows: Sequence[OfficeFact]) -> None:
    """Every row is locked, by (table, id), so that two calls never wait for each other."""
    models = {row._meta.label_lower: type(row) for row in rows}
    places = sorted({(row._meta.label_lower, row.pk) for row in rows} - performance.held)
    for label, several in groupby(places, key=itemgetter(0)):
        ids = [pk for _label, pk in several]
        list(
            models[label]
            ._default_manager.select_for_update(no_key=True)
            .filter(pk__in=ids)
            .order_by("pk")
        )
    performance.held.update(places)


def _get(rows: QuerySet[S], pk: int, actor: Actor) -> S:
    subject = rows.filter(pk=pk).first()
    if subject is None:
        raise asking.not_found()
    asking.require_same_office(subject, actor)
    return subject


def _check_clock(actor: Actor) -> None:
    """Only an office created as a demo lives at another moment than now."""
    if (
        clock.is_shifted()
        and not ChainHead.objects.filter(pk=actor.jurisdiction_id, is_demo=True).exists()
    ):
        raise Refusal(_("只有演示单位可以设定时间。"), code="clock_is_shifted")


def _repeat(earlier: Event, verb: Action[S, P], actor: Actor, digest: str) -> Done:
    """What was done under this key before; another request under the same key is refused."""
    was = (earlier.action, earlier.actor_id, earlier.input_digest)
    body: Any = canonical.decode(bytes(earlier.body))
    if was != (verb.name, actor.user_id, digest) or body["actor"]["machine"] != actor.machine:
        raise Conflict(_("这个请求编号已经用于另一件操作，请刷新页面后重试。"), code="key_reused")
    return Done(
        action=earlier.action,
        subject=(earlier.subject_kind, earlier.subject_id),
        version=earlier.subject_version,
        position=earlier.position,
        facts=body["facts"],
        repeated=True,
    )


def _appended(performance: Performance, jurisdiction_id: int, done: Done) -> Done:
    """All entries stand in the chain; the outermost verb's is the last."""
    events = store.append(jurisdiction_id, performance.entries)
    return Done(
        action=done.action,
        subject=done.subject,
        version=done.version,
        position=events[-1].position,
        facts=done.facts,
    )
