"""Who may change rules: the security administrator; the machine that sets an office up adopts them."""

from __future__ import annotations

from typing import Any

from huiyin.actors import Actor, Role


def sets_up(actor: Actor, subject: Any) -> bool:
    """The system's own actor while an office is founded, or its clock when a release brings a rule."""
    return actor.machine in ("set_up", "clock") and actor.jurisdiction_id == subject.jurisdiction_id


def keeps_rules(actor: Actor, subject: Any) -> bool:
    """The security administrator of the jurisdiction."""
    return actor.has(Role.SECURITY_ADMIN) and actor.jurisdiction_id == subject.jurisdiction_id
