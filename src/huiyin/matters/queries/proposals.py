"""What a form proposes from the data, so that nobody is asked for what the system already knows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.matters.models import Assignment, Matter, Report
from huiyin.matters.queries.people import leader_name
from huiyin.matters.queries.shaping import rolled_up
from huiyin.matters.rules import AssignmentRole
from huiyin.web.format import amount as number
from huiyin.web.format import full_day
from huiyin.web.kept import kept

LONGEST_ADDRESSEE = 120


def for_verb(name: str, matter: Matter, assignment: Assignment | None) -> dict[str, Any]:
    """Initial values of the form of a verb."""
    match name:
        case "matter.set_plan":
            return _plan(matter)
        case "assignment.report_progress":
            return _report(assignment)
        case "assignment.submit_completion":
            return {"amount": number(matter.reported_amount)}
        case "matter.settle" | "matter.close_out":
            return settlement(matter)
        case "matter.verify" | "matter.check":
            return {"method": matter.check_method}
        case "assignment.rule_hand_back":
            return {"granted": "no"}
        case "matter.follow_on":
            return _follow_on(matter)
    return {}


def _plan(matter: Matter) -> dict[str, Any]:
    plan = getattr(matter, "plan", None)
    if plan is None:
        return {"goal": matter.goal}
    return {
        "goal": plan.goal,
        "measures": plan.measures,
        "focus": plan.focus,
        "responsible_officer": plan.responsible_officer,
    }


def _report(assignment: Assignment | None) -> dict[str, Any]:
    """The last percentage; the last next step is shown above the form to be reported on.

    The lead of a matter that was broken down is offered what its parts come to.
    """
    last = last_report(assignment)
    found: dict[str, Any] = {}
    if last is not None:
        found = {"percent": last.percent, "next_step": last.next_step}
    if assignment is None or assignment.role != AssignmentRole.LEAD:
        return found
    found["amount"] = number(assignment.matter.reported_amount)
    parts = rolled_up(assignment.matter, today=clock.today())
    if parts is None:
        return found
    if parts.measured:
        found["amount"] = number(parts.reported)
    return found | {"percent": parts.percent, "text": parts.told}


def _follow_on(matter: Matter) -> dict[str, Any]:
    unit = matter.lead_unit
    stands = unit is not None and unit.ended_on is None
    return {
        "title": matter.title,
        "given_on": clock.today(),
        "lead": matter.lead_unit_id if stands else None,
    }


def last_report(assignment: Assignment | None) -> Report | None:
    """What the unit said last about its part."""
    return assignment.reports.first() if assignment is not None else None


def completion(matter: Matter) -> Report | None:
    """The unit's claim that it is done, the last one."""
    return matter.reports.filter(kind=Report.Kind.COMPLETION).first()


@kept
def settlement(matter: Matter) -> dict[str, Any]:
    """Addressee, summary and answer proposed from the source, what was asked and what was done."""
    claim = completion(matter)
    done = claim.text if claim is not None else ""
    return {
        "method": matter.check_method,
        "addressee": addressee(matter),
        "summary": _summary(matter, done),
        "answer": _answer(matter, done),
    }


def addressee(matter: Matter) -> str:
    """Where the words came from; who arranged it, for a part; the leader in charge when neither is named."""
    if matter.parent is not None and matter.parent.lead_unit is not None:
        return matter.parent.lead_unit.name
    said_by = matter.source_from or leader_name(matter.leader_post) or matter.source_label
    return said_by[:LONGEST_ADDRESSEE]


def _summary(matter: Matter, done: str) -> str:
    words = {"unit": matter.lead_unit or "", "title": matter.title, "done": done}
    return _("%(unit)s办理“%(title)s”，%(done)s") % words if done else ""


def _answer(matter: Matter, done: str) -> str:
    asked = matter.quote or matter.title
    words = {"asked": asked, "unit": matter.lead_unit or "", "done": done}
    if matter.dispatched_on is None:
        return ""
    words["day"] = full_day(matter.dispatched_on)
    return _("关于“%(asked)s”：%(day)s交%(unit)s办理，现已办结。%(done)s") % words
