"""What this feature adds to pages of the features below, registered once at start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.matters.trail import register_tellers
from huiyin.matters.views.verb_pages import register_pages
from huiyin.matters.views.verb_pages.page import verb_page
from huiyin.notices import actions
from huiyin.notices.forms import RemindForm
from huiyin.notices.telling import TELLERS


def register() -> None:
    """The verb has its page, its urgings their sentences."""
    register_tellers(TELLERS)
    register_pages(
        {
            "remind": verb_page(
                actions.remind,
                RemindForm,
                _("催办"),
                _("已催办，记录在案。"),
                then=_("记入经过；用系统催办的，对方的收件里看得到"),
            )
        }
    )
