"""A take-over told, and what happened when units were merged."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.trail.told import Entry, Tellers, Told


def _taken_over(told: Told) -> Entry:
    rest = _("，环节、日期、进展照录。")
    if told.matter.stated_number:
        rest = _("，原编号 %(number)s，环节、日期、进展照录。") % {
            "number": told.matter.stated_number
        }
    due = told.day(told.facts.get("next_report_on"))
    rest += _("下次反馈 %(day)s。") % {"day": due} if due else ""
    lead = _("%(who)s从既有台账接管") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("text"))


def _succeeded(told: Told) -> Entry:
    unit = told.matter.lead_unit
    to = f"{unit}" if unit is not None and unit.pk == told.facts.get("to") else _("承接单位")
    return told.line(_("机构调整"), _("，由%(unit)s承接。") % {"unit": to})


TELLERS: Tellers = {"matter.take_over": _taken_over, "matter.succeed": _succeeded}
