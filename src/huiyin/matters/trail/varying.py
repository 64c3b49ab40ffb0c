"""Variations, extensions, suspensions told."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.matters.rules import VariationKind
from huiyin.matters.trail.told import Entry, Tellers, Told
from huiyin.rulebook.rules.varying import DECIDERS
from huiyin.rulebook.rules.words import CLOCKS


def _kind(told: Told) -> str:
    code = str(told.facts.get("kind", ""))
    return str(VariationKind(code).label) if code in VariationKind.values else ""


def _ask(told: Told) -> Entry:
    decider = DECIDERS.get(str(told.facts.get("decider", "")), "")
    rest = _wanted(told) + _("，由%(who)s决定。") % {"who": decider}
    lead = _("%(who)s申请%(kind)s") % {"who": told.who, "kind": _kind(told)}
    quote = told.text("reason")
    if told.text("words_asked"):
        quote += "\n" + _("改为：%(text)s") % {"text": told.text("words_asked")}
    return told.line(lead, rest, quote=quote)


def _wanted(told: Told) -> str:
    """`，由11月30日延至12月20日`, `，由83改为60`, `，到3月1日`."""
    was, day = told.day(told.facts.get("due_was")), told.day(told.facts.get("due_asked"))
    if told.facts.get("kind") == VariationKind.SUSPEND:
        return _("，到%(day)s") % {"day": day}
    if day:
        return _("，由%(was)s延至%(day)s") % {"was": was, "day": day}
    amount = _number(told.facts.get("quantity_asked"))
    if amount:
        words = {"was": _number(told.facts.get("quantity_was")), "now": amount}
        return _("，由 %(was)s 改为 %(now)s") % words
    return ""


def _number(value: object) -> str:
    if value is None:
        return ""
    number = Decimal(str(value))
    whole = number == number.to_integral()
    return f"{number.quantize(Decimal(1)) if whole else number.normalize():f}"


def _decide(told: Told) -> Entry:
    words = {"who": told.who, "kind": _kind(told)}
    if not told.facts.get("granted"):
        lead = _("%(who)s不同意%(kind)s") % words
        return told.line(lead, _instead(told) + _("。"), quote=_reasons(told))
    lead = _("%(who)s同意%(kind)s") % words
    return told.line(lead, _given(told) + _instead(told) + _("。"), quote=_reasons(told))


def _instead(told: Told) -> str:
    """`（原定由沈岚副市长决定，须回避或已离任）`: the next authority decided; "" when the named one did."""
    named = str(told.facts.get("instead_of") or "")
    words = {"who": DECIDERS.get(named, named)}
    return _("（原定由%(who)s决定，须回避或已离任）") % words if named else ""


def _given(told: Told) -> str:
    """What was granted, and that it is not what was asked for."""
    day, amount = (
        told.day(told.facts.get("due_granted")),
        _number(told.facts.get("quantity_granted")),
    )
    words = ""
    if day and told.facts.get("kind") == VariationKind.SUSPEND:
        words = _("，到%(day)s") % {"day": day} + _parts_stopped(told)
    elif day:
        words = _extended(told, day)
    elif amount:
        words = _("，定为 %(n)s") % {"n": amount}
    return words if told.facts.get("as_asked") else words + _("，与申请的不同")


def _extended(told: Told, until: str) -> str:
    """`，由11月30日延至12月20日，仍按法定时限“信访事项办结”`."""
    was, limit = told.day(told.facts.get("due_from")), str(told.facts.get("limit") or "")
    words = {"was": was, "now": until, "day": until, "limit": CLOCKS.get(limit, limit)}
    said = _("，由%(was)s延至%(now)s") if was else _("，延至%(day)s")
    return (said + (_("，仍按法定时限“%(limit)s”") if limit else "")) % words


def _parts_stopped(told: Told) -> str:
    parts = told.facts.get("parts")
    return _("，分解的 %(n)s 件一并中止") % {"n": parts} if parts else ""


def _reasons(told: Told) -> str:
    lines = [told.text("decision")]
    if told.text("words_granted"):
        lines.append(_("改为：%(text)s") % {"text": told.text("words_granted")})
    if told.text("basis"):
        lines.append(_("依据：%(text)s") % {"text": told.text("basis")})
    return "\n".join(line for line in lines if line)


def _take_back(told: Told) -> Entry:
    lead = _("%(who)s收回%(kind)s申请") % {"who": told.who, "kind": _kind(told)}
    return told.line(lead, _("。"))


def _suspend(told: Told) -> Entry:
    until = told.day(told.facts.get("until"))
    rest = _parts_stopped(told)
    rest += _("，应于%(day)s前恢复。") % {"day": until} if until else _("。")
    quote = told.text("reason")
    if told.text("basis"):
        quote += "\n" + _("依据：%(text)s") % {"text": told.text("basis")}
    lead = _("随“%(whole)s”中止办理") if _whole(told) else _("%(who)s中止办理")
    return told.line(lead % {"who": told.who, "whole": _whole(told)}, rest, quote=quote)


def _resume(told: Told) -> Entry:
    due, parts = told.day(told.facts.get("due_on")), told.facts.get("parts")
    rest = _("，分解的 %(n)s 件一并恢复") % {"n": parts} if parts else ""
    rest += _("，中止 %(n)s 天") % {"n": told.facts.get("days", 0)} + _given_back(told)
    rest += _("，时限顺延至%(day)s。") % {"day": due} if due else _("。")
    lead = _("随“%(whole)s”恢复办理") if _whole(told) else _("%(who)s恢复办理")
    words = {"who": told.who, "whole": _whole(told)}
    return told.line(lead % words, rest, quote=told.text("reason"))


def _given_back(told: Told) -> str:
    """`（3 个工作日）` of a limit in working days; "" where calendar days are given back."""
    if told.facts.get("unit") != "working":
        return ""
    return _("（%(n)s 个工作日）") % {"n": told.facts.get("given_back", 0)}


def _whole(told: Told) -> str:
    """The matter with which this part stopped or ran again; "" when it did so alone."""
    return told.text("whole")


TELLERS: Tellers = {
    "matter.ask_extension": _ask,
    "matter.ask_adjustment": _ask,
    "matter.ask_suspension": _ask,
    "variation.decide": _decide,
    "variation.take_back": _take_back,
    "matter.suspend": _suspend,
    "matter.suspend_part": _suspend,
    "matter.resume": _resume,
    "matter.resume_part": _resume,
}
