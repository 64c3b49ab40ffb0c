"""A clock that stands (中止) and runs again: nothing is late meanwhile, and no day is lost or won."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin import clock
from huiyin.door import Call, Facts, action
from huiyin.errors import Conflict, Refusal, required
from huiyin.matters import permits, rhythms, running
from huiyin.matters.defaults import retime
from huiyin.matters.models import Assignment, Matter, Suspension
from huiyin.matters.rules import OPEN, AssignmentState, MatterState
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.rulebook.rules import Stop, lasted, moved_on

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
        permits.suspends_own_part,
        permits.suspension_already_asked,
        permits.objection_waits,
        permits.part_objection_waits,
    ),
)
def suspend(matter: Matter, call: Call, *, reason: str, until: date, basis: str = "") -> Facts:
    """The clock stands from today with its reason and the day by which it is taken up again.

    The open parts of a matter that was broken down stand with it; those that stood already go on standing.
    """
    reason = required(reason, _("请写明中止的理由。"))
    if not call.today < until <= call.today + LONGEST:
        sentence = _("恢复办理的日期要在今天以后。")
        raise Refusal(sentence, code="bad_value", fields={"until": [sentence]})
    row, parts = stop_clock(matter, call, reason=reason, basis=basis, until=until)
    matter.moved_at = call.at
    return {"suspension": row.pk, "until": until, "parts": parts}


def stop_clock(
    matter: Matter, call: Call, *, reason: str, basis: str, until: date
) -> tuple[Suspension, int]:
    """The matter is suspended, and its open parts with it (how many); the caller saves it."""
    if matter.state != MatterState.UNDER_WAY:
        raise Conflict(_("只有办理中的事项可以中止。"), code="wrong_state")
    for stands in (permits.suspends_own_part, permits.part_objection_waits):
        sentence = stands(matter, call.actor)
        if sentence:
            raise Conflict(sentence, code=stands.__name__)
    row = _stopped(
        matter,
        call,
        Suspension(reason=reason.strip(), basis=basis.strip(), until_on=until),
    )
    return row, _stop_parts(matter, call, row)


def _stopped(matter: Matter, call: Call, row: Suspension) -> Suspension:
    matter.suspended_from, matter.state = matter.state, MatterState.SUSPENDED
    row.matter, row.from_on, row.decided_by_name = matter, call.today, call.actor.name
    return call.create(row)


def _stop_parts(whole: Matter, call: Call, stop: Suspension) -> int:
    parts = list(whole.children.filter(state__in=OPEN).order_by("pk"))
    for part in parts:
        part.parent = whole
        call.perform(_suspend_part, part, stop=stop)
    return len(parts)


@action(
    "matter.suspend_part",
    label=gettext_lazy("随所属事项中止"),
    model=Matter,
    permit=permits.within_whole,
    when=set(OPEN),
    public=False,
)
def _suspend_part(part: Matter, call: Call, *, stop: Suspension) -> Facts:
    """The part's clock stands because its whole's does, for the same reason and until the same day."""
    row = _stopped(
        part,
        call,
        Suspension(reason=stop.reason, basis=stop.basis, until_on=stop.until_on, with_whole=stop),
    )
    _stop_parts(part, call, row)
    part.moved_at = call.at
    call.texts["whole"] = stop.matter.title
    return {"suspension": row.pk, "until": row.until_on, "whole": stop.matter_id}


@action(
    "matter.resume",
    label=gettext_lazy("恢复办理"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.SUSPENDED},
    unless=(permits.suspends_own_unit, permits.suspends_own_part, permits.whole_stands),
)
def resume(matter: Matter, call: Call, *, reason: str = "") -> Facts:
    """The clock runs again and gives back the days it stood: due day, steps not done, next report and check.

    A limit counted in working days is given working days back, any other calendar days: 政府信息公开条例第三十三条
    counts its limit in working days and leaves out the time opinions take, so that time is measured alike
    (docs/decisions/days-given-back.md). The baseline stays as it was. Parts that stood because of this matter
    run again with it, no others.
    """
    return _run_again(matter, call, reason.strip())


@action(
    "matter.resume_part",
    label=gettext_lazy("随所属事项恢复"),
    model=Matter,
    permit=permits.within_whole,
    when={MatterState.SUSPENDED},
    public=False,
)
def _resume_part(part: Matter, call: Call, *, reason: str, stop: Suspension) -> Facts:
    """The part's clock runs again because its whole's does, and gives back the days it stood.

    A part whose day no rule counts has the kind of days its whole has, so that it stays before it.
    """
    whole = part.parent
    call.texts["whole"] = whole.title if whole is not None else ""
    return {**_run_again(part, call, reason, of_whole=stop.unit), "whole": part.parent_id}


def _run_again(matter: Matter, call: Call, reason: str, *, of_whole: str = "") -> Facts:
    row = next(row for row in matter.suspensions.all() if row.resumed_on is None)
    book, stop = rulebook.book(matter.jurisdiction_id), (row.from_on, call.today)
    counted_in = running.unit_of(matter, book, on=call.today) or of_whole
    row.unit = "working" if counted_in == "working" else "calendar"
    row.days = lasted(stop, row.unit, book.calendar(call.today))
    row.resumed_on, row.resumed_by_name = call.today, call.actor.name
    call.save(row)
    was = matter.due_on
    _give_back(matter, call, stop, row.unit, book)
    matter.state, matter.suspended_from = matter.suspended_from, ""
    matter.moved_at = call.at
    retime(matter, book, today=call.today)
    if reason:
        call.texts["reason"] = reason
    parts = _run_parts(matter, call, row, reason)
    return {
        "suspension": row.pk,
        "days": lasted(stop, "calendar", book.calendar(call.today)),
        "given_back": row.days,
        "unit": row.unit,
        "due_was": was,
        "due_on": matter.due_on,
        "parts": parts,
    }


def _run_parts(whole: Matter, call: Call, stop: Suspension, reason: str) -> int:
    """Exactly the parts that stood because of this stop run again; how many."""
    stood = whole.children.filter(
        state=MatterState.SUSPENDED,
        suspensions__with_whole=stop,
        suspensions__resumed_on=None,
    )
    # Their rows are read at once: a whole may have 83 parts.
    rows = stood.prefetch_related("suspensions", "assignments", "milestones")
    parts = list(rows.order_by("pk"))
    for part in parts:
        part.parent = whole
        call.perform(_resume_part, part, reason=reason, stop=stop)
    return len(parts)


def _give_back(matter: Matter, call: Call, stop: Stop, unit: str, book: Book) -> None:
    """Every day moves on by the days the clock stood, so that what was late is as late as before.

    One measure for all days of a matter: a step or a part that lay before the due day still does.
    """

    def later(day: date) -> date:
        return moved_on(day, stop, unit, book.calendar(call.today))

    for name in SHIFTED:
        day = getattr(matter, name)
        if day is not None:
            setattr(matter, name, later(day))
    running.give_back(matter, later)
    rhythms.give_back(matter, later)
    for part in matter.assignments.all():
        if part.state != AssignmentState.ENDED:
            part.due_on = later(part.due_on) if part.due_on else None
            _give_back_window(part, stop, book, call.today)
            call.save(part)
    for step in matter.milestones.all():
        if step.done_on is None:
            step.due_on = later(step.due_on)
            call.save(step)


def _give_back_window(part: Assignment, stop: Stop, book: Book, today: date) -> None:
    """While the clock stood the unit could not object: a window that was open then is open as long again.

    It is counted as the rule of the window counts it (working days, as shipped).
    """
    if part.objection_until is None or part.signed_at is None:
        return
    signed_on = clock.day_of(part.signed_at)
    start = max(stop[0], signed_on)
    if part.objection_until >= start:
        unit = book.objection_window(on=signed_on).unit
        days = book.calendar(today)
        part.objection_until = moved_on(part.objection_until, (start, stop[1]), unit, days)
