"""An event made ready for telling, and what some people are told of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiyin import clock
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.permits.next_authority import office_stands_back
from huiyin.matters.trail.told import named
from huiyin.notices.holders import Holders
from huiyin.notices.rules import Addressee
from huiyin.people.models import Unit
from huiyin.web.kept import kept

People = tuple[Addressee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One thing some people are told: what (`kind`), why they are (`why`), about which matter or notice."""

    kind: str
    why: str
    to: People
    matter: int | None = None
    notice: int | None = None
    slip: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


class Heard:
    """An event with what is needed to tell of it, each looked up when first asked for."""

    def __init__(self, event: Event) -> None:
        self.event = event
        body: dict[str, Any] = json.loads(bytes(event.body))
        self.facts: dict[str, Any] = body.get("facts", {})
        self.by = kept(named)(body.get("actor", {}))

    @cached_property
    def people(self) -> Holders:
        """Who holds which post today."""
        return Holders(self.event.jurisdiction_id, clock.today())

    @cached_property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.event.trail_id)

    @cached_property
    def notice(self) -> SupervisionNotice:
        return SupervisionNotice.objects.get(pk=self.event.trail_id)

    def lead(self) -> People:
        """Whoever does the lead unit's daily work."""
        return self.people.liaison(self.matter.lead_unit_id or 0)

    def checks(self, kind: str) -> Telling:
        """Told to the office; to the leader who follows where the office has a part in the matter itself."""
        if not office_stands_back(self.matter):
            return self.of(kind, self.people.office(), "office")
        matter = self.matter
        leader = self.people.leader(matter.lead_unit_id or 0, matter.leader_post_id)
        return self.of(kind, leader, "decider")

    def unit(self, name: str) -> int:
        """A unit's id in the facts, 0 when there is none."""
        return int(self.facts.get(name) or 0)

    def unit_name(self, name: str) -> str:
        return str(Unit.objects.filter(pk=self.unit(name)).first() or "")

    def of(self, kind: str, to: People, why: str = "post", **said: Any) -> Telling:
        """Told about the matter of the event."""
        known = {"by": self.by} | said
        return Telling(kind=kind, why=why, to=to, matter=self.event.trail_id, said=known)

    def of_notice(self, kind: str, to: People, why: str = "post", **said: Any) -> Telling:
        """Told about the notice of the event."""
        known = {"by": self.by} | said
        return Telling(kind=kind, why=why, to=to, notice=self.event.trail_id, said=known)


Tell = Callable[[Heard], Iterable[Telling]]
Tellings = Mapping[str, Tell]


def both(first: People, second: People) -> People:
    """Everybody of both, each once."""
    known = {person.user for person in first}
    return (*first, *(person for person in second if person.user not in known))
