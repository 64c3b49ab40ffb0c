"""Pages of the verbs of the main road, from the plan to the answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t
from django.utils.translation import pgettext_lazy as _button

from huiyin.matters import actions
from huiyin.matters.forms import verbs as forms
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.forms.plan import PlanForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "set-plan": _page(actions.set_plan, PlanForm, _t("填写"), _t("办理方案已保存。")),
    "report-progress": _page(
        actions.report_progress,
        forms.ReportForm,
        _t("反馈"),
        _t("进展已反馈。"),
        then=_t("反馈后督查室和配合单位都能看到"),
    ),
    "submit-completion": _page(
        actions.submit_completion,
        forms.CompletionForm,
        _button("button", "报送"),
        _t("已报送办结，等待核查。"),
        then=_t("报送后由督查室核查"),
    ),
    "hand-back": _page(
        actions.hand_back,
        forms.HandBackForm,
        _t("提出"),
        _t("异议已提出，裁定前仍由本单位办理。"),
        in_place=True,
    ),
    "rule-hand-back": _page(
        actions.rule_hand_back, forms.RuleForm, _button("button", "裁定"), _t("已裁定。")
    ),
    "settle": _page(
        actions.settle,
        forms.SettleForm,
        _t("核查"),
        _t("已核查、销号，答复已签发。"),
        then=_t("一次完成核查、验收、销号，并签发答复"),
    ),
    "verify": _page(actions.verify, forms.VerifyForm, _t("核查"), _t("核查已记录。")),
    "send-back": _page(
        actions.send_back, forms.SendBackForm, _t("退回"), _t("已退回重办。"), in_place=True
    ),
    "accept": _page(
        actions.accept,
        NothingForm,
        _t("验收"),
        _t("已验收，请销号并答复来源。"),
        in_place=True,
    ),
    "close-out": _page(
        actions.close_out, forms.CloseOutForm, _t("销号"), _t("已销号，答复已签发。")
    ),
    "check": _page(actions.check, forms.CheckForm, _t("检查"), _t("检查已记录，事项继续办理。")),
    "withdraw": _page(
        actions.withdraw, forms.WithdrawForm, _t("撤销"), _t("事项已撤销。"), in_place=True
    ),
    "deliver": _page(actions.deliver, NothingForm, _t("记录"), _t("已记录送达。"), in_place=True),
}
