"""Pages of the verbs of variations, extensions, suspensions."""

from __future__ import annotations

from huiyin.matters.views.verb_pages.page import VerbPages

PAGES: VerbPages = {}
