"""The plan of a day: the one function behind tomorrow's preview and this morning's sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.notices.queries.cases import cases
from huiyin.notices.rules import Plan, plan
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import InForce
from huiyin.rulebook.rules import HOLIDAYS, URGING, URGING_SCOPE, Urging


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the clock sends on a day, and the version of the ladder by which it does."""

    plan: Plan
    rule: InForce[Urging]


def plan_for(jurisdiction_id: int, *, on: date) -> Planned:
    """What is to be sent in an office on a day, as things stand now."""
    book = rulebook.book(jurisdiction_id, URGING.code, URGING_SCOPE.code, HOLIDAYS.code)
    rule, days = book.stands(URGING, on), book.calendar(on)
    if not rule.body.runs_on(on, days):
        return Planned(plan=Plan(on=on, rests=True), rule=rule)
    found = plan(
        cases(jurisdiction_id, on=on, ladder=rule.body),
        ladder=rule.body,
        scope=book.stands(URGING_SCOPE, on).body,
        days=days,
        on=on,
    )
    return Planned(plan=found, rule=rule)


def next_run(jurisdiction_id: int, *, after: date) -> date:
    """The next day after `after` on which the clock urges."""
    book = rulebook.book(jurisdiction_id, URGING.code, HOLIDAYS.code)
    day = after + timedelta(days=1)
    if book.stands(URGING, day).body.workdays_only:
        return book.calendar(day).on_or_after(day)[0]
    return day
