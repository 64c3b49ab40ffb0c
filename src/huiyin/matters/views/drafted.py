"""Half-written forms: gone once what they held has been done."""

from __future__ import annotations

from huiyin.web import drafts
from huiyin.web.asked import Request


def finished(request: Request, key: str) -> None:
    """The person's draft under `key` is gone."""
    if request.actor.user_id is not None:
        drafts.discard(request.actor.user_id, key)
