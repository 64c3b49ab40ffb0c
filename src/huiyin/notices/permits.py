"""Who may urge, and who sees what the clock is about to send."""

from __future__ import annotations

from huiyin.actors import OFFICE, Actor
from huiyin.errors import Forbidden, Words
from huiyin.matters import permits as matters
from huiyin.matters.actions.timing import is_clock as is_clock

may_remind = matters.may_verify
"""Whoever could verify a matter may urge it: the office, its leader in charge, the principal leader."""


def require_office(actor: Actor, sentence: Words) -> None:
    """Raise Forbidden for anybody but the supervision office."""
    if not actor.has(*OFFICE):
        raise Forbidden(sentence, code="not_permitted")
