"""Pages of the verbs of referral, joint handling, consultation, coordination."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t
from django.utils.translation import pgettext_lazy as _button

from huiyin.matters import actions
from huiyin.matters.forms import handing as forms
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "refer": _page(
        actions.refer,
        forms.ReferForm,
        _t("转办"),
        _t("已提出转办，对方接手前仍由本单位办理。"),
        then=_t("首接负责：对方接手以前仍由本单位办理"),
    ),
    "referral-take-over": _page(
        actions.take_over_referral,
        NothingForm,
        _t("接手"),
        _t("已接手，这件事由本单位负责。"),
        in_place=True,
    ),
    "referral-decline": _page(
        actions.decline_referral,
        forms.DeclineForm,
        _t("不接手"),
        _t("已答复，仍由原单位办理。"),
        in_place=True,
    ),
    "referral-take-back": _page(
        actions.take_back_referral, NothingForm, _t("收回"), _t("转办已收回。"), in_place=True
    ),
    "referral-rule": _page(
        actions.rule_referral, forms.RuleReferralForm, _button("button", "裁定"), _t("转办已裁定。")
    ),
    "add-supporting": _page(
        actions.add_supporting, forms.AddSupportingForm, _t("增加"), _t("已增加配合单位。")
    ),
    "set-part": _page(
        actions.set_part,
        forms.PartForm,
        _button("button", "分工"),
        _t("分工已明确。"),
        in_place=True,
    ),
    "release": _page(
        actions.release_part, forms.ReleaseForm, _t("免去"), _t("已免去配合。"), in_place=True
    ),
    "finish-part": _page(
        actions.finish_part,
        forms.FinishPartForm,
        _t("办完"),
        _t("本单位的份已办完，牵头单位能看到。"),
        then=_t("整件事由牵头单位报送办结"),
    ),
    "record-response": _page(
        actions.record_response,
        forms.ResponseForm,
        _t("记录"),
        _t("配合情况已记录。"),
        in_place=True,
    ),
    "consult": _page(
        actions.consult,
        forms.ConsultForm,
        _button("button", "征求"),
        _t("已征求意见，答复和期限都在这里。"),
    ),
    "consultation-answer": _page(
        actions.answer_consultation,
        forms.AnswerSlipForm,
        _t("答复"),
        _t("意见已答复。"),
        in_place=True,
    ),
    "consultation-take-back": _page(
        actions.take_back_consultation, NothingForm, _t("收回"), _t("已收回。"), in_place=True
    ),
    "ask-coordination": _page(
        actions.ask_coordination,
        forms.AskCoordinationForm,
        _t("提请"),
        _t("已提请协调，事项继续办理。"),
        in_place=True,
    ),
    "coordination-answer": _page(
        actions.answer_coordination,
        forms.AnswerCoordinationForm,
        _t("答复"),
        _t("协调已答复。"),
        in_place=True,
    ),
    "coordination-raise-to": _page(
        actions.raise_coordination,
        forms.RaiseForm,
        _t("提级"),
        _t("已提请上一级研究。"),
        in_place=True,
    ),
    "coordination-take-back": _page(
        actions.take_back_coordination, NothingForm, _t("收回"), _t("已收回。"), in_place=True
    ),
    "lead-personally": _page(
        actions.lead_personally, forms.LeadPersonallyForm, _t("领办"), _t("领办已登记。")
    ),
    "end-personal-lead": _page(
        actions.end_personal_lead,
        forms.EndPersonalLeadForm,
        _t("结束"),
        _t("已登记不再领办。"),
        in_place=True,
    ),
}
