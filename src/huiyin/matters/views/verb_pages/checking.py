"""Pages of the verbs of draws, effect checks and strike-offs."""

from __future__ import annotations

from huiyin.matters.views.verb_pages.page import VerbPages

PAGES: VerbPages = {}
