"""现在该谁回答: exactly one unit or post answers now, and what is next (design, invariant 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Assignment, CloseOut, Matter, Milestone, Plan, StrikeOff
from huiyin.matters.permits.next_authority import leader_in_its_place, office_stands_back
from huiyin.matters.queries.people import contacts, leader_name
from huiyin.matters.rules import (
    BEFORE_DISPATCH,
    REPLACED,
    AssignmentState,
    MatterState,
    StrikeOffState,
)
from huiyin.web.format import day as day_words

OFFICE_NEXT: Mapping[str, Promise] = {
    MatterState.REGISTERED: gettext_lazy("补齐拟办内容，提请审批"),
    MatterState.APPROVED: gettext_lazy("印发督办通知，交办到单位"),
    MatterState.SUBMITTED: gettext_lazy("核查牵头单位报来的办结"),
    MatterState.VERIFIED: gettext_lazy("验收、销号，把结果答复来源"),
    MatterState.ACCEPTED: gettext_lazy("销号，把结果答复来源"),
}
"""States in which the office has the next move, and which."""
STRIKE_OFF_NEXT: Mapping[str, Promise] = {
    StrikeOffState.CHECKED: gettext_lazy("签字验收整改：谁验收、谁负责"),
    StrikeOffState.SIGNED: gettext_lazy("内部公示整改结果"),
    StrikeOffState.PUBLISHED: gettext_lazy("公示期满，销号备案，把结果答复来源"),
}
"""What a rectification waits for, by the stage of its strike-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers now, whom to call, what comes next by when; `beside`: who else is waited for.

    `office` when it is the supervision office that has the next move.
    """

    who: str
    people: str
    next: str
    by: date | None = None
    beside: tuple[str, ...] = ()
    office: bool = False


def answering(
    matter: Matter,
    *,
    lead: Assignment | None,
    plan: Plan | None,
    milestones: Sequence[Milestone],
    close_out: CloseOut | None,
    today: date,
) -> Answering:
    """Who has the next move."""
    if matter.state in OFFICE_NEXT:
        whole = matter.parent
        who = str(whole.lead_unit) if whole is not None else _("督查室")
        following = str(OFFICE_NEXT[matter.state])
        return Answering(who=who, people="", next=following, office=whole is None)
    if matter.state in REPLACED:
        return Answering(who=_("没有"), people="", next=_("由并入或拆分后的事项继续办理"))
    if matter.state == MatterState.PROPOSED:
        return _approver(matter)
    if matter.state == MatterState.CLOSED:
        return _answered(close_out)
    if matter.state == MatterState.WITHDRAWN:
        return Answering(who=_("没有"), people="", next=_("事项已撤销"))
    if lead is not None and lead.state == AssignmentState.OBJECTED:
        return Answering(
            who=_("督查室"),
            people=_people(matter, plan, today),
            next=_("裁定牵头单位的异议；裁定前仍由它办理"),
            office=True,
        )
    return _unit(matter, plan, milestones, today)


def in_turn(answer: Answering, matter: Matter, waiting: Sequence[OfficeFact]) -> Answering:
    """The same, by the steps of a strike-off; a leader where the office stands back from what is its own."""
    row = next((row for row in waiting if isinstance(row, StrikeOff)), None)
    if row is not None and matter.state != MatterState.SUSPENDED:
        following = str(STRIKE_OFF_NEXT[row.state])
        if row.state == StrikeOffState.CHECKED:
            return replace(answer, who=_leader(matter), next=following, office=False)
        answer = replace(answer, who=_("督查室"), next=following, office=True)
    if not answer.office or matter.state in (MatterState.CLOSED, *BEFORE_DISPATCH):
        return answer
    if not office_stands_back(matter):
        return answer
    why = _("督查室也在办这件事，依回避规则由领导办")
    return replace(answer, who=_leader(matter), people=why, office=False)


def _leader(matter: Matter) -> str:
    return leader_name(leader_in_its_place(matter)) or _("主要领导")


def _approver(matter: Matter) -> Answering:
    notice = matter.notice
    who = leader_name(notice.approver_post) if notice is not None else ""
    return Answering(
        who=who or _("主要领导"),
        people=notice.approver_why if notice else "",
        next=_("审批这一批拟办"),
    )


def _answered(close_out: CloseOut | None) -> Answering:
    if close_out is None:
        return Answering(who=_("已办结"), people="", next="")
    done = _("回告已送达") if close_out.delivered_at else _("回告已签发，送达后请记录")
    return Answering(
        who=_("已办结"), people=_("答复%(to)s") % {"to": close_out.addressee}, next=done
    )


def _unit(
    matter: Matter, plan: Plan | None, milestones: Sequence[Milestone], today: date
) -> Answering:
    who, people = str(matter.lead_unit or ""), _people(matter, plan, today)
    if matter.state == MatterState.DISPATCHED:
        return Answering(who=who, people=people, next=_("签收督办通知"))
    if plan is None and not matter.is_standing:
        return Answering(who=who, people=people, next=_("填写办理方案（目标、措施、节点）"))
    step = next((m for m in milestones if m.done_on is None), None)
    if matter.is_standing or step is None:
        by = matter.next_report_on if matter.is_standing else matter.due_on
        return Answering(
            who=who,
            people=people,
            next=_("反馈本期情况") if matter.is_standing else _("报送办结"),
            by=by,
        )
    return Answering(who=who, people=people, next=step.what, by=step.due_on)


def _people(matter: Matter, plan: Plan | None, today: date) -> str:
    """`责任人 江涛局长，联络员 秦川，61××208`."""
    if matter.lead_unit_id is None:
        return ""
    posts = contacts([matter.lead_unit_id], today=today).get(matter.lead_unit_id, [])
    head = next((p for p in posts if p.role == "unit_head"), None)
    liaison = next((p for p in posts if p.role == "liaison_officer"), None)
    named = plan.responsible_officer if plan is not None else ""
    officer = named or leader_name(head)
    parts = [_("责任人 %(name)s") % {"name": officer}] if officer else []
    if liaison is not None:
        parts.append(_("联络员 %(name)s") % {"name": liaison.user.name})
        if liaison.user.phone:
            parts.append(liaison.user.phone)
    return _("，").join(parts)


def next_words(answer: Answering, *, today: date) -> str:
    """`11月24日前，提升泵到货`."""
    if answer.by is None:
        return answer.next
    return _("%(day)s前，%(what)s") % {
        "day": day_words(answer.by, today=today),
        "what": answer.next,
    }
