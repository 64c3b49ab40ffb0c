"""Every verb of a matter that has a form, by the last part of its address."""

from __future__ import annotations

from huiyin.matters.views.verb_pages import asking, checking, handing, main, shaping, varying
from huiyin.matters.views.verb_pages.page import VerbPage, VerbPages

VERBS: VerbPages = {
    **main.PAGES,
    **varying.PAGES,
    **handing.PAGES,
    **checking.PAGES,
    **shaping.PAGES,
    **asking.PAGES,
}

__all__ = ["VERBS", "VerbPage"]
