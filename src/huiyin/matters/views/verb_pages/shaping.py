"""Pages of the verbs of parts, merging, splitting, reopening."""

from __future__ import annotations

from huiyin.matters.views.verb_pages.page import VerbPages

PAGES: VerbPages = {}
