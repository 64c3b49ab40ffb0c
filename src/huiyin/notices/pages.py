"""The page of the verb 催办 among those of a matter; registered with this feature's addresses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.matters.views.verb_pages import register_pages
from huiyin.matters.views.verb_pages.page import verb_page
from huiyin.notices import actions
from huiyin.notices.forms import RemindForm


def register() -> None:
    """The form of the verb has its address under a matter."""
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
