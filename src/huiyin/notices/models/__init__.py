"""Tables of the notices: urgings (office facts) and the messages in people's inboxes."""

from __future__ import annotations

from huiyin.notices.models.message import Message
from huiyin.notices.models.reminder import Reminder

__all__ = ["Message", "Reminder"]
