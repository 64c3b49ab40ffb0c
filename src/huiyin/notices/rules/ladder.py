"""The urging ladder worked out for one day: what is sent to whom by which step, and what is held back.

Pure, so that tomorrow's preview and this morning's sending are the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from huiyin.matters.rules import MatterState
from huiyin.rulebook.rules import Calendar, Step, Urging, UrgingScope

URGED = (MatterState.DISPATCHED, MatterState.UNDER_WAY)
"""States in which a unit has the next move; nothing else is urged, ended and suspended matters least of all."""
GRAVITY = {"blue": 0, "amber": 1, "red": 2}
Mark = tuple[str, date, int, int, str]
"""What makes a step of a clock one step: clock, day counted from, unit, days, rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A person in a post held on the day, or lent to them (`behalf`)."""

    post: int
    user: int
    name: str
    title: str
    unit: str
    unit_id: int
    behalf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock that runs on a matter: what kind, counted from which day, whose unit answers."""

    kind: str
    base_on: date
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When somebody was last urged about the matter, and how (in words)."""

    on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the ladder needs to know of one matter, or of one unit's unsigned list.

    `people` holds the addressees of each (rung, unit); `sent` the steps already sent; `urged` the
    last urging of each user about this.
    """

    kind: str
    pk: int
    title: str
    number: str
    state: str
    urgency: str
    source: str
    healthy: bool
    clocks: tuple[Clock, ...]
    people: Mapping[tuple[str, int], tuple[Addressee, ...]] = field(default_factory=dict)
    sent: frozenset[Mark] = frozenset()
    urged: Mapping[int, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One step to be sent for one case, to these people; `lag` days after what its clock counts from.

    A step that is made up for later says how late it is then, so `lag` may be more than its days.
    """

    case: Case
    clock: Clock
    step: Step
    to: tuple[Addressee, ...]
    lag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A step not sent to somebody who was urged a short while ago: by what, and until when."""

    case: Case
    clock: Clock
    step: Step
    who: Addressee
    last: Told
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the clock sends on a day; `rests` when it urges nobody on that day."""

    on: date
    rests: bool
    sendings: tuple[Sending, ...] = ()
    held: tuple[Held, ...] = ()


def plan(
    cases: Iterable[Case], *, ladder: Urging, scope: UrgingScope, days: Calendar, on: date
) -> Plan:
    """What is sent on a day. The gravest step of a case reaches a person; lesser ones of that day do not."""
    if not ladder.runs_on(on, days):
        return Plan(on=on, rests=True)
    sendings: list[Sending] = []
    held: list[Held] = []
    for case in cases:
        if case.state in URGED and case.source not in scope.by_hand:
            for found in _of_case(case, ladder, days, on):
                (sendings if isinstance(found, Sending) else held).append(found)  # type: ignore[arg-type]
    return Plan(on=on, rests=False, sendings=tuple(sendings), held=tuple(held))


def _of_case(case: Case, ladder: Urging, days: Calendar, on: date) -> Iterator[Sending | Held]:
    """Steps of one case, the gravest first; nobody is told twice."""
    told: set[int] = set()
    for clock, step in _steps(case, ladder, days, on):
        ready: list[Addressee] = []
        for person in case.people.get((step.to, clock.unit), ()):
            if person.user in told:
                continue
            told.add(person.user)
            last = case.urged.get(person.user)
            until = last.on + timedelta(days=max(ladder.cool_down, 1)) if last else on
            if last is not None and on < until:
                yield Held(case=case, clock=clock, step=step, who=person, last=last, until=until)
            else:
                ready.append(person)
        if ready:
            lag = _lag(clock, step, days, on)
            yield Sending(case=case, clock=clock, step=step, to=tuple(ready), lag=lag)


def _steps(case: Case, ladder: Urging, days: Calendar, on: date) -> list[tuple[Clock, Step]]:
    """Steps due and not sent: of each clock and rung the latest reached one, sent or not, alone counts."""
    found: list[tuple[Clock, Step]] = []
    for clock in case.clocks:
        latest: dict[str, Step] = {}
        reached = [step for step in ladder.steps if _reached(case, clock, step, ladder, days, on)]
        for step in sorted(reached, key=lambda s: s.day(clock.base_on, days)):
            latest[step.to] = step
        found += [
            (clock, step)
            for step in latest.values()
            if mark_of(clock, step) not in case.sent
            and on <= last_day(step, clock.base_on, ladder, days)
        ]
    found.sort(key=lambda pair: (GRAVITY[pair[1].slip], pair[1].days), reverse=True)
    return found


def _reached(
    case: Case, clock: Clock, step: Step, ladder: Urging, days: Calendar, on: date
) -> bool:
    """Whether the step's day has come; before the due day, what goes well is left alone."""
    if step.clock != clock.kind or not step.fits(case.urgency):
        return False
    if step.days < 0 and on > clock.base_on:
        return False
    if step.days < 0 and clock.kind == "due" and case.healthy and not ladder.healthy:
        return False
    return ladder.sent_on(step, clock.base_on, days) <= on


def _lag(clock: Clock, step: Step, days: Calendar, on: date) -> int:
    """Days from the clock's day to `on`, working days when the step counts them."""
    if step.unit == "working":
        return days.working_days_between(clock.base_on, on)
    return (on - clock.base_on).days


def last_day(step: Step, base: date, ladder: Urging, days: Calendar) -> date:
    """The last day on which a step that was missed is still made up for."""
    return ladder.sent_on(step, base, days) + timedelta(days=ladder.catch_up)


def mark_of(clock: Clock, step: Step) -> Mark:
    """The step of this clock, once."""
    return (clock.kind, clock.base_on, clock.unit, step.days, step.to)
