"""Pure decisions about urging: which step is due for whom on a day, and what is held back."""

from __future__ import annotations

from huiyin.notices.rules.ladder import (
    URGED,
    Addressee,
    Case,
    Clock,
    Held,
    Plan,
    Sending,
    Told,
    plan,
)
from huiyin.notices.rules.words import Channel

__all__ = [
    "URGED",
    "Addressee",
    "Case",
    "Channel",
    "Clock",
    "Held",
    "Plan",
    "Sending",
    "Told",
    "plan",
]
