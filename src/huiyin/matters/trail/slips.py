"""Slips told: drafted, signed, returned, signed for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin.matters.trail.told import Entry, Tellers, Told
from huiyin.rulebook.rules.words import SIGNERS


def _words(told: Told) -> dict[str, Any]:
    return {
        "who": told.who,
        "kind": told.facts.get("kind", ""),
        "number": told.facts.get("number", ""),
        "day": told.day(told.facts.get("answer_by")),
    }


def _drafted(told: Told) -> Entry:
    if told.facts.get("number"):
        return _issued(told)
    signer = SIGNERS.get(str(told.facts.get("signer", "")), "")
    lead = _("%(who)s拟发%(kind)s") % _words(told)
    rest = _("，报%(who)s签发。") % {"who": signer}
    return told.line(lead, rest, quote=told.text("reason"), system=True)


def _issued(told: Told) -> Entry:
    words = _words(told)
    lead = _("%(who)s签发%(kind)s") % words
    rest = _("（%(number)s），%(day)s前回应") % words
    copied = told.text("copied")
    rest += _("，抄送%(who)s。") % {"who": copied} if copied else _("。")
    return told.line(lead, rest, quote=told.text("opinion") or told.text("reason"))


def _returned(told: Told) -> Entry:
    lead = _("%(who)s没有签发%(kind)s") % _words(told)
    return told.line(lead, _("，退回。"), quote=told.text("opinion"), system=True)


def _received(told: Told) -> Entry:
    words = _words(told)
    lead = _("%(who)s签收%(kind)s") % words
    return told.line(lead, _("（%(number)s），%(name)s。") % {**words, "name": told.name})


TELLERS: Tellers = {
    "matter.issue_slip": _drafted,
    "slip.sign": _issued,
    "slip.return_to_office": _returned,
    "slip.sign_for": _received,
}
