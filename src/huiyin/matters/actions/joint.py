"""Joint handling (会办): the lead answers for the whole, each supporting unit for its own part."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.dispatching import send
from huiyin.matters.actions.hands import standing_unit
from huiyin.matters.actions.parting import end_part
from huiyin.matters.actions.sending import lists_of
from huiyin.matters.models import Assignment, Matter, ReportRequest
from huiyin.matters.permits import handing
from huiyin.matters.rules import (
    GIVEN,
    AskState,
    AssignmentRole,
    AssignmentState,
    MatterState,
    Response,
)
from huiyin.web.kept import kept


@action(
    "matter.add_supporting",
    label=gettext_lazy("增加配合单位"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.DISPATCHED, MatterState.UNDER_WAY},
)
def add_supporting(
    matter: Matter, call: Call, *, unit: int, task: str = "", due_on: date | None = None
) -> Facts:
    """One more unit has a part of its own in the matter, and a list to sign for."""
    found = standing_unit(matter.jurisdiction_id, unit, field="unit")
    if matter.assignments.current().filter(unit=found).exists():
        raise Refusal(
            _("%(unit)s已经承办或配合这件事。") % {"unit": found},
            code="already_has_a_part",
            fields={"unit": [_("请选择别的单位")]},
        )
    row = call.create(Assignment(matter=matter, unit=found, role=AssignmentRole.SUPPORTING))
    _give(row, call, task, due_on)
    send(row, matter.notice, call, lists_of(matter.notice, [found.pk], call))
    matter.moved_at = call.at
    return {
        "assignment": row.pk,
        "unit": found.pk,
        "unit_name": str(found),
        "due_on": row.due_on,
    }


@action(
    "assignment.set_part",
    label=gettext_lazy("明确分工"),
    model=Assignment,
    permit=permits.office_of_matter,
    when={AssignmentState.PROPOSED, *GIVEN},
    unless=(handing.lead_has_no_part, permits.matter_is_over),
)
def set_part(assignment: Assignment, call: Call, *, task: str, due_on: date | None = None) -> Facts:
    """The supporting unit's own part is this, by this day; without a day the rule's stays."""
    task = required(task, _("请写明这个单位具体办什么。"), field="task")
    _give(assignment, call, task, due_on)
    return {**_whose(assignment), "due_on": assignment.due_on}


def _give(row: Assignment, call: Call, task: str, due_on: date | None) -> None:
    """The part's own words and day; a day after that of the whole would be no help to the lead."""
    row.task = task.strip()
    if due_on is None:
        return
    whole = row.matter.due_on
    if due_on < call.today or (whole is not None and due_on > whole):
        raise Refusal(
            _("配合的期限应在今天之后、不晚于整件事的时限。"),
            code="bad_due",
            fields={"due_on": [_("不早于今天，不晚于整件事的时限")]},
        )
    row.due_on, row.due_why = due_on, _by_hand(call.actor.name)


@kept
def _by_hand(name: str) -> str:
    return _("%(name)s 填") % {"name": name}


@action(
    "assignment.release",
    label=gettext_lazy("免去配合"),
    model=Assignment,
    permit=permits.office_of_matter,
    when=set(GIVEN),
    unless=(handing.lead_is_not_released, handing.releases_own_unit, permits.matter_is_over),
)
def release_part(assignment: Assignment, call: Call, *, reason: str) -> Facts:
    """The supporting unit has no part any more, for the reason given; what it reported stays."""
    reason = required(reason, _("请写明为什么不再需要它配合。"))
    end_part(assignment, call)
    for request in ReportRequest.objects.filter(assignment=assignment, state=AskState.OPEN):
        request.state = AskState.WITHDRAWN
        call.save(request)
    call.texts["reason"] = reason
    return _whose(assignment)


@action(
    "assignment.record_response",
    label=gettext_lazy("记录配合情况"),
    model=Assignment,
    permit=handing.leads_the_whole,
    when=set(GIVEN),
    unless=(handing.lead_has_no_part, permits.matter_is_over),
)
def record_response(assignment: Assignment, call: Call, *, response: str, note: str = "") -> Facts:  # noqa: ARG001
    """How the supporting unit responded is on record: a fact of the joint handling, never a score."""
    if response not in Response.values:
        raise Refusal(
            _("请从“按时、逾时、没有反馈”中选择。"),
            code="bad_value",
            fields={"response": [_("请选择")]},
        )
    if response == Response.NONE:
        _check_silence(assignment, note)
    assignment.response, assignment.response_note = response, note.strip()
    return {**_whose(assignment), "response": response}


def _whose(assignment: Assignment) -> Facts:
    return {"unit": assignment.unit_id, "unit_name": str(assignment.unit)}


def _check_silence(assignment: Assignment, note: str) -> None:
    """Nobody is recorded as silent who has reported, and silence is explained."""
    if assignment.last_reported_on is not None:
        raise Refusal(
            _("该单位已于 %(day)s 反馈过，不能记为没有反馈。")
            % {"day": assignment.last_reported_on.isoformat()},
            code="it_did_respond",
            fields={"response": [_("请改选")]},
        )
    required(note, _("请写明没有反馈的那一份怎么办的。"), field="note")


def answered_for(matter: Matter, call: Call, note: str) -> int:
    """Parts nobody answered are on record with the lead's word for them; how many there were.

    Source: the lead answers for the whole (会办), so it says what became of a part that stayed silent.
    """
    silent = [
        row
        for row in matter.assignments.filter(
            role=AssignmentRole.SUPPORTING, finished_on=None, last_reported_on=None, response=""
        ).select_related("unit")
        if row.state in GIVEN
    ]
    if silent and not note.strip():
        names = _("、").join(str(row.unit) for row in silent)
        raise Refusal(
            _("%(units)s的份还没有反馈。牵头单位对整件事负责，请写明这几份怎么办的。")
            % {"units": names},
            code="parts_unanswered",
            next_step=_("也可以先催办，等它们反馈后再报送。"),
            fields={"parts_note": [_("%(units)s没有反馈，请说明") % {"units": names}]},
        )
    for row in silent:
        call.perform(record_response, row, response=Response.NONE, note=note)
    return len(silent)
