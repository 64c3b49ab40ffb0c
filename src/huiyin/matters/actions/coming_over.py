"""What hung on a matter that is merged goes on in the one that carries it: parts, questions, checks, its leader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.door import Call, Facts
from huiyin.matters.actions.dispatching import send
from huiyin.matters.actions.sending import lists_of
from huiyin.matters.models import Assignment, Consultation, Coordination, Matter, ReportRequest
from huiyin.matters.rules import (
    BEFORE_DISPATCH,
    AskState,
    AssignmentRole,
    AssignmentState,
    CameBy,
    DrawnState,
)
from huiyin.web.kept import kept

GOES_ON = (
    "unit_id", "state", "task", "due_why", "finished_on", "response", "response_note", "sent_at",
    "signed_at", "signed_by", "signed_by_name", "objection_until", "last_reported_on",
)  # fmt: skip
"""Columns of a part that are as they were."""


def come_over(gone: Matter, survivor: Matter, call: Call) -> Facts:
    """Supporting units have the part they had, and what was asked goes on being asked; who, and how much.

    A unit that has a part in the survivor keeps that one; exactly one leads, and it is the survivor's lead.
    Checks that were drawn and the leader who leads personally go on too.
    """
    there = {row.unit_id: row for row in _current(survivor)}
    came, stayed = [], []
    for part in _current(gone):
        if part.role != AssignmentRole.SUPPORTING:
            continue
        if part.unit_id in there:
            stayed.append(part)
        else:
            there[part.unit_id] = _continued(part, survivor, call)
            came.append(part)
    _say_tasks(stayed, call)
    return {
        "came": [part.unit_id for part in came],
        "came_names": [str(part.unit) for part in came],
        "stayed": [part.unit_id for part in stayed],
        "stayed_names": [str(part.unit) for part in stayed],
        "asked": _pass_questions(gone, survivor, there, call),
        **_pass_checks(gone, survivor, call),
        **_pass_leader(gone, survivor, call.today),
    }


def _current(matter: Matter) -> list[Assignment]:
    rows = matter.assignments.current()
    return list(rows.select_related("unit").order_by("pk"))


def _continued(part: Assignment, survivor: Matter, call: Call) -> Assignment:
    """The unit's part in the survivor, as it was; what it has not signed for stands on a list of the survivor."""
    row = Assignment(
        matter=survivor,
        role=AssignmentRole.SUPPORTING,
        came_by=CameBy.MERGE,
        due_on=_due(part.due_on, survivor),
        **{name: getattr(part, name) for name in GOES_ON},
    )
    if row.due_on != part.due_on:
        row.due_why = _with_the_whole()
    call.create(row)
    proposed_there = survivor.state in BEFORE_DISPATCH
    if not proposed_there and row.state in (AssignmentState.PROPOSED, AssignmentState.SENT):
        send(row, survivor.notice, call, lists_of(survivor.notice, [row.unit_id], call))
    return row


def _due(day: date | None, survivor: Matter) -> date | None:
    """Not after the day of the whole, which may be earlier there."""
    return min(day, survivor.due_on) if day is not None and survivor.due_on is not None else day


@kept
def _with_the_whole() -> str:
    return _("合并后不晚于整件事的时限")


@kept
def _say_tasks(stayed: list[Assignment], call: Call) -> None:
    """The task of a part that does not come over is in the story: the unit answers for it in the part it has."""
    told = [f"{part.unit}{_('：')}{part.task}" for part in stayed if part.task]
    if told:
        call.texts["tasks"] = "\n".join(told)


def _pass_questions(
    gone: Matter, survivor: Matter, there: Mapping[int, Assignment], call: Call
) -> int:
    """What waits for an answer about the merged matter waits for it about the survivor; how many."""
    lead = next((row for row in there.values() if row.role == AssignmentRole.LEAD), None)
    count = 0
    for kind in (ReportRequest, Consultation, Coordination):
        for asked in _open(kind, gone):
            asked.matter = survivor
            if isinstance(asked, ReportRequest):
                asked.assignment = there.get(asked.assignment.unit_id) or lead or asked.assignment
            elif isinstance(asked, Consultation) and asked.to_unit_id == survivor.lead_unit_id:
                asked.state = AskState.WITHDRAWN  # nobody asks itself
            call.save(asked)
            count += 1
    return count


def _open(kind: Any, matter: Matter) -> Any:
    rows = kind.objects.filter(matter=matter, state=AskState.OPEN)
    return rows.select_related("assignment") if kind is ReportRequest else rows


def _pass_checks(gone: Matter, survivor: Matter, call: Call) -> Facts:
    """What was drawn to be checked is checked in the survivor: how many checks came, how many fell together.

    A merge is no way round a check (不能只有安排、没有检查): the words that were drawn are there now. Where the
    survivor waits for a check itself one look does for both, and the other is dropped; that it was
    drawn stays.
    """
    waits = survivor.drawn_checks.filter(state=DrawnState.OPEN).exists()
    came = together = 0
    for check in gone.drawn_checks.filter(state=DrawnState.OPEN).order_by("pk"):
        if waits:
            check.state = DrawnState.DROPPED
            together += 1
        else:
            check.merged_from_id, check.matter, waits = check.drawn_id, survivor, True
            came += 1
        call.save(check)
    return {"checks_came": came, "checks_together": together}


def _pass_leader(gone: Matter, survivor: Matter, today: date) -> Facts:
    """Who led the merged matter personally leads the survivor: what a leader took on is where the words are now.

    One leader leads a matter (领办、包案): where another leads the survivor, or who led has left, it ends.
    """
    post = gone.personal_lead
    if post is None:
        return {}
    if survivor.personal_lead is None and post.lasts(today):
        survivor.personal_lead = post
    return {
        "led_by": post.pk,
        "led_by_name": f"{post.user.name}{post.title}",
        "leads_on": survivor.personal_lead_id == post.pk,
    }
