"""The main road told: from registration to the answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.actors import LEADERS
from huiyin.matters.rules.concerns import LABELS
from huiyin.matters.trail.told import Entry, Tellers, Told


def _register(told: Told) -> Entry:
    label = told.matter.source_label
    rest = _("，来源：%(label)s。") % {"label": label} if label else _("。")
    return told.line(_("%(who)s立项") % {"who": told.who}, rest)


def _fill(told: Told) -> Entry:
    return told.line(told.who, _("填写拟办内容。"), system=True)


def _propose(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    post = notice.approver_post if notice else None
    to = f"{post.user.name}{post.title}" if post else _("主要领导")
    return told.line(
        _("%(who)s列入拟办") % {"who": told.who}, _("，报%(to)s审批。") % {"to": to}, system=True
    )


def _approve(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    if notice is not None and notice.basis and told.actor.get("role") not in LEADERS:
        return told.line(
            _("%(who)s以批示或决定为据交办") % {"who": told.who}, _("："), quote=notice.basis
        )
    opinion = notice.opinion if notice else ""
    return told.line(
        _("%(who)s批准交办") % {"who": told.who}, _("：") if opinion else _("。"), quote=opinion
    )


def _take_back(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    return told.line(
        _("%(who)s退回拟办") % {"who": told.who}, _("。"), quote=notice.opinion if notice else ""
    )


def _dispatch(told: Told) -> Entry:
    number = told.matter.number
    due = told.day(told.facts.get("due_on"))
    words = _("，%(number)s") % {"number": number} if number else ""
    words += _("，%(due)s前办结。") % {"due": due} if due else _("。")
    return told.line(_("交办%(unit)s") % {"unit": _sent_to(told)}, words)


def _sent_to(told: Told) -> str:
    """The unit that led then; another may lead by now."""
    sent = set(told.facts.get("assignments", []))
    rows = told.matter.assignments.all()
    first = next((row.unit for row in rows if row.pk in sent and row.role == "lead"), None)
    return str(first or told.matter.lead_unit or "")


def _sign(told: Told) -> Entry:
    until = told.day(told.facts.get("objection_until"))
    rest = _("，%(name)s。%(until)s前可以提出异议。") % {"name": told.name, "until": until}
    return told.line(_("%(who)s签收") % {"who": told.who}, rest)


def _hand_back(told: Told) -> Entry:
    return told.line(
        _("%(who)s提出异议") % {"who": told.who},
        _("，认为不属于本单位。"),
        quote=told.text("reason"),
    )


def _rule(told: Told) -> Entry:
    granted = told.facts.get("granted")
    rest = (
        _("，同意退回，改由新的牵头单位办理。") if granted else _("，不同意退回，仍由该单位办理。")
    )
    return told.line(
        _("%(who)s裁定归属") % {"who": told.who}, rest, quote=told.text("ruling_reason")
    )


def _plan(told: Told) -> Entry:
    count = told.facts.get("milestones", 0)
    rest = _("，分 %(n)s 个节点。") % {"n": count} if count else _("。")
    lead = _("%(who)s调整办理方案") if told.again else _("%(who)s报来办理方案")
    return told.line(lead % {"who": told.who}, rest)


def asked_about(told: Told) -> str:
    """`（对照原定：数量少于原定）`: what the text left open when it was sent; "" when nothing."""
    codes = told.facts.get("concerns") or ()
    labels = [str(LABELS[code]) for code in codes if code in LABELS]
    return _("（对照原定：%(what)s）") % {"what": _("、").join(labels)} if labels else ""


def _report(told: Told) -> Entry:
    percent, files = told.facts.get("percent"), told.facts.get("evidence")
    rest = _("，进度 %(n)s%%") % {"n": percent} if percent is not None else ""
    rest += _so_far(told)
    rest += _("，附材料 %(n)s 份") % {"n": files} if files else ""
    quote = told.text("text")
    for column, words in (("problems", _("困难：%(text)s")), ("next_step", _("下一步：%(text)s"))):
        if told.text(column):
            quote += "\n" + words % {"text": told.text(column)}
    return told.line(
        _("%(who)s反馈进展") % {"who": told.who}, rest + _("。") + asked_about(told), quote=quote
    )


def _so_far(told: Told) -> str:
    """`，已完成 31 所，回应黄单云督单〔2026〕3号`; "" when there is neither."""
    amount = told.amount("amount")
    words = "" if amount is None else _("，已完成 %(n)s") % {"n": told.named(amount)}
    slips = told.facts.get("slips")
    return words + (_("，回应%(slips)s") % {"slips": _("、").join(slips)} if slips else "")


def _submit(told: Told) -> Entry:
    files = told.facts.get("evidence")
    rest = _so_far(told)
    rest += _("，附材料 %(n)s 份。") % {"n": files} if files else _("。")
    rest += asked_about(told)
    return told.line(_("%(who)s报送办结") % {"who": told.who}, rest, quote=told.text("text"))


def _verify(told: Told) -> Entry:
    confirmed = told.facts.get("outcome") == "confirmed"
    rest = _("，与报送相符") if confirmed else _("，与报送不符，退回重办")
    rest += told.compared + _("。")
    return told.line(_("%(who)s核查") % {"who": told.who}, rest, quote=told.text("finding"))


def _send_back(told: Told) -> Entry:
    rest = _("，第 %(n)s 次。") % {"n": told.facts.get("times", 1)}
    return told.line(_("%(who)s退回重办") % {"who": told.who}, rest, quote=told.text("reason"))


def _accept(told: Told) -> Entry:
    return told.line(_("%(who)s验收") % {"who": told.who}, _("。"), system=told.nested)


def _close(told: Told) -> Entry:
    to = told.text("addressee") or getattr(getattr(told.matter, "close_out", None), "addressee", "")
    rest = _("，答复%(to)s。") % {"to": to} if to else _("。")
    return told.line(_("%(who)s销号") % {"who": told.who}, rest, quote=told.text("summary"))


def _check(told: Told) -> Entry:
    following = told.day(told.facts.get("next_check_on"))
    seen = told.facts.get("verified")
    rest = _("，核实 %(n)d%%") % {"n": seen} if seen is not None else ""
    rest += told.amounts
    rest += _("，下次检查 %(day)s。") % {"day": following} if following else _("。")
    return told.line(_("%(who)s检查一次") % {"who": told.who}, rest, quote=told.text("finding"))


def _settle(told: Told) -> Entry:
    return told.line(_("%(who)s核查并销号") % {"who": told.who}, _("。"), system=True)


def _deliver(told: Told) -> Entry:
    return told.line(_("回告已送达"), _("，%(who)s记录。") % {"who": told.who})


def _withdraw(told: Told) -> Entry:
    return told.line(_("%(who)s撤销事项") % {"who": told.who}, _("。"), quote=told.text("reason"))


TELLERS: Tellers = {
    "matter.register": _register,
    "matter.fill": _fill,
    "matter.propose": _propose,
    "matter.approve": _approve,
    "matter.take_back": _take_back,
    "matter.dispatch": _dispatch,
    "assignment.sign_for": _sign,
    "assignment.hand_back": _hand_back,
    "assignment.rule_hand_back": _rule,
    "matter.set_plan": _plan,
    "assignment.report_progress": _report,
    "assignment.submit_completion": _submit,
    "matter.verify": _verify,
    "matter.send_back": _send_back,
    "matter.accept": _accept,
    "matter.close_out": _close,
    "matter.check": _check,
    "matter.settle": _settle,
    "close_out.deliver": _deliver,
    "matter.withdraw": _withdraw,
}
