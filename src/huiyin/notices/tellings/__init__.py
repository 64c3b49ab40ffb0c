"""Who is told of what: a table from verbs to the people their events concern, asked as things stand now.

What is only worth knowing (a report, a plan) is on the desk and tells nobody.
"""

from __future__ import annotations

from huiyin.notices.tellings import asked, main, turns
from huiyin.notices.tellings.heard import Heard, Telling, Tellings

TELLINGS: Tellings = {**main.TELLINGS, **asked.TELLINGS, **turns.TELLINGS}
"""Verb → who is told."""
LAST_WORDS = turns.LAST_WORDS

__all__ = ["LAST_WORDS", "TELLINGS", "Heard", "Telling"]
