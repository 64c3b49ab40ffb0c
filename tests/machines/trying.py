"""One person tries one verb: what was offered, what came of it, and whether both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.actors import Actor
from huiyin.door import Action, Ask, Done, options, perform, permitted
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import ChainHead, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was tried, what had been said about it (`offered`), and how it ended (`ended`)."""

    verb: str
    who: str
    subject: str
    offered: str
    ended: str
    done: Done | None = None
    key: str = ""

    def __str__(self) -> str:
        return f"{self.who} {self.verb} {self.subject}: offered {self.offered} → {self.ended}"


def offered(verb: Action[Any, Any], subject: Any, actor: Actor) -> str:
    """`may`, the code beside the grey button, or `not offered`."""
    found = next((o for o in options(subject, by=actor) if o.name == verb.name), None)
    if found is None:
        return "not offered"
    return "may" if found.allowed else found.code


def attempt(
    verb: Action[Any, Any], subject: Any, actor: Actor, given: Mapping[str, Any], *, key: str
) -> Tried:
    """The verb is tried; whatever comes of it is told, and a fault of the program is raised."""
    said = offered(verb, subject, actor)
    about = {
        "verb": verb.name,
        "who": actor.name,
        "subject": f"{subject._meta.model_name} {subject.pk}",
        "offered": said,
    }
    try:
        done = perform(verb, subject.pk, actor, Ask(key), **given)
    except Forbidden:
        return Tried(**about, ended="not offered")
    except NotFound:
        return Tried(**about, ended="not found")
    except Conflict as refused:
        return Tried(**about, ended=f"conflict {refused.code}")
    except Refusal as refused:
        return Tried(**about, ended=f"refused {refused.code}")
    return Tried(**about, ended="done", done=done, key=key)


def disagrees(tried: Tried) -> bool:
    """Offered ⇔ performed: not offered ⇔ forbidden; grey ⇔ refused with its code; else done or about the input.

    What is offered may still name something that is not there (“not found” is then about the input).
    """
    if tried.offered == "may":
        return tried.ended in ("not offered", "conflict wrong_state")
    if tried.offered == "not offered":
        return tried.ended not in ("not offered", "not found")
    return tried.ended != f"conflict {tried.offered}"


def repeated(
    verb: Action[Any, Any], subject: Any, actor: Actor, given: Mapping[str, Any], tried: Tried
) -> list[str]:
    """The same request once more (a second click) finds what was done, and does nothing."""
    before = head(actor.jurisdiction_id)
    again = perform(verb, subject.pk, actor, Ask(tried.key), **given)
    harmless = again.repeated and tried.done is not None and again.facts == tried.done.facts
    quiet = head(actor.jurisdiction_id) == before
    return [] if harmless and quiet else [f"{tried}: once more did {again}"]


def capacity_of(verb: Action[Any, Any], subject: Any, actor: Actor) -> Actor:
    """The actor in the post in which the verb is done."""
    return permitted(verb, subject, actor) or actor


def head(jurisdiction_id: int) -> int:
    """How many events stand in the chain."""
    return ChainHead.objects.get(pk=jurisdiction_id).position


def events_since(jurisdiction_id: int, position: int) -> list[Event]:
    """The events after a place in the chain, in order."""
    rows = Event.objects.filter(jurisdiction_id=jurisdiction_id, position__gt=position)
    return list(rows.order_by("position").prefetch_related("texts"))


def not_one_event(
    verb: Action[Any, Any], subject: Any, tried: Tried, events: list[Event]
) -> list[str]:
    """One event per change: the verb's own stands last, about the version the row now has."""
    if tried.done is None:
        return [f"{tried}: refused, and {len(events)} events stand"] if events else []
    wrong = []
    own = [event for event in events if "/" not in event.request]
    if len(own) != 1 or own[0].action != verb.name or events[-1] is not own[0]:
        wrong.append(f"{tried}: events {[event.action for event in events]}")
    stored = type(subject)._default_manager.filter(pk=subject.pk).first()
    same = tried.done.subject == (subject._meta.model_name, subject.pk)
    if same and stored is not None and stored.version != tried.done.version:
        wrong.append(f"{tried}: version {stored.version}, event says {tried.done.version}")
    if same and verb.touches and stored is not None and stored.version <= subject.version:
        wrong.append(f"{tried}: the version did not rise")
    return wrong
