"""Pages of the verbs of slips."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t
from django.utils.translation import pgettext_lazy as _button

from huiyin.matters import actions
from huiyin.matters.forms import slips as forms
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "issue-slip": _page(
        actions.issue_slip,
        forms.IssueSlipForm,
        _t("发单"),
        _t("已发单；要领导签发的，签发后发出。"),
        then=_t("签发以后单位才看得到"),
    ),
    "slip-sign": _page(
        actions.sign_slip,
        forms.SignSlipForm,
        _button("button", "签发"),
        _t("已签发，单位收到后按期回应。"),
        then=_t("签发后编号、发出，单位按期回应"),
    ),
    "slip-return-to-office": _page(
        actions.return_slip,
        forms.ReturnSlipForm,
        _t("退回"),
        _t("已退回，没有发出。"),
        in_place=True,
    ),
    "slip-sign-for": _page(
        actions.sign_for_slip,
        NothingForm,
        _t("签收"),
        _t("已签收，下一次反馈就是回应。"),
        in_place=True,
    ),
}
