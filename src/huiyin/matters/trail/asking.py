"""Reports asked for and reminders told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.rhythms import label
from huiyin.matters.trail.told import Entry, Tellers, Told


def _ask(told: Told) -> Entry:
    rest = _("，%(day)s前报。") % {"day": told.day(told.facts.get("due_on"))}
    fields = told.facts.get("fields")
    if fields:
        rest = _("，连同 %(n)d 个字段，%(day)s前报。") % {
            "n": fields,
            "day": told.day(told.facts.get("due_on")),
        }
    return told.line(_("%(who)s要情况") % {"who": told.who}, rest, quote=told.text("reason"))


def _take_back(told: Told) -> Entry:
    return told.line(_("%(who)s收回要情况") % {"who": told.who}, _("，不用报了。"))


def _same(told: Told) -> Entry:
    return told.line(_("%(who)s反馈") % {"who": told.who}, _("：没有变化。"))


def _rhythm(told: Told) -> Entry:
    rest = _("，改为%(rhythm)s。") % {"rhythm": label(str(told.facts.get("rhythm", "")))}
    return told.line(_("%(who)s改反馈频次") % {"who": told.who}, rest, quote=told.text("reason"))


TELLERS: Tellers = {
    "assignment.ask_report": _ask,
    "report_request.take_back": _take_back,
    "assignment.report_same": _same,
    "matter.set_rhythm": _rhythm,
}
