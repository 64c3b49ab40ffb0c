"""Verbs: what an action declares, and the registry of all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import uuid4

from huiyin.actors import Actor
from huiyin.errors import Words
from huiyin.ledger.models import OfficeFact

if TYPE_CHECKING:
    from huiyin.door.running import Call

S = TypeVar("S", bound=OfficeFact)
P = ParamSpec("P")
Facts = dict[str, Any]
Permit = Callable[[Actor, Any], bool]
Condition = Callable[[Any, Actor], Words | None]
Locks = Callable[..., Iterable[OfficeFact]]


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
    locks: Locks | None = None
    touches: bool = True
    public: bool = True

    @property
    def summary(self) -> str:
        """First line of the docstring: what is true afterwards."""
        return (inspect.getdoc(self.run) or "").split("\n", 1)[0]


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
    locks: Locks | None = None,
    touches: bool = True,
    public: bool = True,
) -> Callable[[Callable[Concatenate[S, Call, P], Facts]], Action[S, P]]:
    """Register a verb under `name`, which is also its operation in the API.

    `locks(subject, **given)` names the other rows the verb may change, so that the door locks them
    all in one order before anything is read for the decision; `touches=False` says that the subject
    is only a container and keeps its version; `public=False` hides it from `options` and the API.
    """

    def register(run: Callable[Concatenate[S, Call, P], Facts]) -> Action[S, P]:
        if name in _registry:
            raise RuntimeError(f"two actions are called {name}")
        made = Action(
            name=name,
            label=label,
            model=model,
            permit=permit,
            run=run,
            when=None if when is None else frozenset(str(state) for state in when),
            then=None if then is None else str(then),
            unless=tuple(unless),
            locks=locks,
            touches=touches,
            public=public,
        )
        _registry[name] = made
        return made

    return register


def registry() -> Mapping[str, Action[Any, Any]]:
    """Every verb by name, in the order of registration."""
    return dict(_registry)


def label_of(name: str) -> Words:
    """A verb's Chinese label; its code when it is no longer registered."""
    return _registry[name].label if name in _registry else name
