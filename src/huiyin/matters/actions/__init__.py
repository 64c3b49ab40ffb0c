"""Every change of a matter, one function a verb, by where on its way it happens."""

from __future__ import annotations

from huiyin.matters.actions.asking import (
    ask_report,
    report_same,
    set_rhythm,
    take_back_request,
)
from huiyin.matters.actions.breaking_down import break_down
from huiyin.matters.actions.consulting import (
    answer_consultation,
    consult,
    take_back_consultation,
)
from huiyin.matters.actions.coordinating import (
    answer_coordination,
    ask_coordination,
    raise_coordination,
    take_back_coordination,
)
from huiyin.matters.actions.dispatching import (
    approve_notice,
    issue_notice,
    propose,
    rest_on,
    return_to_office,
)
from huiyin.matters.actions.doing import (
    finish_part,
    report_progress,
    set_plan,
    submit_completion,
)
from huiyin.matters.actions.drawing import drop_drawn_check, make_draw, record_drawn_check
from huiyin.matters.actions.effects import check_effect
from huiyin.matters.actions.ending import (
    accept,
    check,
    close_out,
    deliver,
    send_back,
    settle,
    verify,
)
from huiyin.matters.actions.exporting import export_list
from huiyin.matters.actions.filling import fill_many
from huiyin.matters.actions.handing import (
    decline_referral,
    refer,
    rule_referral,
    take_back_referral,
    take_over_referral,
)
from huiyin.matters.actions.joint import (
    add_supporting,
    record_response,
    release_part,
    set_part,
)
from huiyin.matters.actions.leading import end_personal_lead, lead_personally
from huiyin.matters.actions.registering import fill, register, withdraw
from huiyin.matters.actions.reopening import follow_on, reopen
from huiyin.matters.actions.reshaping import merge
from huiyin.matters.actions.signing import hand_back, rule_hand_back, sign_for, sign_list
from huiyin.matters.actions.slipping import issue_slip, return_slip, sign_for_slip, sign_slip
from huiyin.matters.actions.splitting import split
from huiyin.matters.actions.striking_off import (
    object_to_strike_off,
    publish_strike_off,
    sign_strike_off,
)
from huiyin.matters.actions.suspending import resume, suspend
from huiyin.matters.actions.taking_over import take_over
from huiyin.matters.actions.timing import retime
from huiyin.matters.actions.varying import (
    ask_adjustment,
    ask_extension,
    ask_suspension,
    decide_variation,
    take_back_variation,
)
from huiyin.matters.actions.voiding import void_notice
from huiyin.matters.actions.volunteering import volunteer

__all__ = [
    "accept",
    "add_supporting",
    "answer_consultation",
    "answer_coordination",
    "approve_notice",
    "ask_adjustment",
    "ask_coordination",
    "ask_extension",
    "ask_report",
    "ask_suspension",
    "break_down",
    "check",
    "check_effect",
    "close_out",
    "consult",
    "decide_variation",
    "decline_referral",
    "deliver",
    "drop_drawn_check",
    "end_personal_lead",
    "export_list",
    "fill",
    "fill_many",
    "finish_part",
    "follow_on",
    "hand_back",
    "issue_notice",
    "issue_slip",
    "lead_personally",
    "make_draw",
    "merge",
    "object_to_strike_off",
    "propose",
    "publish_strike_off",
    "raise_coordination",
    "record_drawn_check",
    "record_response",
    "refer",
    "register",
    "release_part",
    "reopen",
    "report_progress",
    "report_same",
    "rest_on",
    "resume",
    "retime",
    "return_slip",
    "return_to_office",
    "rule_hand_back",
    "rule_referral",
    "send_back",
    "set_part",
    "set_plan",
    "set_rhythm",
    "settle",
    "sign_for",
    "sign_for_slip",
    "sign_list",
    "sign_slip",
    "sign_strike_off",
    "split",
    "submit_completion",
    "suspend",
    "take_back_consultation",
    "take_back_coordination",
    "take_back_referral",
    "take_back_request",
    "take_back_variation",
    "take_over",
    "take_over_referral",
    "verify",
    "void_notice",
    "volunteer",
    "withdraw",
]
