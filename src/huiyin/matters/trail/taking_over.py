"""A take-over told: what the running register stated."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.trail.told import Entry, Tellers, Told


def _taken_over(told: Told) -> Entry:
    rest = _("，环节、日期、进展照录。")
    if told.matter.stated_number:
        rest = _("，原编号 %(number)s，环节、日期、进展照录。") % {
            "number": told.matter.stated_number
        }
    lead = _("%(who)s从既有台账接管") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("text"))


TELLERS: Tellers = {"matter.take_over": _taken_over}
