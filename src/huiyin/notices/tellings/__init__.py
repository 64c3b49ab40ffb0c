"""Who is told of what: a table from verbs to the people their events concern, asked as things stand now.

What is only worth knowing (a report, a plan) is on the desk and tells nobody.
"""

from __future__ import annotations

from huiyin.notices.tellings import asked, main
from huiyin.notices.tellings.heard import Heard, Telling, Tellings

TELLINGS: Tellings = {**main.TELLINGS, **asked.TELLINGS}
"""Verb → who is told."""

__all__ = ["TELLINGS", "Heard", "Telling"]
