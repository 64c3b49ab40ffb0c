"""Pages of the verbs of reports asked for and reminders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _t

from huiyin.matters import actions
from huiyin.matters.forms.asking import AskReportForm, RhythmForm
from huiyin.matters.forms.base import NothingForm
from huiyin.matters.views.verb_pages.page import VerbPages
from huiyin.matters.views.verb_pages.page import verb_page as _page

PAGES: VerbPages = {
    "ask-report": _page(
        actions.ask_report,
        AskReportForm,
        _t("要情况"),
        _t("已向该单位要情况。"),
        then=_t("一次反馈答复所有要过的人"),
    ),
    "report-request-take-back": _page(
        actions.take_back_request, NothingForm, _t("收回"), _t("已收回，不用报了。"), in_place=True
    ),
    "report-same": _page(
        actions.report_same, NothingForm, _t("没有变化"), _t("已反馈：没有变化。"), in_place=True
    ),
    "set-rhythm": _page(
        actions.set_rhythm, RhythmForm, _t("改频次"), _t("反馈频次已改。"), in_place=True
    ),
}
