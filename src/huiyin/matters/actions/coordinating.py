"""What a unit cannot settle itself (需协调事项), asked of the lowest level that can.

Department → leader in charge → special meeting → executive meeting (design, principle 4): one level at
a time and with a reason; the answer comes down the way the question went up. The clock runs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.ledger.models import OfficeFact
from huiyin.matters import permits
from huiyin.matters.approvers import choose_coordinator
from huiyin.matters.models import Coordination, Matter
from huiyin.matters.permits import handing
from huiyin.matters.rules import AskState, Level, MatterState
from huiyin.web.kept import kept

LADDER = tuple(Level.values)


@action(
    "matter.ask_coordination",
    label=gettext_lazy("提请协调"),
    model=Matter,
    permit=permits.works_in_lead_unit,
    when={MatterState.UNDER_WAY},
)
def ask_coordination(matter: Matter, call: Call, *, question: str) -> Facts:
    """The leader in charge (the next authority when recused) has a question to answer; the unit goes on."""
    question = required(question, _("请写明什么事情本单位定不了、需要怎样协调。"), field="question")
    found = kept(choose_coordinator)(matter, today=call.today)
    row = call.create(
        Coordination(
            matter=matter,
            from_unit=matter.lead_unit,
            level=Level.LEADER,
            to_post=found.post,
            to_why=found.why,
            question=question,
            asked_at=call.at,
            asked_by_name=call.actor.name,
        )
    )
    matter.moved_at = call.at
    return {"coordination": row.pk, "post": row.to_post_id, "name": found.name}


def rows_below(asked: Coordination, **_given: Any) -> Iterator[OfficeFact]:
    """The levels it came up through."""
    row = asked.raised_from
    while row is not None:
        yield row
        row = row.raised_from


@action(
    "coordination.answer",
    label=gettext_lazy("答复协调"),
    model=Coordination,
    permit=handing.answers_coordination,
    when={AskState.OPEN},
    then=AskState.ANSWERED,
    unless=(handing.coordination_of_own_unit, permits.matter_is_over),
    locks=rows_below,
)
def answer_coordination(asked: Coordination, call: Call, *, answer: str, basis: str = "") -> Facts:
    """It is settled; the levels it came up through have the answer, and so has the unit.

    What a meeting decided is recorded with the number of its minutes.
    """
    asked.answer = required(answer, _("请写明怎么定、由谁办。"), field="answer")
    if asked.level != Level.LEADER:
        asked.basis = required(basis, _("请写明会议纪要的文号。"), field="basis")
    else:
        asked.basis = basis.strip()
    _answered(asked, call)
    for row in rows_below(asked):
        if isinstance(row, Coordination):
            row.state = AskState.ANSWERED
            _answered(row, call)
            call.save(row)
    return {"unit": asked.from_unit_id, "level": asked.level}


def _answered(row: Coordination, call: Call) -> None:
    row.answered_at, row.answered_by_name = call.at, call.actor.name


@action(
    "coordination.raise_to",
    label=gettext_lazy("提请上一级"),
    model=Coordination,
    permit=handing.raises_coordination,
    when={AskState.OPEN},
    then=AskState.RAISED,
    unless=(handing.highest_level, permits.matter_is_over),
)
def raise_coordination(asked: Coordination, call: Call, *, reason: str, level: str = "") -> Facts:
    """The next level has it, and why this one could not settle it; no level is skipped."""
    above = LADDER[LADDER.index(asked.level) + 1]
    if level and level != above:
        raise Refusal(
            _("只能提请上一级“%(level)s”，不能越级。") % {"level": Level(above).label},
            code="level_is_skipped",
            fields={"level": [_("应为：%(level)s") % {"level": Level(above).label}]},
        )
    reason = required(reason, _("请写明为什么本级定不了。"))
    row = call.create(
        Coordination(
            matter=asked.matter,
            from_unit_id=asked.from_unit_id,
            level=above,
            question=asked.question,
            reason=reason,
            raised_from=asked,
            asked_at=call.at,
            asked_by_name=call.actor.name,
        )
    )
    return {"coordination": row.pk, "from": asked.level, "level": above}


@action(
    "coordination.take_back",
    label=gettext_lazy("收回协调请求"),
    model=Coordination,
    permit=handing.works_in_asking_unit,
    when={AskState.OPEN},
    then=AskState.WITHDRAWN,
    locks=rows_below,
)
def take_back_coordination(asked: Coordination, call: Call) -> Facts:
    """The unit settled it itself; nobody has to answer any more."""
    _answered(asked, call)
    for row in rows_below(asked):
        if isinstance(row, Coordination):
            row.state = AskState.WITHDRAWN
            call.save(row)
    return {"unit": asked.from_unit_id, "level": asked.level}
