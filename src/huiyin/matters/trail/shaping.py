"""Parts, merges, splits, reopenings, follow-ons and volunteered matters told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.matters.trail.told import Entry, Tellers, Told


def _break_down(told: Told) -> Entry:
    rest = _("，分成 %(n)s 件") % {"n": told.facts.get("count", 0)}
    allotted, asked = told.facts.get("allotted"), told.facts.get("asked")
    if asked is not None:
        rest += _("，合计 %(sum)s%(unit)s（下达 %(asked)s%(unit)s）") % {
            "sum": _plain(allotted),
            "asked": _plain(asked),
            "unit": told.matter.quantity_unit,
        }
    return told.line(_("%(who)s任务分解") % {"who": told.who}, rest + _("。"))


def _give_part(told: Told) -> Entry:
    due = told.day(told.facts.get("due_on"))
    words = _("，%(number)s") % {"number": told.matter.number} if told.matter.number else ""
    words += _("，%(due)s前办结。") % {"due": due} if due else _("。")
    lead = _("%(who)s分解交办%(unit)s") % {"who": told.who, "unit": told.matter.lead_unit or ""}
    return told.line(lead, words)


def _merge(told: Told) -> Entry:
    rest = _("%(number)s，由它继续办理。") % {"number": _called(told)}
    for fact, words in (
        ("came_names", _("%(units)s到那一件继续配合。")),
        ("stayed_names", _("%(units)s在那一件已经承担任务，这一份并到一起。")),
    ):
        rest += words % {"units": _all(told, fact)} if told.facts.get(fact) else ""
    former = told.facts.get("former_lead")
    rest += _("%(unit)s不再承办。") % {"unit": former} if former else ""
    rest += _checks(told, _("抽中待查的 %(n)s 项到那一件去查。"))
    if told.facts.get("leads_on"):
        rest += _("%(who)s接着领办那一件。") % {"who": told.facts["led_by_name"]}
    rest += _leads_no_more(told)
    return told.line(_("%(who)s并入") % {"who": told.who}, rest, quote=told.text("reason"))


def _take_in(told: Told) -> Entry:
    rest = _("，%(number)s并入本件。") % {"number": _called(told)}
    if told.facts.get("came_names"):
        rest += _("%(units)s随之配合本件。") % {"units": _all(told, "came_names")}
    if told.facts.get("stayed_names"):
        rest += _("%(units)s原来的份并到一起。") % {"units": _all(told, "stayed_names")}
    if told.facts.get("asked"):
        rest += _("还没有答复的 %(n)s 项一并转来。") % {"n": told.facts["asked"]}
    rest += _checks(told, _("抽中待查的 %(n)s 项随之在本件查。"))
    if told.facts.get("leads_on"):
        rest += _("%(who)s随之领办本件。") % {"who": told.facts["led_by_name"]}
    rest += _leads_no_more(told)
    lead = _("%(who)s合并") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("tasks"))


def _checks(told: Told, came: str) -> str:
    """What became of the checks for which the merged matter was drawn; "" when there were none."""
    rest = came % {"n": told.facts["checks_came"]} if told.facts.get("checks_came") else ""
    if told.facts.get("checks_together"):
        rest += _("抽查与已抽中的一并进行，不另查。")
    return rest


def _leads_no_more(told: Told) -> str:
    if not told.facts.get("led_by") or told.facts.get("leads_on"):
        return ""
    return _("%(who)s不再领办。") % {"who": told.facts["led_by_name"]}


def _all(told: Told, fact: str) -> str:
    return _("、").join(str(name) for name in told.facts.get(fact, ()))


def _split(told: Told) -> Entry:
    rest = _("，分成 %(n)s 件，各自办理。") % {"n": told.facts.get("count", 0)}
    return told.line(_("%(who)s拆分") % {"who": told.who}, rest, quote=told.text("reason"))


def _split_off(told: Told) -> Entry:
    due = told.day(told.facts.get("due_on"))
    words = _("，从%(number)s拆出") % {"number": _called(told)}
    words += _("，%(due)s前办结。") % {"due": due} if due else _("。")
    lead = _("%(who)s交办%(unit)s") % {"who": told.who, "unit": told.matter.lead_unit or ""}
    return told.line(lead, words)


def _reopen(told: Told) -> Entry:
    due = told.day(told.facts.get("due_on"))
    rest = _("，时限改为 %(due)s。") % {"due": due} if told.facts.get("changed") else _("。")
    following = told.day(told.facts.get("next_report_on"))
    rest += _("下次反馈 %(day)s。") % {"day": following} if following else ""
    lead = _("%(who)s重新启封") % {"who": told.who}
    return told.line(lead, rest, quote=told.text("reopen_reason"))


def _follow_on(told: Told) -> Entry:
    lead = _("%(by)s在办结后又作批示") % {"by": told.text("by")}
    return told.line(lead, _("，接续立项。"), quote=told.text("words"))


def _volunteer(told: Told) -> Entry:
    return told.line(_("%(who)s主动立项") % {"who": told.who}, _("，等督查室提请审批。"))


def _called(told: Told) -> str:
    """The other matter: its number, else its title."""
    number = str(told.facts.get("number", ""))
    return number or _("“%(title)s”") % {"title": told.text("title")}


def _plain(amount: object) -> str:
    """`300` for a stored `300.0000`."""
    words = str(amount)
    return words.rstrip("0").rstrip(".") if "." in words else words


TELLERS: Tellers = {
    "matter.break_down": _break_down,
    "matter.give_part": _give_part,
    "matter.merge": _merge,
    "matter.take_in": _take_in,
    "matter.split": _split,
    "matter.split_off": _split_off,
    "matter.reopen": _reopen,
    "matter.follow_on": _follow_on,
    "matter.volunteer": _volunteer,
}
