"""Every verb of a matter that has a form, by the last part of its address."""

from __future__ import annotations

from huiyin.matters.views.verb_pages import asking, checking, handing, main, shaping, slips, varying
from huiyin.matters.views.verb_pages.page import VerbPage, VerbPages

VERBS: dict[str, VerbPage] = {
    **main.PAGES,
    **varying.PAGES,
    **handing.PAGES,
    **checking.PAGES,
    **shaping.PAGES,
    **asking.PAGES,
    **slips.PAGES,
}


def register_pages(pages: VerbPages) -> None:
    """From now on these verbs of a feature above have their pages here too."""
    VERBS.update(pages)


__all__ = ["VERBS", "VerbPage", "register_pages"]
