"""The one door: every change of an office fact goes through `perform`.

In one transaction: lock → repeat? → permit → seen → guard → change → save → event. `options` asks
the same questions without acting; `graph` draws the states from the registry. There is no bypass:
the clock, imports and the demo act as named actors with permits of their own.
"""
from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, OperationalError, models, transaction
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor, machine
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal, Stale, Words
from huiyin.ledger import store
from huiyin.ledger.models import ChainHead, Event, OfficeFact
from huiyin.proof import canonical

S = TypeVar("S", bound=OfficeFact)
P = ParamSpec("P")
Facts = dict[str, Any]
Permit = Callable[[Actor, Any], bool]
Condition = Callable[[Any, Actor], Words | None]
RETRIES = 3

_performing: ContextVar[Performance | None] = ContextVar("huiyin_performing", default=None)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request carries besides its input: its key (a repeat is harmless) and the version seen."""

    key: str = field(default_factory=lambda: uuid4().hex)
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a verb; `repeated` when it had been done before under the same key."""

    action: str
    subject: tuple[str, int]
    version: int
    position: int
    facts: Facts
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Generic[S, P]):
    """A verb: who may, when, what it changes. Registered under its name by `@action`."""

    name: str
    label: Words
    model: type[S]
    permit: Permit
    run: Callable[Concatenate[S, Call, P], Facts]
    when: frozenset[str] | None = None
    then: str | None = None
    unless: tuple[Condition, ...] = ()
    touches: bool = True
    public: bool = True

    @property
    def summary(self) -> str:
        """First line of the docstring: what is true afterwards."""
        return (inspect.getdoc(self.run) or "").split("\n", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A verb as offered to somebody: allowed, or greyed with its reason."""

    action: Action[Any, Any]
    allowed: bool
    reason: Words = ""

    @property
    def name(self) -> str:
        return self.action.name

    @property
    def label(self) -> Words:
        return self.action.label


class _Written(Protocol):
    position: int


_registry: dict[str, Action[Any, Any]] = {}


def action(
    name: str,
    *,
    label: Words,
    model: type[S],
    permit: Permit,
    when: Iterable[str] | None = None,
    then: str | None = None,
    unless: Sequence[Condition] = (),
    touches: bool = True,
    public: bool = True,
) -> Callable[[Callable[Concatenate[S, Call, P], Facts]], Action[S, P]]:
    """Register a verb. `touches=False`: the subject is only a container and keeps its version."""

    def register(run: Callable[Concatenate[S, Call, P], Facts]) -> Action[S, P]:
        made = Action(
            name=name,
            label=label,
            model=model,
            permit=permit,
            run=run,
            when=None if when is None else frozenset(str(state) for state in when),
            then=None if then is None else str(then),
            unless=tuple(unless),
            touches=touches,
            public=public,
        )
        if name in _registry:
            raise RuntimeError(f"two actions are called {name}")
        _registry[name] = made
        return made

    return register


def registry() -> Mapping[str, Action[Any, Any]]:
    """Every verb by name, in the order of registration."""
    return dict(_registry)


def performing() -> bool:
    """Whether a verb is being performed now; office facts may only be written while one is."""
    return _performing.get() is not None


# --- the transaction -------------------------------------------------------------------------


@dataclass(slots=True)
class Performance:
    """One outermost call: the request, the moment, and the entries of all verbs within it."""

    actor: Actor
    key: str
    at: datetime
    entries: list[store.Entry] = field(default_factory=list)
    nested: int = 0

    def next_key(self) -> str:
        self.nested += 1
        return f"{self.key}/{self.nested}"


class Call:
    """What a verb is given besides its subject: who acts, when, and how to write and to nest."""

    def __init__(self, performance: Performance, actor: Actor, subject: OfficeFact) -> None:
        self.actor = actor
        self.at = performance.at
        self.today: date = clock.day_of(performance.at)
        self.subject = subject
        self._performance = performance
        self._changes: list[Any] = []
        self._texts: dict[str, str] = {}

    def create(self, row: models.Model, *, concerns: bool = False) -> Any:
        """Save a new row and record it; with `concerns`, the event is about that row."""
        row.save(force_insert=True)
        self._record(row, {f.attname: f for f in row._meta.concrete_fields})
        if concerns and isinstance(row, OfficeFact):
            self.subject = row
        return row

    def founded(self) -> None:
        """Record every column of the subject, which `found` has just saved."""
        self._record(self.subject, {f.attname: f for f in self.subject._meta.concrete_fields})

    def save(self, row: models.Model) -> None:
        """Save a changed row and record the columns that differ from the database."""
        changed = _changed(row)
        if changed:
            if isinstance(row, OfficeFact) and row is not self.subject:
                row.version += 1
                changed["version"] = row._meta.get_field("version")
            row.save(update_fields=[f.name for f in changed.values()])
            self._record(row, changed)

    def remove(self, row: models.Model) -> None:
        """Delete a row that holds no history of its own (a link, a milestone) and record that."""
        self._changes.append([row._meta.label_lower, row.pk, None])
        row.delete()

    def perform(self, verb: Action[S, P], subject: S, /, *args: P.args, **input: P.kwargs) -> Done:
        """Another verb within this one, by the same actor; its event is appended before ours."""
        return _do(self._performance, verb, subject, self.actor, self._performance.next_key(), None, input)

    def _record(self, row: models.Model, columns: Mapping[str, Any]) -> None:
        """Columns go into the event; free text goes beside the chain, bound by its digest."""
        kept: dict[str, Any] = {}
        unrecorded = getattr(row, "unrecorded", frozenset())
        for attname, column in columns.items():
            if attname in unrecorded:
                continue
            value = getattr(row, attname)
            if _is_free_text(column):
                text = _free_text(value)
                if text:
                    self._texts[f"{row._meta.label_lower}/{row.pk}/{attname}"] = text
            else:
                kept[attname] = plain(value)
        self._changes.append([row._meta.label_lower, row.pk, kept])


def _is_free_text(column: Any) -> bool:
    return isinstance(column, models.TextField | models.JSONField)


def _free_text(value: Any) -> str:
    """The text itself, or the canonical form of a JSON value (floats as decimal strings)."""
    if value is None or isinstance(value, str):
        return value or ""
    return canonical.encode(plain(value)).decode()


def _changed(row: models.Model) -> dict[str, Any]:
    """Columns of `row` that differ from the database now, by attname."""
    stored = type(row)._default_manager.filter(pk=row.pk).values().first() or {}
    columns = {f.attname: f for f in row._meta.concrete_fields}
    return {name: f for name, f in columns.items() if stored.get(name) != getattr(row, name)}


def plain(value: Any) -> Any:
    """A value as an event holds it: ids, codes, ISO dates, decimal strings, lists and dicts of them."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Decimal() | float() | UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
        case models.Model():
            return value.pk
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"an event cannot hold {type(value).__name__}")


def perform(
    verb: Action[S, P], subject_id: int, actor: Actor, ask: Ask, /, *args: P.args, **input: P.kwargs
) -> Done:
    """The verb is done and its event stands in the ledger, or a Refusal was raised and nothing changed.

    Deadlocks and busy databases are tried again three times; a key seen before returns what was
    done then. Raises Forbidden, NotFound, Stale, Conflict or another Refusal.
    """
    if performing():
        raise RuntimeError("inside a verb, call.perform() is the way to another")
    for attempt in range(RETRIES + 1):
        try:
            with transaction.atomic(), _open(actor, ask) as performance:
                return _outermost(performance, verb, subject_id, actor, ask, input)
        except (OperationalError, IntegrityError) as error:
            if attempt == RETRIES or not _worth_retrying(error):
                raise
            time.sleep(0.02 * 3**attempt)
    raise AssertionError("unreachable")  # pragma: no cover


def found(
    verb: Action[S, P], row: S, ask: Ask, /, *, uid: UUID, is_demo: bool, **input: Any
) -> Done:
    """A new jurisdiction stands: its row, its chain, and `verb` by `set_up` as the chain's first event.

    The one way for a chain to begin. `verb` records the row's columns by `call.founded()`.
    """
    if performing():
        raise RuntimeError("an office is not founded inside a verb")
    with transaction.atomic(), _open(machine("set_up", 0), ask) as performance:
        if clock.is_shifted() and not is_demo:
            raise Refusal(_("只有演示单位可以设定时间。"), code="clock_is_shifted")
        row.save(force_insert=True)
        store.start(row.pk, uid, is_demo=is_demo)
        performance.actor = machine("set_up", row.pk)
        done = _do(performance, verb, row, performance.actor, ask.key, None, input)
        events = store.append(row.pk, performance.entries)
    return replace(done, position=events[-1].position)


def _worth_retrying(error: Exception) -> bool:
    """A rival took the key, the place in the chain or the lock first: look again."""
    words = str(error).lower()
    rivals = ("a_request_is_kept_once", "request", "event_positions", "chain", "position", "previous")
    busy = ("deadlock", "locked", "serialize", "lock timeout")
    named = rivals if isinstance(error, IntegrityError) else busy
    return any(name in words for name in named)


@contextmanager
def _open(actor: Actor, ask: Ask) -> Iterator[Performance]:
    performance = Performance(actor=actor, key=ask.key, at=clock.now())
    token = _performing.set(performance)
    try:
        yield performance
    finally:
        _performing.reset(token)


def _outermost(
    performance: Performance,
    verb: Action[S, P],
    subject_id: int,
    actor: Actor,
    ask: Ask,
    input: Mapping[str, Any],
) -> Done:
    subject = _locked(verb, subject_id, actor)
    earlier = Event.objects.filter(jurisdiction_id=actor.jurisdiction_id, request=ask.key).first()
    if earlier is not None:
        return _repeat(earlier, verb, actor, _digest(verb, subject_id, input))
    _check_clock(actor)
    done = _do(performance, verb, subject, actor, ask.key, ask.seen, input)
    events = store.append(actor.jurisdiction_id, performance.entries)
    return Done(
        action=done.action,
        subject=done.subject,
        version=done.version,
        position=events[-1].position,
        facts=done.facts,
    )


def _locked(verb: Action[S, P], subject_id: int, actor: Actor) -> S:
    """The subject, locked; what the actor may not see is not found."""
    rows = verb.model._default_manager.select_for_update(of=("self",))
    subject = rows.filter(pk=subject_id).first()
    if subject is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return subject


def may_see(actor: Actor, subject: OfficeFact) -> bool:
    """Whether the subject is within what the actor may see (its model's `visible_to`, if it has one)."""
    manager: Any = type(subject)._default_manager
    if actor.machine or not hasattr(manager, "visible_to"):
        return True
    return bool(manager.visible_to(actor).filter(pk=subject.pk).exists())


def _check_clock(actor: Actor) -> None:
    """Only an office created as a demo lives at another moment than now."""
    if clock.is_shifted() and not ChainHead.objects.filter(pk=actor.jurisdiction_id, is_demo=True).exists():
        raise Refusal(_("只有演示单位可以设定时间。"), code="clock_is_shifted")


def _repeat(earlier: Event, verb: Action[S, P], actor: Actor, digest: str) -> Done:
    """What was done under this key before; another request under the same key is refused."""
    same = (earlier.action, earlier.actor_id, earlier.input_digest) == (verb.name, actor.user_id, digest)
    if not same:
        raise Conflict(_("这个请求编号已经用于另一件操作，请刷新页面后重试。"), code="key_reused")
    return Done(
        action=earlier.action,
        subject=(earlier.subject_kind, earlier.subject_id),
        version=earlier.subject_version,
        position=earlier.position,
        facts=canonical.decode(bytes(earlier.body))["facts"],
        repeated=True,
    )


def _do(
    performance: Performance,
    verb: Action[S, P],
    subject: S,
    actor: Actor,
    key: str,
    seen: int | None,
    input: Mapping[str, Any],
) -> Done:
    acting = permitted(verb, subject, actor)
    if acting is None:
        _refuse(actor, subject)
    _check_seen(subject, seen)
    _check_guard(verb, subject, acting)
    call = Call(performance, acting, subject)
    facts = plain(verb.run(subject, call, **input))
    if verb.then is not None:
        subject.state = verb.then  # type: ignore[attr-defined]
    if verb.touches and call.subject is subject:
        subject.version += 1
    if subject.pk is not None:
        call.save(subject)
    performance.entries.append(_entry(verb, call, facts, key, _digest(verb, subject.pk, input)))
    about = call.subject
    kind = about._meta.model_name or ""
    return Done(action=verb.name, subject=(kind, about.pk), version=about.version, position=0, facts=facts)


def _entry(verb: Action[Any, Any], call: Call, facts: Facts, key: str, digest: str) -> store.Entry:
    about = call.subject
    return store.Entry(
        at=call.at,
        action=verb.name,
        subject=(about._meta.model_name or "", about.pk),
        subject_version=about.version,
        trail=about.trail,
        actor=_who(call.actor),
        request=key,
        input_digest=digest,
        facts=facts,
        changes=call._changes,  # noqa: SLF001 - Call and the door are one piece
        texts=call._texts,  # noqa: SLF001
    )


def _who(actor: Actor) -> dict[str, Any]:
    """The actor as an event keeps it: ids, a snapshot of names, and on whose behalf."""
    who: dict[str, Any] = {"id": actor.user_id, "name": actor.name, "machine": actor.machine}
    if actor.capacity is not None:
        post = actor.capacity
        who |= {
            "post": post.post_id,
            "role": post.role.value,
            "title": post.title,
            "unit": post.unit_id,
            "unit_name": post.unit_name,
            "on_behalf_of": post.on_behalf_of,
            "on_behalf_of_name": post.on_behalf_of_name,
        }
    return who


def _digest(verb: Action[Any, Any], subject_id: int, input: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical.encode([verb.name, subject_id, plain(dict(input))])).hexdigest()


def permitted(verb: Action[S, P], subject: S, actor: Actor) -> Actor | None:
    """The actor in the first post that permits the verb, or None."""
    return next((acting for acting in actor.capacities() if verb.permit(acting, subject)), None)


def _refuse(actor: Actor, subject: OfficeFact) -> None:
    if not may_see(actor, subject):
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    raise Forbidden(
        _("您现在的岗位不能做这件事。"), code="not_permitted", next_step=_("需要时请联系督查室。")
    )


def _check_seen(subject: OfficeFact, seen: int | None) -> None:
    if seen is None or seen == subject.version:
        return
    raise Stale(
        _("您打开页面之后，这里已经有了变化。请看过变化再提交，您填写的内容还在。"),
        changes=changes_since(subject, seen),
    )


def changes_since(subject: OfficeFact, seen: int) -> list[dict[str, Any]]:
    """What happened to the subject after version `seen`: who did which verb when."""
    kind = subject._meta.model_name or ""
    events = Event.objects.filter(
        subject_kind=kind, subject_id=subject.pk, subject_version__gt=seen
    ).order_by("position")[:20]
    return [{"at": e.at, "who": e.actor_name, "what": label_of(e.action)} for e in events]


def label_of(name: str) -> Words:
    """A verb's Chinese label; its code when it is no longer registered."""
    return _registry[name].label if name in _registry else name


def _check_guard(verb: Action[S, P], subject: S, actor: Actor) -> None:
    reason = _why_not(verb, subject, actor)
    if reason is not None:
        code, sentence = reason
        raise Conflict(sentence, code=code)


def _why_not(verb: Action[S, P], subject: S, actor: Actor) -> tuple[str, Words] | None:
    """The first thing that stands against the verb: (code, sentence)."""
    state = getattr(subject, "state", None)
    if verb.when is not None and str(state) not in verb.when:
        label = subject.get_state_display() if hasattr(subject, "get_state_display") else state
        return "wrong_state", _("现在是“%(state)s”，不能%(verb)s。") % {"state": label, "verb": verb.label}
    for condition in verb.unless:
        sentence = condition(subject, actor)
        if sentence:
            return condition.__name__, sentence
    return None


def options(subject: OfficeFact, *, by: Actor) -> list[Option]:
    """Verbs somebody's posts permit on the subject, each allowed or with the reason against it."""
    found: list[Option] = []
    for verb in _registry.values():
        if not isinstance(subject, verb.model) or not verb.public:
            continue
        acting = permitted(verb, subject, by)
        if acting is not None:
            reason = _why_not(verb, subject, acting)
            found.append(Option(action=verb, allowed=reason is None, reason=reason[1] if reason else ""))
    return found


def graph(model: type[OfficeFact]) -> list[tuple[str, str, str]]:
    """Edges (from, verb, to) of a model's states as the registry has them."""
    return [
        (state, verb.name, verb.then)
        for verb in _registry.values()
        if verb.model is model and verb.then and verb.when
        for state in sorted(verb.when)
    ]
