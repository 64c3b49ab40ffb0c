"""The seven haves of a matter, computed from what is there; nobody fills them in by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from huiyin.matters.models import Matter, Milestone, Plan, Report, Verification
from huiyin.matters.rules import Have, MatterState, SevenHaves
from huiyin.rulebook.rules.words import METHODS

_CLAUSES = re.compile(r"[；;。\n]+")
SHORT = 12
"""Characters of a value shown under its have."""

Cell = tuple[Have, str]


def seven_haves(
    matter: Matter,
    *,
    plan: Plan | None,
    milestones: Sequence[Milestone],
    reports: Sequence[Report],
    checks: Sequence[Verification],
    today: date,
) -> SevenHaves:
    """Each have with what is there, or what is missing."""
    return SevenHaves(
        plan=_plan(plan, milestones),
        goal=_goal(matter, plan),
        measures=_measures(plan),
        focus=(Have.FULL, _short(plan.focus)) if plan and plan.focus else (Have.NONE, _("没有写")),
        progress=_progress(matter, milestones, reports, today),
        check=_check(matter, checks),
        acceptance=_acceptance(matter),
    )


def sentence(haves: SevenHaves) -> str:
    """`有五项，一项不全，缺一项`."""
    found = [have for _name, have, _words in haves.rows() if have is not Have.NA]
    parts = [_("有%(n)d项") % {"n": found.count(Have.FULL)}]
    if found.count(Have.HALF):
        parts.append(_("%(n)d项不全") % {"n": found.count(Have.HALF)})
    if found.count(Have.NONE):
        parts.append(_("缺%(n)d项") % {"n": found.count(Have.NONE)})
    return _("，").join(parts)


def _plan(plan: Plan | None, milestones: Sequence[Milestone]) -> Cell:
    if plan is None:
        return Have.NONE, _("还没有填")
    if not milestones:
        return Have.HALF, _("没有分节点")
    return Have.FULL, _("%(n)d 个节点") % {"n": len(milestones)}


def _goal(matter: Matter, plan: Plan | None) -> Cell:
    if plan is not None and plan.goal:
        return Have.FULL, _short(plan.goal)
    if matter.goal:
        return Have.HALF, _("照事项名称")
    return Have.NONE, _("没有写")


def _measures(plan: Plan | None) -> Cell:
    if plan is None or not plan.measures:
        return Have.NONE, _("没有写")
    count = len([part for part in _CLAUSES.split(plan.measures) if part.strip()])
    return Have.FULL, _("%(n)d 条") % {"n": count}


def _progress(
    matter: Matter, milestones: Sequence[Milestone], reports: Sequence[Report], today: date
) -> Cell:
    if not reports:
        return Have.NONE, _("还没有报过")
    missed = [step for step in milestones if step.done_on is None and step.due_on < today]
    if missed and matter.state == MatterState.UNDER_WAY:
        return Have.HALF, _("%(n)d 个节点到期未完") % {"n": len(missed)}
    if (
        matter.next_report_on is not None
        and matter.next_report_on < today
        and matter.closed_on is None
    ):
        return Have.HALF, _("本期还没有报")
    return Have.FULL, _("报过 %(n)d 次") % {"n": len(reports)}


def _check(matter: Matter, checks: Sequence[Verification]) -> Cell:
    if checks:
        return Have.FULL, _("查过 %(n)d 次") % {"n": len(checks)}
    if matter.check_method:
        return Have.HALF, _("定了%(method)s") % {
            "method": METHODS.get(matter.check_method, matter.check_method)
        }
    return Have.NONE, _("没有定")


def _acceptance(matter: Matter) -> Cell:
    if matter.is_standing:
        return Have.NA, _("长期推进，不销号")
    if matter.state in (MatterState.ACCEPTED, MatterState.CLOSED):
        return Have.FULL, _("已验收")
    if matter.state in (MatterState.SUBMITTED, MatterState.VERIFIED):
        return Have.HALF, _("已报办结，待验收")
    return Have.NONE, _("还没到")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
