"""Pages of the verbs of referral, joint handling, consultation, coordination."""

from __future__ import annotations

from huiyin.matters.views.verb_pages.page import VerbPages

PAGES: VerbPages = {}
