"""Bearer tokens of the API: making one (shown once), and whose one is."""

from __future__ import annotations

import secrets
from datetime import date

from django.db.models import Q

from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import Ask, perform
from huiyin.people import actions
from huiyin.people.models import ApiToken, User
from huiyin.people.queries import actor_of

PREFIX = "hy_"
"""Makes a token that lies about recognisable for what it is."""
LONGEST = 200


def issue_token(
    user: User, *, name: str, by: Actor, expires_on: date | None = None, ask: Ask | None = None
) -> str:
    """A new token of `user`, to be shown once: only its digest is kept.

    `by` is the person, or `machine("terminal", …)` for whoever sits at the server.
    """
    raw = PREFIX + secrets.token_urlsafe(32)
    digest = actions.token_digest(raw)
    perform(
        actions.create_token,
        user.pk,
        by,
        ask or Ask(),
        name=name,
        digest=digest,
        expires_on=expires_on,
    )
    return raw


def actor_from_token(raw: str) -> Actor | None:
    """Whose token this is; None when unknown, expired, revoked, or the account is not in use."""
    if not raw.startswith(PREFIX) or len(raw) > LONGEST:
        return None
    token = (
        ApiToken.objects.filter(digest=actions.token_digest(raw), revoked_on=None)
        .filter(Q(expires_on=None) | Q(expires_on__gte=clock.today()))
        .filter(user__is_active=True, user__must_change_password=False)
        .select_related("user")
        .first()
    )
    return actor_of(token.user, today=clock.today()) if token else None
