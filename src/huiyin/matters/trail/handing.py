"""Referrals, joint handling, consultations, coordination told: whose hands it went through."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.rules import Level, Response
from huiyin.matters.trail.told import Entry, Tellers, Told


def _refer(told: Told) -> Entry:
    rest = _("，建议由%(unit)s办理；接手前仍由本单位负责。")
    if told.facts.get("for_office"):
        rest = _("，建议由%(unit)s办理；已经转过手，须由督查室裁定。")
    lead = _("%(who)s提出转办") % {"who": told.who}
    return told.line(
        lead, rest % {"unit": told.facts.get("to_name", "")}, quote=told.text("reason")
    )


def _take_over(told: Told) -> Entry:
    rest = _("，%(unit)s不再承办。") % {"unit": told.facts.get("from_name", "")}
    return told.line(_("%(who)s接手办理") % {"who": told.who}, rest)


def _decline(told: Told) -> Entry:
    rest = _("，仍由%(unit)s办理。") % {"unit": told.facts.get("from_name", "")}
    return told.line(_("%(who)s不接手") % {"who": told.who}, rest, quote=told.text("decision"))


def _take_back_referral(told: Told) -> Entry:
    return told.line(_("%(who)s收回转办") % {"who": told.who}, _("，继续办理。"))


def _rule(told: Told) -> Entry:
    granted = told.facts.get("granted")
    name = told.facts.get("to_name" if granted else "from_name", "")
    rest = _("，改由%(unit)s牵头。") if granted else _("，仍由%(unit)s办理。")
    lead = _("%(who)s裁定转办") % {"who": told.who}
    return told.line(lead, rest % {"unit": name}, quote=told.text("decision"))


def _until(told: Told) -> str:
    due = told.day(told.facts.get("due_on"))
    return _("，%(day)s前反馈。") % {"day": due} if due else _("。")


def _add_supporting(told: Told) -> Entry:
    words = {"who": told.who, "unit": told.facts.get("unit_name", "")}
    return told.line(_("%(who)s增加%(unit)s配合") % words, _until(told), quote=told.text("task"))


def _set_part(told: Told) -> Entry:
    words = {"who": told.who, "unit": told.facts.get("unit_name", "")}
    return told.line(_("%(who)s明确%(unit)s的分工") % words, _until(told), quote=told.text("task"))


def _release(told: Told) -> Entry:
    words = {"who": told.who, "unit": told.facts.get("unit_name", "")}
    return told.line(_("%(who)s免去%(unit)s配合") % words, _("。"), quote=told.text("reason"))


def _finish_part(told: Told) -> Entry:
    files = told.facts.get("evidence")
    rest = _("，附材料 %(n)s 份。") % {"n": files} if files else _("。")
    return told.line(
        _("%(who)s办完了本单位的份") % {"who": told.who}, rest, quote=told.text("text")
    )


def _record_response(told: Told) -> Entry:
    code = told.facts.get("response", "")
    words = str(Response(code).label) if code in Response.values else ""
    rest = _("：%(unit)s%(response)s。") % {
        "unit": told.facts.get("unit_name", ""),
        "response": words,
    }
    lead = _("%(who)s记录配合情况") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("response_note"))


def _consult(told: Told) -> Entry:
    words = {"who": told.who, "units": _("、").join(told.facts.get("unit_names", []))}
    due = told.day(told.facts.get("due_on"))
    rest = _("，请在%(day)s前答复。") % {"day": due}
    return told.line(_("%(who)s征求%(units)s意见") % words, rest, quote=told.text("question"))


def _answer_slip(told: Told) -> Entry:
    rest = _("，已超过期限。") if told.facts.get("late") else _("。")
    return told.line(_("%(who)s答复意见") % {"who": told.who}, rest, quote=told.text("answer"))


def _take_back_slip(told: Told) -> Entry:
    rest = _("：%(unit)s。") % {"unit": told.facts.get("unit_name", "")}
    return told.line(_("%(who)s收回征求意见") % {"who": told.who}, rest)


def _ask_coordination(told: Told) -> Entry:
    words = {"who": told.who, "leader": told.facts.get("name") or _("主要领导")}
    rest = _("，事项继续办理。")
    return told.line(_("%(who)s提请%(leader)s协调") % words, rest, quote=told.text("question"))


def _level(told: Told) -> str:
    code = told.facts.get("level", "")
    return str(Level(code).label) if code in Level.values else ""


def _raise(told: Told) -> Entry:
    words = {"who": told.who, "level": _level(told)}
    return told.line(_("%(who)s提请%(level)s研究") % words, _("。"), quote=told.text("reason"))


def _answer_coordination(told: Told) -> Entry:
    basis = told.text("basis")
    rest = _("（%(basis)s）。") % {"basis": basis} if basis else _("。")
    if told.facts.get("level") == Level.LEADER:
        lead = _("%(who)s答复协调") % {"who": told.who}
    else:
        lead = _("%(level)s定了，%(who)s记录") % {"who": told.who, "level": _level(told)}
    return told.line(lead, rest, quote=told.text("answer"))


def _take_back_coordination(told: Told) -> Entry:
    return told.line(_("%(who)s收回协调请求") % {"who": told.who}, _("，本单位自行解决。"))


def _lead_personally(told: Told) -> Entry:
    name = f"{told.facts.get('name', '')}{told.facts.get('title', '')}"
    if told.actor.get("post") == told.facts.get("post"):
        return told.line(_("%(who)s领办这件事") % {"who": told.who}, _("。"))
    return told.line(
        _("%(name)s领办这件事") % {"name": name}, _("，%(who)s登记。") % {"who": told.who}
    )


def _end_personal_lead(told: Told) -> Entry:
    return told.line(
        _("不再由领导领办"), _("，%(who)s登记。") % {"who": told.who}, quote=told.text("reason")
    )


TELLERS: Tellers = {
    "assignment.refer": _refer,
    "referral.take_over": _take_over,
    "referral.decline": _decline,
    "referral.take_back": _take_back_referral,
    "referral.rule": _rule,
    "matter.add_supporting": _add_supporting,
    "assignment.set_part": _set_part,
    "assignment.release": _release,
    "assignment.finish_part": _finish_part,
    "assignment.record_response": _record_response,
    "matter.consult": _consult,
    "consultation.answer": _answer_slip,
    "consultation.take_back": _take_back_slip,
    "matter.ask_coordination": _ask_coordination,
    "coordination.raise_to": _raise,
    "coordination.answer": _answer_coordination,
    "coordination.take_back": _take_back_coordination,
    "matter.lead_personally": _lead_personally,
    "matter.end_personal_lead": _end_personal_lead,
}
