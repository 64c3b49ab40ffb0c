"""Urgings told in the story of a matter: who was urged by whom, or by which step."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from huiyin.matters.trail.told import Entry, Tellers, Told
from huiyin.notices.rules import Channel
from huiyin.rulebook.rules.urging import RUNGS

MARK = "urged"
"""Lines of the story that are urgings; the page of the matter counts their days."""


def _remind(told: Told) -> Entry:
    channel = Channel(told.facts.get("channel", Channel.SYSTEM))
    by = "" if channel == Channel.SYSTEM else str(channel.label)
    lead = _("%(who)s%(channel)s催办") % {"who": told.who, "channel": by}
    rest = _("，%(people)s。") % {"people": _people(told)}
    anyway = told.text("anyway")
    if anyway:
        rest += _("间隔不到又催：%(reason)s") % {"reason": anyway}
    return told.line(lead, rest, quote=told.text("words"), kind=MARK)


def _urge(told: Told) -> Entry:
    rung = RUNGS.get(told.facts.get("rung", ""), "")
    words = {"why": told.text("words"), "rung": rung, "people": _people(told)}
    if told.facts.get("rung") == "office":
        return told.line(_("按规则提醒督查室"), _("：%(why)s。") % words, system=True)
    rest = _("：%(why)s，催%(rung)s%(people)s。") % words
    return told.line(_("按规则催办"), rest, kind=MARK)


def _people(told: Told) -> str:
    """Names as they were then, `秦川、江涛`."""
    try:
        people = json.loads(told.text("recipients") or "[]")
    except ValueError:
        return ""
    return _("、").join(
        _("%(who)s（代%(behalf)s）") % {"who": p["name"], "behalf": p["behalf"]}
        if p.get("behalf")
        else str(p["name"])
        for p in people
    )


TELLERS: Tellers = {"matter.remind": _remind, "matter.urge": _urge}
