"""Asking for a report, taking the request back; saying that nothing has changed; how often a unit reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.asking import known_already
from huiyin.matters.clocks import retime
from huiyin.matters.models import Assignment, Matter, Report, ReportRequest
from huiyin.matters.permits import asking
from huiyin.matters.rhythms import schedule
from huiyin.matters.rules import AskState, AssignmentRole, AssignmentState, MatterState, Rhythm
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept

MOST_FIELDS = 8
"""Fields one request may name besides the report itself; more is a form, and forms are what is to be avoided."""
LONGEST_FIELD = 60


@action(
    "assignment.ask_report",
    label=gettext_lazy("要情况"),
    model=Assignment,
    permit=asking.may_ask_report,
    when={AssignmentState.SIGNED, AssignmentState.OBJECTED},
    unless=(permits.matter_is_over, asking.asks_own_unit),
)
def ask_report(
    assignment: Assignment,
    call: Call,
    *,
    reason: str,
    due_on: date | None = None,
    fields: Sequence[str] = (),
    not_enough: str = "",
) -> Facts:
    """The unit is asked for a report, with the reason; who asks has seen what is known already."""
    reason = required(reason, _("请写明为什么要这个情况。"))
    book = rulebook.book(assignment.matter.jurisdiction_id)
    due_on = due_on or _due(book, call.today)
    names = _names(fields)
    if due_on < call.today:
        raise Refusal(
            _("报送的日子不能早于今天。"),
            code="due_in_the_past",
            fields={"due_on": [_("不早于今天")]},
        )
    _check_needed(assignment, call.today, not_enough)
    capacity = call.actor.capacity
    row = call.create(
        ReportRequest(
            matter=assignment.matter,
            assignment=assignment,
            asked_by_unit_id=capacity.unit_id if capacity else None,
            asked_by_post_id=capacity.post_id if capacity else None,
            asked_by_name=call.actor.name,
            reason=reason,
            not_enough=not_enough.strip(),
            fields=names,
            field_count=len(names),
            due_on=due_on,
            asked_at=call.at,
        )
    )
    return {"request": row.pk, "unit": assignment.unit_id, "due_on": due_on, "fields": len(names)}


def _due(book: rulebook.Book, today: date) -> date:
    days = book.rhythms(on=today).body.ask_days
    return book.calendar(today).add_working_days(today, days)[0]


def _names(fields: Sequence[str]) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in fields if name.strip()))
    if len(names) > MOST_FIELDS or any(len(name) > LONGEST_FIELD for name in names):
        raise Refusal(
            _("一次最多要 %(n)d 个字段，每个不超过 %(m)d 个字。")
            % {"n": MOST_FIELDS, "m": LONGEST_FIELD},
            code="too_many_fields",
            fields={"fields": [_("请只要非要不可的。")]},
        )
    return names


def _check_needed(assignment: Assignment, today: date, not_enough: str) -> None:
    """What is known already is shown first; asking all the same wants a reason."""
    known = known_already(assignment, today)
    if known.words and not not_enough.strip():
        raise Refusal(
            _("已经有情况了：%(known)s。如果不够，请写明还缺什么。")
            % {"known": _("；").join(known.words)},
            code="known_already",
            fields={"not_enough": [_("请写明为什么不够")]},
        )


@action(
    "report_request.take_back",
    label=gettext_lazy("收回，不用报了"),
    model=ReportRequest,
    permit=asking.takes_request_back,
    unless=(asking.no_longer_open, asking.signed_by_a_leader, asking.asked_by_a_leader),
)
def take_back_request(report_request: ReportRequest, call: Call) -> Facts:  # noqa: ARG001
    """The unit need not answer this any more: said by who asked, by the head of that unit or of the office.

    A colleague does not undo what somebody else asked and waits for.
    """
    report_request.state = AskState.WITHDRAWN
    return {"assignment": report_request.assignment_id}


@action(
    "assignment.report_same",
    label=gettext_lazy("没有变化"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED},
    unless=(permits.matter_is_over, asking.same_is_not_enough),
)
def report_same(assignment: Assignment, call: Call) -> Facts:
    """The unit has reported, in one click, that nothing has changed; the next report is due by rhythm."""
    matter = assignment.matter
    lead = assignment.role == AssignmentRole.LEAD
    report = call.create(
        Report(
            assignment=assignment,
            matter=matter,
            text=_nothing_new(),
            percent=matter.reported_percent if lead else None,
            amount=matter.reported_amount if lead else None,
            amount_unit=matter.quantity_unit if lead and matter.reported_amount is not None else "",
            unchanged=True,
            reported_at=call.at,
            reported_by_name=call.actor.name,
        )
    )
    assignment.last_reported_on = call.today
    if lead:
        matter.last_reported_on = call.today
        matter.unchanged_reports += 1
        schedule(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    matter.moved_at = call.at
    call.save(matter)
    return {"report": report.pk, "percent": report.percent}


@kept
def _nothing_new() -> str:
    return _("与上次反馈相比没有变化。")


@action(
    "matter.set_rhythm",
    label=gettext_lazy("改反馈频次"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.DISPATCHED, MatterState.UNDER_WAY},
    unless=(asking.has_no_due_day,),
)
def set_rhythm(matter: Matter, call: Call, *, rhythm: str, reason: str) -> Facts:
    """The unit reports in this rhythm from now on, because the office says so and why."""
    reason = required(reason, _("请写明为什么改。"))
    if rhythm not in Rhythm.values:
        raise Refusal(
            _("请从列出的频次中选择。"), code="bad_value", fields={"rhythm": [_("请选择")]}
        )
    if rhythm == matter.rhythm and matter.filled.get("rhythm", {}).get("from") == "hand":
        raise Refusal(_("和现在的频次一样，没有改动。"), code="nothing_changed")
    was, matter.rhythm = matter.rhythm, rhythm
    matter.filled = {**matter.filled, "rhythm": _by_hand(call, reason)}
    book = rulebook.book(matter.jurisdiction_id)
    schedule(matter, book, today=call.today)
    retime(matter, book, today=call.today)
    call.texts["reason"] = reason
    return {"from": was, "rhythm": rhythm, "next_report_on": matter.next_report_on}


@kept
def _by_hand(call: Call, reason: str) -> dict[str, str]:
    why = _("%(name)s 定：%(reason)s") % {"name": call.actor.name, "reason": reason}
    return {"from": "hand", "why": why}
