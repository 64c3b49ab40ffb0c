"""The lines of an inbox as sentences: what happened, why it is told to the reader, by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin import clock
from huiyin.rulebook.rules import URGING

LINES: Mapping[str, Promise] = {
    "to_approve": gettext_lazy("%(by)s提请审批%(n)s件拟办事项"),
    "to_issue": gettext_lazy("%(by)s已批准，等印发"),
    "batch_returned": gettext_lazy("%(by)s退回修改"),
    "batch_void": gettext_lazy("%(by)s作废了这一批，不用再审批：%(words)s"),
    "approved_void": gettext_lazy("%(by)s作废了您批准的这一批，没有印发：%(words)s"),
    "list_to_sign": gettext_lazy("新交办的清单，等签收"),
    "to_sign": gettext_lazy("交由本单位牵头，等签收"),
    "part_to_sign": gettext_lazy("%(by)s分解来一件，等签收"),
    "to_rule": gettext_lazy("%(by)s提出异议，等裁定"),
    "hand_back_granted": gettext_lazy("%(by)s同意退回，本单位不再承办"),
    "hand_back_refused": gettext_lazy("%(by)s不同意退回，仍由本单位承办"),
    "to_verify": gettext_lazy("%(by)s报送办结，等核查"),
    "sent_back": gettext_lazy("%(by)s退回重办"),
    "reopened": gettext_lazy("%(by)s重新启封，继续办理"),
    "suspended": gettext_lazy("%(by)s中止了办理，恢复以前不计时限"),
    "withdrawn": gettext_lazy("%(by)s撤销了这件事，不再办理"),
    "merged": gettext_lazy("%(by)s把这件事并入“%(title)s”，由那一件接着办"),
    "took_in": gettext_lazy("%(by)s把“%(title)s”并入本件，一并办理"),
    "to_sign_off": gettext_lazy("%(by)s核查通过，等您签字验收"),
    "resumed": gettext_lazy("%(by)s恢复办理，中止的天数已经补回"),
    "resumed_at_once": gettext_lazy("%(by)s恢复办理，时限不变"),
    "resumed_days": gettext_lazy("%(by)s恢复办理，中止的%(n)s天已补回，时限相应顺延"),
    "resumed_workdays": gettext_lazy("%(by)s恢复办理，中止的%(n)s个工作日已补回，时限相应顺延"),
    "to_decide": gettext_lazy("%(unit)s提出申请，等决定"),
    "variation_granted": gettext_lazy("%(by)s同意了申请"),
    "variation_refused": gettext_lazy("%(by)s没有同意申请，原定的不变"),
    "referral_offered": gettext_lazy("%(by)s请本单位接办，等答复"),
    "referral_to_rule": gettext_lazy("%(by)s要再次转办，等裁定"),
    "referral_taken": gettext_lazy("已转由%(unit)s承办"),
    "referral_declined": gettext_lazy("%(unit)s没有接办，仍由本单位承办"),
    "consulted": gettext_lazy("%(by)s征求本单位意见，等答复"),
    "opinion_given": gettext_lazy("%(by)s答复了意见"),
    "to_coordinate": gettext_lazy("%(by)s提请协调，等答复"),
    "coordinated": gettext_lazy("%(by)s答复了协调请求"),
    "report_asked": gettext_lazy("%(by)s要情况，等反馈"),
    "drawn": gettext_lazy("抽中待查，由您核查"),
    "to_publish": gettext_lazy("%(by)s已签字验收，等公示"),
    "volunteered": gettext_lazy("%(by)s主动立项，等拟办"),
    "to_support": gettext_lazy("%(by)s请本单位配合，等签收"),
    "slip_to_sign": gettext_lazy("%(by)s拟发%(words)s，等您签发"),
    "slip_issued": gettext_lazy("%(by)s发来%(words)s，等签收、回应"),
    "slip_copied": gettext_lazy("%(by)s签发%(words)s，抄送您"),
    "slip_returned": gettext_lazy("%(by)s没有签发%(words)s，已退回"),
    "urged": gettext_lazy("催办：%(words)s"),
    "urged_by_hand": gettext_lazy("%(by)s催办：%(words)s"),
}
WHY: Mapping[str, Promise] = {
    "post": gettext_lazy("您任%(unit)s%(title)s"),
    "office": gettext_lazy("您任%(unit)s%(title)s"),
    "approver": gettext_lazy("按规则由您审批"),
    "decider": gettext_lazy("按规则由您决定"),
    "copied": gettext_lazy("您任%(unit)s%(title)s，按亮灯规则抄送"),
    "chosen": gettext_lazy("催办的人选了您"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a message, ready to be read."""

    at: datetime
    what: str
    why: str
    rule: str


def line_of(line: Mapping[str, Any]) -> Line:
    """What was kept as codes and names, in the reader's language."""
    said = dict.fromkeys(("by", "unit", "words", "n", "title"), "") | dict(line.get("said", {}))
    template = LINES.get(line["kind"], "")
    what = str(template) % said
    if line["kind"] == "urged_by_hand" and not said["words"]:
        what = _("%(by)s催办") % said
    why = str(WHY.get(line["why"], "")) % {"unit": line["unit"], "title": line["title"]}
    if line.get("behalf"):
        why = _("%(why)s（代%(behalf)s）") % {"why": why, "behalf": line["behalf"]}
    at = datetime.fromisoformat(line["at"]).astimezone(clock.zone())
    return Line(at=at, what=what, why=why, rule=_rule(said))


def _rule(said: Mapping[str, Any]) -> str:
    """The rule behind a line: the version of the ladder, or what the rule said of the approver."""
    if said.get("ladder") is not None:
        return cited(int(said["ladder"]))
    return str(said.get("rule", ""))


def cited(number: int) -> str:
    """`规则“催办阶梯”第1版`; version 0 is the shipped one."""
    if not number:
        return _("规则“%(label)s”（系统默认）") % {"label": URGING.label}
    return _("规则“%(label)s”第%(number)d版") % {"label": URGING.label, "number": number}
