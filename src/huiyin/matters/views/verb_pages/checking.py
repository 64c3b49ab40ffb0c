"""Pages of the verbs of draws, effect checks and strike-offs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t

from huiyin.matters import actions
from huiyin.matters.forms import checking as forms
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "drawn-check-record": _page(
        actions.record_drawn_check, forms.DrawnCheckForm, _t("抽查"), _t("抽查已记录。")
    ),
    "drawn-check-drop": _page(
        actions.drop_drawn_check, forms.DropForm, _t("不查"), _t("已记录不再抽查。"), in_place=True
    ),
    "check-effect": _page(
        actions.check_effect, forms.EffectForm, _t("回头看"), _t("回头看的结果已记录。")
    ),
    "strike-off-sign": _page(
        actions.sign_strike_off,
        forms.SignForm,
        _t("签字"),
        _t("已签字验收，接着内部公示。"),
        in_place=True,
    ),
    "strike-off-publish": _page(
        actions.publish_strike_off,
        NothingForm,
        _t("公示"),
        _t("已公示，期满没有异议就可以销号。"),
        in_place=True,
    ),
    "strike-off-object": _page(
        actions.object_to_strike_off,
        forms.ObjectionForm,
        _t("退回"),
        _t("已退回整改。"),
        in_place=True,
    ),
}
