"""What units do about a matter: the plan, progress on their own part, and the claim that it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import amounts, permits
from huiyin.matters.actions.joint import answered_for
from huiyin.matters.asking import answer_requests, says_nothing_new, slips_answered, told_of
from huiyin.matters.clocks import retime
from huiyin.matters.evidence import EvidenceFile, attach
from huiyin.matters.models import Assignment, Matter, Milestone, Plan, Report
from huiyin.matters.permits import handing
from huiyin.matters.rhythms import schedule
from huiyin.matters.rules import AssignmentRole, AssignmentState, MatterState, Rhythm
from huiyin.matters.second_look import at_report
from huiyin.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A dated step of a plan."""

    due_on: date
    what: str


@action(
    "matter.set_plan",
    label=gettext_lazy("填写办理方案"),
    model=Matter,
    permit=permits.works_in_lead_unit,
    when={MatterState.UNDER_WAY},
)
def set_plan(
    matter: Matter,
    call: Call,
    *,
    goal: str,
    measures: str,
    focus: str = "",
    responsible_officer: str = "",
    milestones: Sequence[Step] = (),
) -> Facts:
    """The matter has this plan; steps already reported done are kept."""
    blank = {
        name: [_("必填")]
        for name, text in (("goal", goal), ("measures", measures))
        if not text.strip()
    }
    if blank:
        raise Refusal(_("办理方案至少要有目标和措施。"), code="plan_incomplete", fields=blank)
    plan = Plan.objects.filter(matter=matter).first()
    values = {
        "goal": goal.strip(),
        "measures": measures.strip(),
        "focus": focus.strip(),
        "responsible_officer": responsible_officer.strip(),
        "made_on": call.today,
        "made_by_name": call.actor.name,
    }
    if plan is None:
        call.create(Plan(matter=matter, **values))
    else:
        for name, value in values.items():
            setattr(plan, name, value)
        call.save(plan)
    _set_milestones(matter, call, milestones)
    book = rulebook.book(matter.jurisdiction_id)
    if matter.rhythm == Rhythm.MILESTONE:
        schedule(matter, book, today=call.today)
    else:
        retime(matter, book, today=call.today)
    matter.moved_at = call.at
    return {"milestones": len(milestones)}


def _set_milestones(matter: Matter, call: Call, steps: Sequence[Step]) -> None:
    for row in matter.milestones.filter(done_on=None):
        call.remove(row)
    for step in steps:
        if step.what.strip():
            call.create(Milestone(matter=matter, due_on=step.due_on, what=step.what.strip()))


@action(
    "assignment.report_progress",
    label=gettext_lazy("反馈进展"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED, AssignmentState.OBJECTED},
    unless=(permits.matter_is_over,),
)
def report_progress(
    assignment: Assignment,
    call: Call,
    *,
    text: str,
    percent: int | None = None,
    amount: Decimal | None = None,
    problems: str = "",
    next_step: str = "",
    evidence: Sequence[EvidenceFile] = (),
    milestones_done: Sequence[int] = (),
    answers: Mapping[str, str] | None = None,
) -> Facts:
    """The unit's report on its own part stands, with its evidence; a lead's percentage is the matter's.

    It answers everybody who asked for one; `answers` are the fields they asked for, by name. `amount`
    is what has been done so far of the amount that was demanded.
    """
    amount = amounts.of_report(assignment, amount)
    asked = at_report(
        assignment,
        text=text,
        plans=next_step,
        percent=percent,
        amount=amount,
        today=call.today,
    )
    report = _report(
        assignment,
        call,
        text,
        percent=percent,
        amount=amount,
        problems=problems,
        next_step=next_step,
        answers=answers,
    )
    attach(call, assignment.matter, evidence, report=report)
    matter = assignment.matter
    for step in matter.milestones.filter(pk__in=milestones_done, done_on=None):
        step.done_on = call.today
        call.save(step)
    if assignment.role == AssignmentRole.LEAD:
        _lead_reported(matter, call, report)
    matter.moved_at = call.at
    call.save(matter)
    return {
        "report": report.pk,
        "percent": percent,
        "amount": amount,
        "evidence": len(evidence),
        "concerns": [concern.code.value for concern in asked],
        **slips_answered(report),
    }


@action(
    "assignment.submit_completion",
    label=gettext_lazy("报送办结"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED},
    unless=(
        permits.not_lead,
        handing.referral_waits,
        permits.lead_matter_not_under_way,
        permits.lead_has_no_plan,
        permits.lead_standing,
        permits.completion_waits_for_variation,
        permits.lead_parts_are_open,
    ),
)
def submit_completion(
    assignment: Assignment,
    call: Call,
    *,
    text: str,
    amount: Decimal | None = None,
    evidence: Sequence[EvidenceFile] = (),
    parts_note: str = "",
) -> Facts:
    """The lead unit says it is done, with evidence behind the claim; the matter waits to be verified.

    For supporting parts nobody answered the lead says what became of them (`parts_note`).
    """
    matter = assignment.matter
    if not evidence and not matter.evidence.exists():
        raise Refusal(
            _("请先上传佐证材料，再报送办结。"),
            code="evidence_missing",
            fields={"evidence": [_("必填")]},
        )
    silent = answered_for(matter, call, parts_note)
    amount = amounts.of_report(assignment, amount)
    asked = at_report(
        assignment, text=text, percent=100, amount=amount, completion=True, today=call.today
    )
    report = _report(
        assignment, call, text, kind=Report.Kind.COMPLETION, percent=100, amount=amount
    )
    attach(call, matter, evidence, report=report)
    matter.state, matter.moved_at = MatterState.SUBMITTED, call.at
    _lead_reported(matter, call, report)
    call.save(matter)
    return {
        "report": report.pk,
        "amount": amount,
        "evidence": len(evidence),
        "silent_parts": silent,
        "concerns": [concern.code for concern in asked],
        **slips_answered(report),
    }


@action(
    "assignment.finish_part",
    label=gettext_lazy("本单位的份已办完"),
    model=Assignment,
    permit=permits.works_in_unit,
    when={AssignmentState.SIGNED},
    unless=(handing.lead_has_no_part, permits.matter_is_over, handing.part_is_finished),
)
def finish_part(
    assignment: Assignment, call: Call, *, text: str, evidence: Sequence[EvidenceFile] = ()
) -> Facts:
    """The supporting unit's own part is done, with its report; the lead still answers for the whole."""
    report = _report(assignment, call, text)
    attach(call, assignment.matter, evidence, report=report)
    assignment.finished_on = call.today
    return {"report": report.pk, "unit": assignment.unit_id, "evidence": len(evidence)}


def _report(
    assignment: Assignment,
    call: Call,
    text: str,
    *,
    kind: str = Report.Kind.PROGRESS,
    percent: int | None = None,
    amount: Decimal | None = None,
    problems: str = "",
    next_step: str = "",
    answers: Mapping[str, str] | None = None,
) -> Report:
    text = required(text, _("请写一写进展，一句话也可以。"), field="text")
    if percent is not None and not 0 <= percent <= 100:
        raise Refusal(
            _("进度应在 0 到 100 之间。"), code="bad_percent", fields={"percent": [_("0 到 100")]}
        )
    report: Report = call.create(
        Report(
            assignment=assignment,
            matter=assignment.matter,
            kind=kind,
            text=text,
            percent=percent,
            amount=amount,
            amount_unit=assignment.matter.quantity_unit if amount is not None else "",
            problems=problems.strip(),
            next_step=next_step.strip(),
            unchanged=kind == Report.Kind.PROGRESS
            and says_nothing_new(assignment, text, percent, amount),
            answers=told_of(answers),
            reported_at=call.at,
            reported_by_name=call.actor.name,
        )
    )
    answer_requests(report, call)
    assignment.last_reported_on = call.today
    return report


def _lead_reported(matter: Matter, call: Call, report: Report) -> None:
    """The matter knows what its lead said last; the next report is due by rhythm and light."""
    matter.last_reported_on = call.today
    if report.percent is not None:
        matter.reported_percent = report.percent
    if report.amount is not None:
        matter.reported_amount = report.amount
    matter.unchanged_reports = matter.unchanged_reports + 1 if report.unchanged else 0
    schedule(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
