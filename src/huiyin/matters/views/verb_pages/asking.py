"""Pages of the verbs of reports asked for and reminders."""

from __future__ import annotations

from huiyin.matters.views.verb_pages.page import VerbPages

PAGES: VerbPages = {}
