"""A clock that stands (中止) and runs again: nothing is late meanwhile, and no day is lost or won."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Conflict, Refusal, required
from huiyin.matters import permits
from huiyin.matters.defaults import retime
from huiyin.matters.models import Matter, Suspension
from huiyin.matters.rules import AssignmentState, MatterState
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import Calendar, Stop, moved_on

LONGEST = timedelta(days=3650)
SHIFTED = ("due_on", "check_on", "next_report_on", "next_check_on")
"""Days of a matter that move on by the days its clock stood."""


@action(
    "matter.suspend",
    label=gettext_lazy("中止办理"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.UNDER_WAY},
    unless=(
        permits.suspends_own_unit,
        permits.suspension_already_asked,
        permits.objection_waits,
    ),
)
def suspend(matter: Matter, call: Call, *, reason: str, until: date, basis: str = "") -> Facts:
    """The clock stands from today with its reason and the day by which it is taken up again."""
    reason = required(reason, _("请写明中止的理由。"))
    if not call.today < until <= call.today + LONGEST:
        sentence = _("恢复办理的日期要在今天以后。")
        raise Refusal(sentence, code="bad_value", fields={"until": [sentence]})
    row = stop_clock(matter, call, reason=reason, basis=basis, until=until)
    matter.moved_at = call.at
    return {"suspension": row.pk, "until": until}


def stop_clock(matter: Matter, call: Call, *, reason: str, basis: str, until: date) -> Suspension:
    """The matter is suspended; the caller saves it."""
    if matter.state != MatterState.UNDER_WAY:
        raise Conflict(_("只有办理中的事项可以中止。"), code="wrong_state")
    matter.suspended_from, matter.state = matter.state, MatterState.SUSPENDED
    row: Suspension = call.create(
        Suspension(
            matter=matter,
            reason=reason.strip(),
            basis=basis.strip(),
            from_on=call.today,
            until_on=until,
            decided_by_name=call.actor.name,
        )
    )
    return row


@action(
    "matter.resume",
    label=gettext_lazy("恢复办理"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.SUSPENDED},
    unless=(permits.suspends_own_unit,),
)
def resume(matter: Matter, call: Call, *, reason: str = "") -> Facts:
    """The clock runs again and gives back the days it stood: due day, steps not done, next report and check.

    The baseline stays as it was.
    """
    row = matter.suspensions.get(resumed_on=None)
    row.days = (call.today - row.from_on).days
    row.resumed_on, row.resumed_by_name = call.today, call.actor.name
    call.save(row)
    was = matter.due_on
    book = rulebook.book(matter.jurisdiction_id)
    _give_back(matter, call, (row.from_on, call.today), book.calendar(call.today))
    matter.state, matter.suspended_from = matter.suspended_from, ""
    matter.moved_at = call.at
    retime(matter, book, today=call.today)
    if reason.strip():
        call.texts["reason"] = reason.strip()
    return {"suspension": row.pk, "days": row.days, "due_was": was, "due_on": matter.due_on}


def _give_back(matter: Matter, call: Call, stop: Stop, days: Calendar) -> None:
    """Every day moves on by the days the clock stood, so that what was late is as late as before.

    Calendar days for every matter: docs/decisions/days-given-back.md.
    """

    def later(day: date) -> date:
        return moved_on(day, stop, "calendar", days)

    for name in SHIFTED:
        day = getattr(matter, name)
        if day is not None:
            setattr(matter, name, later(day))
    for part in matter.assignments.exclude(state=AssignmentState.ENDED).exclude(due_on=None):
        part.due_on = later(part.due_on) if part.due_on else None
        call.save(part)
    for step in matter.milestones.filter(done_on=None):
        step.due_on = later(step.due_on)
        call.save(step)
