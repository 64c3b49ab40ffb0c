"""The clock's daily work: what the ladder has due today is sent, one event a step.

Killed in between, it is taken again and plans anew: what was sent is known, the rest follows.
"""

from __future__ import annotations

import logging
from typing import Any

from huiyin import clock
from huiyin.actors import Actor, machine
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.ledger.daily import each_day
from huiyin.notices import actions
from huiyin.notices.queries.planning import plan_for
from huiyin.notices.rules import Sending
from huiyin.notices.said import kept_why
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import URGING

KIND = "urge"
log = logging.getLogger(__name__)


def is_time(jurisdiction_id: int) -> bool:
    """Whether the hour the rule names has struck in the office's zone."""
    rule = rulebook.book(jurisdiction_id, URGING.code).stands(URGING, clock.today())
    return clock.now().astimezone(clock.zone()).hour >= rule.body.hour


@each_day(KIND, ready=is_time)
def urge_all(_subject: int, jurisdiction_id: int) -> None:
    """Everything due today was sent once, each in its own transaction."""
    planned = plan_for(jurisdiction_id, on=clock.today())
    actor = machine("clock", jurisdiction_id)
    for sending in planned.plan.sendings:
        _send(sending, actor, planned.rule.number)


def _send(sending: Sending, actor: Actor, rule: int) -> None:
    """One step is sent; what ended or changed since the plan was made is left alone."""
    verb: Any = actions.urge if sending.case.kind == "matter" else actions.urge_list
    step, base = sending.step, sending.clock
    rung = actions.Rung(
        clock=base.kind,
        base_on=base.base_on,
        unit=base.unit,
        days=step.days,
        rung=step.to,
        slip=step.slip,
        rule=rule,
        words=kept_why(sending),
    )
    to = [actions.Holder(post=person.post, user=person.user) for person in sending.to]
    try:
        perform(verb, sending.case.pk, actor, Ask(_key(sending)), step=rung, to=to)
    except Refusal as refusal:
        log.info("%s %s not urged: %s", sending.case.kind, sending.case.pk, refusal.code)


def _key(sending: Sending) -> str:
    """The same for one step on one day, so that two workers at once send it once."""
    case, base, step = sending.case, sending.clock, sending.step
    about = (case.kind, case.pk, base.kind, base.base_on, base.unit or 0, step.days, step.to)
    return ":".join(["urge", clock.today().isoformat(), *map(str, about)])
