"""The office at random: anybody tries any verb with anything, days pass, and the design's promises hold.

After every step: what was offered is what could be done; one event per change, and folding the events
gives the rows; exactly one unit answers; the invariants of design.md. At the end `huiyin verify` is clean
and every public verb of matters was performed. `HUIYIN_DRILL_STEPS` (thousands in `make drill`) sets how long.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import huiyin.api  # noqa: F401 - registers every verb
from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import asking, registry
from huiyin.ledger import daily, followers, work
from huiyin.ledger.fold import Fold, body_of
from huiyin.ledger.models import Event
from huiyin.ledger.verify import verify
from huiyin.ledger.worker import load_handlers
from huiyin.matters.models import Matter
from tests.cast import Cast
from tests.machines import laws, trying
from tests.machines.inputs import Typist
from tests.machines.people import everybody, large_cast
from tests.machines.scene import scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STEPS = int(os.environ.get("HUIYIN_DRILL_STEPS", "0"))
RUN, LIFE, A_DAY = 240, 1200, 12
"""Tries in CI; of one office's life at most; of one of its days."""
ENOUGH = 2000
"""Tries after which every public verb on matters has been performed."""
HEART = frozenset({"assignment", "close_out", "consultation", "coordination", "draw", "drawn_check"}) | {
    "instruction", "matter", "matter_register", "notice", "referral", "report_request", "strike_off",
    "unit_list", "variation",
}  # fmt: skip
"""Nouns of the verbs on matters: a long run has performed every public one of them."""
RARELY = frozenset({"post.end", "unit.end", "user.deactivate", "portfolio.end", "delegation.end"})
"""Verbs that empty an office: they belong to its life, and not to every day of it."""
WHO_IS_WHO = frozenset({"post", "portfolio", "delegation", "user", "unit"})
"""Nouns of the verbs after which somebody may be somebody else."""
performed: Counter[str] = Counter()
tried: Counter[str] = Counter()


class Life(RuleBasedStateMachine):
    """One office from its founding on; all chance comes from numbers that Hypothesis draws."""

    def __init__(self) -> None:
        super().__init__()
        load_handlers()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = datetime.combine(clock.today(), time(9), tzinfo=clock.zone())
        with clock.at(self.moment):
            self.cast: Cast = large_cast()
            scene(self.cast)  # so that every verb can be done to something on the first day
        self.moment = Event.objects.latest("at").at.astimezone(clock.zone())
        self.office = self.cast.jurisdiction.pk
        self.typist = Typist(self.cast)
        self.verbs = {n: v for n, v in registry().items() if v.public and "test." not in n}
        self.done: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()
        self.people: dict[str, Actor] = {}
        self.fold, self.seen = Fold(), 0
        self.fixed: dict[int, Mapping[str, Any]] = {}
        self.steps = 0
        self._follow_events()

    def teardown(self) -> None:
        try:
            with clock.at(self.moment):
                assert verify().faults == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(seed=st.integers(0, 2**32 - 1), days=st.sampled_from((1, 1, 1, 2, 3, 7, 30)))
    def a_day_in_the_office(self, seed: int, days: int) -> None:
        """A dozen things are tried; then days pass, and the clock's own work of the morning is done."""
        for _hour in range(A_DAY):
            chance = Random(f"{seed}/{self.steps}")
            self.moment += timedelta(minutes=chance.randrange(1, 30))
            with clock.at(self.moment):
                self._somebody_tries_something(chance)
        self.moment += timedelta(days=days)
        self.people = {}
        with clock.at(self.moment):
            self._night()
            self._check()

    def _somebody_tries_something(self, chance: Random) -> None:
        """Mostly somebody who may, what can be done; else anybody, anything."""
        self._everybody()
        move = self._likely(chance) if chance.random() < 0.88 else self._any(chance)
        if move is not None:
            self._try(*move, chance)
        self._check()

    def _night(self) -> None:
        followers.catch_up()
        handlers = work.registered()
        for kind in sorted(daily.registered()):
            handlers[kind](self.office, self.office)
        self._follow_events()

    def _everybody(self) -> None:
        if not self.people:
            self.people = {key: self.cast.actor(key) for key in everybody()}

    def _likely(self, chance: Random) -> tuple[Any, Any, Actor] | None:
        """A verb that was seldom done, on something it can be done to, by somebody who may."""
        names = sorted(self.verbs)
        weights = [self._weight(name) for name in names]
        for _try in range(12):
            verb = self.verbs[chance.choices(names, weights)[0]]
            move = self._move(verb, chance)
            if move is not None:
                return move
        return None

    def _weight(self, name: str) -> float:
        """What was seldom done comes first; matters before the keeping of the office."""
        usual = 0.01 if name in RARELY else 1.0 if name.split(".")[0] in HEART else 0.12
        return usual / (1 + self.done[name] + self.tried[name] / 6)

    def _move(self, verb: Any, chance: Random) -> tuple[Any, Any, Actor] | None:
        subjects = self._subjects(verb, chance)
        for subject in subjects[:6]:
            for actor in chance.sample(list(self.people.values()), len(self.people)):
                acting = asking.permitted(verb, subject, actor)
                if acting is not None and asking.why_not(verb, subject, acting) is None:
                    return verb, subject, actor
        return None

    def _subjects(self, verb: Any, chance: Random) -> list[Any]:
        rows = verb.model._default_manager.order_by("pk")
        if verb.when is not None:
            rows = rows.filter(state__in=verb.when)
        found = list(rows)
        return chance.sample(found, len(found))

    def _any(self, chance: Random) -> tuple[Any, Any, Actor] | None:
        verb = self.verbs[chance.choice(sorted(self.verbs))]
        rows = list(verb.model._default_manager.order_by("pk"))
        if not rows:
            return None
        return verb, chance.choice(rows), chance.choice(list(self.people.values()))

    def _try(self, verb: Any, subject: Any, actor: Actor, chance: Random) -> None:
        given = self.typist.given(verb, subject, actor.user_id, chance)
        acting = trying.capacity_of(verb, subject, actor)
        judged = laws.judged_units(verb.name, subject)
        before = trying.head(self.office)
        told = trying.attempt(verb, subject, actor, given, key=f"life-{self.steps}")
        note(f"{self.moment:%m-%d %H:%M} {told}")
        tried[verb.name] += 1
        self.tried[verb.name] += 1
        events = trying.events_since(self.office, before)
        wrong = trying.not_one_event(verb, subject, told, events)
        if trying.disagrees(told):
            wrong.append(f"offered is not performed: {told} with {given}")
        if told.done is not None:
            self.done[verb.name] += 1
            performed[verb.name] += 1
            by_id = {one.user_id: one for one in self.people.values() if one.user_id}
            if judged & laws.units_of(acting, by_id):
                wrong.append(f"somebody judged their own unit: {told}")
            if verb.name.split(".")[0] in WHO_IS_WHO:
                self.people = {}
            wrong += self._whose(subject)
            if chance.random() < 0.1:
                wrong += trying.repeated(verb, subject, actor, given, told)
        self._follow_events()
        assert wrong == [], wrong

    def _whose(self, subject: Any) -> list[str]:
        pk = subject.pk if isinstance(subject, Matter) else getattr(subject, "matter_id", None)
        matter = Matter.objects.filter(pk=pk).first() if pk else None
        return list(laws.who_answers(matter, clock.today())) if matter is not None else []

    def _follow_events(self) -> None:
        """Every new event is folded, and the rows it changed are as the fold has them."""
        events = trying.events_since(self.office, self.seen)
        pairs = [(event, body_of(event) or {}) for event in events]
        self.fold.take(pairs)
        touched = {(row[0], row[1]) for _event, body in pairs for row in body["changes"]}
        self.seen = events[-1].position if events else self.seen
        wrong = [str(found) for found in _differences(self.fold, touched)]
        assert wrong == [], wrong

    def _check(self) -> None:
        self.steps += 1
        today = clock.today()
        wrong = list(laws.broken(today))
        now = laws.fixed()
        wrong += [f"the baseline of {pk} changed" for pk in self.fixed if now[pk] != self.fixed[pk]]
        self.fixed = now
        if self.steps % 10 == 0:
            wrong += laws.fates_do_not_sum(laws.documents(), today)
        assert wrong == [], wrong


def _differences(fold: Fold, touched: set[tuple[str, int]]) -> list[Any]:
    """Rows that events touched and that are not as the fold has them."""
    from django.apps import apps

    found = []
    for label, pk in sorted(touched):
        model = apps.get_model(label)
        row = model._default_manager.filter(pk=pk).values().first()
        if row is not None:
            found += list(fold._compare(model, pk, row))
        elif (label, pk) in fold.rows:
            found.append(f"{label} {pk} is gone and no event says so")
    return found


def test_an_office_at_random_keeps_every_promise():
    steps = STEPS or RUN
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=1 + -(-steps // LIFE),
            stateful_step_count=min(steps, LIFE) // A_DAY,
            deadline=None,
            derandomize=not STEPS,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    never = sorted(n for n, v in registry().items() if v.public and n.split(".")[0] in HEART and not performed[n])  # fmt: skip
    report = ", ".join(f"{name} {performed[name]}/{count}" for name, count in sorted(tried.items()))
    print(
        f"\n{sum(tried.values())} tried, {sum(performed.values())} done: {report}\nnever: {never}"
    )
    assert STEPS < ENOUGH or never == [], never
