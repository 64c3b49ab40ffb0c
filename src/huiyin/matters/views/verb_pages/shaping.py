"""Pages of the verbs of merging, splitting, reopening, following on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t

from huiyin.matters import actions
from huiyin.matters.forms import shaping as forms
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "merge": _page(
        actions.merge,
        forms.MergeForm,
        _t("合并"),
        _t("已并入，由那一件继续办理。"),
        then=_t("合并后本件不再单列，原话的回音看那一件"),
    ),
    "split": _page(
        actions.split,
        forms.SplitForm,
        _t("拆分"),
        _t("已拆分，新的各件等单位签收。"),
        then=_t("拆分后各件沿用原来的批准，合计不能少、时限不能晚"),
    ),
    "reopen": _page(
        actions.reopen,
        forms.ReopenForm,
        _t("启封"),
        _t("已重新启封，继续办理。"),
        then=_t("原来的办结和答复保留在案，再办结时另写"),
    ),
    "follow-on": _page(
        actions.follow_on,
        forms.FollowOnForm,
        _t("接续立项"),
        _t("已接续立项，请在拟办表中提请审批。"),
    ),
}
