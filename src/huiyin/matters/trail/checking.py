"""Draws, effect checks, strike-offs told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.rules import Effect
from huiyin.matters.trail.told import Entry, Tellers, Told


def _drawn(told: Told) -> Entry:
    return told.line(_("抽中待查"), _("，%(who)s随机抽取。") % {"who": told.who})


def _recorded(told: Told) -> Entry:
    confirmed = told.facts.get("outcome") == "confirmed"
    rest = _("，与报送相符") if confirmed else _("，与报送不符")
    lead = _("%(who)s抽查") % {"who": told.who}
    return told.line(lead, rest + told.compared + _("。"), quote=told.text("finding"))


def _dropped(told: Told) -> Entry:
    return told.line(_("%(who)s不再抽查") % {"who": told.who}, _("。"), quote=told.text("reason"))


def _effect(told: Told) -> Entry:
    code = str(told.facts.get("outcome", ""))
    label = Effect(code).label if code in Effect.values else code
    rest = _("：%(found)s") % {"found": label}
    again = told.day(told.facts.get("again_on"))
    rest += _("，%(day)s再看一次。") % {"day": again} if again else _("。")
    lead = _("%(who)s回头看") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("finding"))


def _signed(told: Told) -> Entry:
    lead = _("%(who)s签字验收整改") % {"who": told.who}
    return told.line(lead, _("。"), quote=told.text("opinion"))


def _published(told: Told) -> Entry:
    until = told.day(told.facts.get("published_until"))
    rest = _("，到 %(day)s 为止。") % {"day": until} if until else _("。")
    if told.facts.get("instead"):
        words = _("（督查室承办这件事，依回避规则由%(who)s公示）") % {"who": told.who}
        return told.line(_("整改结果内部公示"), words + rest)
    return told.line(_("整改结果内部公示"), rest)


def _objected(told: Told) -> Entry:
    return told.line(_("整改公示有异议，退回"), _("。"), quote=told.text("objection"))


TELLERS: Tellers = {
    "matter.draw": _drawn,
    "drawn_check.record": _recorded,
    "drawn_check.drop": _dropped,
    "matter.check_effect": _effect,
    "strike_off.sign": _signed,
    "strike_off.publish": _published,
    "strike_off.object": _objected,
}
