"""Consultation slips (征求意见、会签): another unit is asked, has its own clock, and can do nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.hands import acting_unit, standing_unit
from huiyin.matters.models import Consultation, Matter
from huiyin.matters.permits import handing
from huiyin.matters.rules import AskState, MatterState
from huiyin.people.models import Unit
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules.joint import SLIPS
from huiyin.web.kept import kept


@action(
    "matter.consult",
    label=gettext_lazy("征求意见"),
    model=Matter,
    permit=handing.leads_or_office,
    when={MatterState.REGISTERED, MatterState.DISPATCHED, MatterState.UNDER_WAY},
)
def consult(
    matter: Matter, call: Call, *, units: Sequence[int], question: str, kind: str = "opinion"
) -> Facts:
    """Each unit named has a slip to answer by the day the rule gives; it sees the matter."""
    question = required(question, _("请写明要征求什么意见。"), field="question")
    if kind not in SLIPS:
        raise Refusal(_("请选择征求的种类。"), code="bad_value", fields={"kind": [_("请选择")]})
    found = _asked(matter, units)
    due, why, consents = _limit(matter, kind, call.today)
    rows = [
        call.create(
            Consultation(
                matter=matter,
                from_unit_id=acting_unit(call.actor),
                to_unit=unit,
                kind=kind,
                question=question,
                due_on=due,
                due_why=why,
                silence_consents=consents,
                asked_at=call.at,
                asked_by_name=call.actor.name,
            )
        )
        for unit in found
    ]
    matter.moved_at = call.at
    return {
        "slips": [row.pk for row in rows],
        "units": [unit.pk for unit in found],
        "unit_names": [str(unit) for unit in found],
        "due_on": due,
    }


def _asked(matter: Matter, units: Sequence[int]) -> list[Unit]:
    """The units to ask: others than the lead, none with a slip that still waits."""
    found = [
        standing_unit(matter.jurisdiction_id, pk, field="units") for pk in dict.fromkeys(units)
    ]
    if not found:
        raise Refusal(
            _("请选择征求哪些单位的意见。"), code="units_missing", fields={"units": [_("必填")]}
        )
    waiting = matter.consultations.filter(state=AskState.OPEN).values_list("to_unit_id", flat=True)
    refused = [unit for unit in found if unit.pk in {*waiting, matter.lead_unit_id}]
    if refused:
        names = _("、").join(str(unit) for unit in refused)
        raise Refusal(
            _("%(units)s正在承办，或者已经征求过还没有答复。") % {"units": names},
            code="already_asked",
            fields={"units": [_("请去掉%(units)s") % {"units": names}]},
        )
    return found


@kept
def _limit(matter: Matter, kind: str, today: date) -> tuple[date, str, bool]:
    """By when, by which rule, and whether silence is consent after it."""
    book = rulebook.book(matter.jurisdiction_id, "consulting", "holidays")
    rule = book.consulting(on=today)
    row = rule.body.row_for(kind)
    why = _("%(kind)s，%(rule)s") % {"kind": SLIPS[kind], "rule": rule.cited}
    return row.due_on(today, book.calendar(today)), why, row.silence_consents


@action(
    "consultation.answer",
    label=gettext_lazy("答复征求意见"),
    model=Consultation,
    permit=handing.works_in_asked_unit,
    when={AskState.OPEN},
    then=AskState.ANSWERED,
    unless=(permits.matter_is_over,),
)
def answer_consultation(slip: Consultation, call: Call, *, answer: str) -> Facts:
    """The unit has said what it thinks; late or in time is a fact beside it."""
    slip.answer = required(answer, _("请写明意见；没有意见的写“无意见”。"), field="answer")
    slip.answered_at, slip.answered_by_name = call.at, call.actor.name
    return {"unit": slip.to_unit_id, "late": call.today > slip.due_on}


@action(
    "consultation.take_back",
    label=gettext_lazy("收回征求意见"),
    model=Consultation,
    permit=handing.takes_slip_back,
    when={AskState.OPEN},
    then=AskState.WITHDRAWN,
)
def take_back_consultation(slip: Consultation, call: Call) -> Facts:
    """The unit is not asked any more."""
    slip.answered_at, slip.answered_by_name = call.at, call.actor.name
    return {"unit": slip.to_unit_id, "unit_name": str(slip.to_unit)}
