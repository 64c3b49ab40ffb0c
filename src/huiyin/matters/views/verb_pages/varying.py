"""Pages of the verbs of variations, extensions, suspensions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t
from django.utils.translation import pgettext_lazy as _button

from huiyin.matters import actions
from huiyin.matters.forms import varying as forms
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

_MEANWHILE = _t("决定以前，原来的仍然有效，时限照算")

PAGES: VerbPages = {
    "ask-extension": _page(
        actions.ask_extension,
        forms.ExtensionForm,
        _t("申请"),
        _t("延期申请已提出，等待决定。"),
        then=_MEANWHILE,
    ),
    "ask-adjustment": _page(
        actions.ask_adjustment,
        forms.AdjustmentForm,
        _t("申请"),
        _t("调整申请已提出，等待决定。"),
        then=_MEANWHILE,
    ),
    "ask-suspension": _page(
        actions.ask_suspension,
        forms.AskSuspensionForm,
        _t("申请"),
        _t("中止申请已提出，等待决定。"),
        then=_MEANWHILE,
    ),
    "variation-decide": _page(
        actions.decide_variation,
        forms.DecideForm,
        _button("button", "决定"),
        _t("已决定。"),
        then=_t("原定的不会改写，变更写在旁边"),
    ),
    "variation-take-back": _page(
        actions.take_back_variation,
        NothingForm,
        _t("收回"),
        _t("申请已收回。"),
        in_place=True,
    ),
    "suspend": _page(
        actions.suspend,
        forms.SuspendForm,
        _button("button", "中止"),
        _t("已中止，时限暂停。"),
        in_place=True,
    ),
    "resume": _page(
        actions.resume,
        forms.ResumeForm,
        _t("恢复"),
        _t("已恢复办理，中止的天数已经补回。"),
        in_place=True,
    ),
}
