"""The stage of the demo: who acts, what has been made so far, and the one way to do something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from huiyin import clock
from huiyin.actors import Actor, machine
from huiyin.demo.content import Content, Story
from huiyin.demo.dates import Due, resolve
from huiyin.door import Action, Ask, Done, perform
from huiyin.people.models import Post, User
from huiyin.people.queries import actor_of
from huiyin.rulebook.rules import next_interval

OFFICE_UID = uuid5(NAMESPACE_URL, "huiyin:demo:云岭市")
"""The same office each time it is built."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """Ids of what stands already, by the codes and labels of the data."""

    content: Content
    today: date
    office: int = 0
    units: dict[str, int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    passages: dict[tuple[str, str], int] = field(default_factory=dict)
    matters: dict[str, int] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)
    performed: int = 0
    acting: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def do(self, verb: Action[Any, Any], pk: int, who: str | Actor, /, **given: Any) -> Done:
        """`who` (a login, or a machine) has done it through the door, under a key of its own."""
        actor = self.actor(who) if isinstance(who, str) else who
        self.performed += 1
        key = uuid5(OFFICE_UID, f"{self.performed}:{verb.name}").hex
        return perform(verb, pk, actor, Ask(key=key), **given)

    def actor(self, login: str) -> Actor:
        """The person with the posts held on the day the clock shows."""
        key = (login, clock.today())
        if key not in self.acting:
            self.acting[key] = actor_of(self.users[login], today=key[1])
        return self.acting[key]

    def machine(self, name: str) -> Actor:
        return machine(name, self.office)

    def staff_of(self, unit: str) -> str:
        """The login of who acts for a unit: its liaison officer, else its head."""
        posts = [
            (p.role, person.login)
            for person in self.content.people
            for p in person.posts
            if p.unit == unit
        ]
        staff = sorted(
            (role, login) for role, login in posts if role in {"liaison_officer", "unit_head"}
        )
        return staff[0][1]

    def leader_post(self, login: str) -> int:
        """The post in which a leader leads."""
        post = Post.objects.get(
            user=self.users[login], role__in=["leader_in_charge", "principal_leader"]
        )
        return int(post.pk)

    def day(self, due: Due) -> date:
        return resolve(due, self.today)

    def kept_on(self, story: Story, on: int) -> int:
        """Return the offset, moved on while a matter that is to look checked would be due again by today.

        Intervals end with the calendar's months and quarters, so what was in time on one day of a month
        is not on another.
        """
        if story.light != "checked":
            return on
        freq = story.every.replace("-", "_")
        day = self.day(on)
        while (following := next_interval(day, freq)) <= self.today:
            day = following
        return (day - self.today).days

    def units_of(self, codes: tuple[str, ...]) -> list[int]:
        return [self.units[code] for code in codes]
