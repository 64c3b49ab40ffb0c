"""Who may: small predicates about posts, shared by every feature.

A permit is asked of an actor in one capacity. Features build their own permits from these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin import clock
from huiyin.actors import OFFICE, Actor, Role
from huiyin.people.models import Delegation, Jurisdiction, Post

Permit = Callable[[Actor, Any], bool]


def same_office(actor: Actor, subject: Any) -> bool:
    """The subject belongs to the actor's jurisdiction."""
    return bool(actor.jurisdiction_id == subject.jurisdiction_id)


def is_office(actor: Actor, subject: Any) -> bool:
    """A supervision officer or the head of the supervision office."""
    return actor.has(*OFFICE) and same_office(actor, subject)


def is_system_admin(actor: Actor, subject: Any) -> bool:
    """Keeps the machine and the accounts."""
    return actor.has(Role.SYSTEM_ADMIN) and same_office(actor, subject)


def is_security_admin(actor: Actor, subject: Any) -> bool:
    """Keeps posts, portfolios and rules."""
    return actor.has(Role.SECURITY_ADMIN) and same_office(actor, subject)


def is_oneself(actor: Actor, subject: Any) -> bool:
    """The account is the actor's own."""
    return actor.user_id is not None and actor.user_id == subject.pk


def sets_up(actor: Actor, subject: Any) -> bool:
    """The machine that founds an office, until it has an administrator; in a demo, always."""
    if actor.machine != "set_up" or not same_office(actor, subject):
        return False
    if Jurisdiction.objects.filter(pk=subject.jurisdiction_id, is_demo=True).exists():
        return True
    return not has_administrator(subject.jurisdiction_id)


def sits_for(actor: Actor, post: Post | None) -> bool:
    """The actor holds the post (or acts in it by delegation); the principal leader sits for a post left.

    So what waits for a leader who has gone waits for the next authority, and never for nobody.
    """
    if post is None or actor.capacity is None or post.jurisdiction_id != actor.jurisdiction_id:
        return False
    left = post.ended_on is not None and post.ended_on <= clock.today()
    return actor.capacity.post_id == post.pk or (left and actor.has(Role.PRINCIPAL_LEADER))


def has_administrator(jurisdiction_id: int) -> bool:
    """Whether the office has both a system and a security administrator with active accounts."""
    posts = Post.objects.filter(
        jurisdiction_id=jurisdiction_id, ended_on=None, user__is_active=True
    )
    held = set(posts.values_list("role", flat=True).distinct())
    return {Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value} <= held


def at_the_terminal(actor: Actor, subject: Any) -> bool:
    """Whoever sits at the server and runs the `huiyin` command."""
    return actor.machine == "terminal" and same_office(actor, subject)


def any_of(*permits: Permit) -> Permit:
    """A permit that holds when one of them does."""

    def permit(actor: Actor, subject: Any) -> bool:
        return any(one(actor, subject) for one in permits)

    permit.__name__ = "_or_".join(getattr(one, "__name__", "permit") for one in permits)
    return permit


keeps_accounts = any_of(is_system_admin, sets_up)
resets_passwords = any_of(is_system_admin, at_the_terminal)
keeps_posts = any_of(is_security_admin, sets_up)
keeps_units = any_of(is_system_admin, is_office, sets_up)


def lends_post(actor: Actor, subject: Any) -> bool:
    """The office or the security administrator for anybody, or a person for an own post."""
    if is_office(actor, subject) or is_security_admin(actor, subject) or sets_up(actor, subject):
        return True
    post = subject.post if isinstance(subject, Delegation) else subject
    return actor.user_id is not None and post.user_id == actor.user_id


def keeps_token(actor: Actor, subject: Any) -> bool:
    """Its owner, the system administrator, or whoever sits at the server's terminal may revoke a token."""
    own = actor.user_id is not None and actor.user_id == subject.user_id
    return own or is_system_admin(actor, subject) or at_the_terminal(actor, subject)


def makes_token(actor: Actor, subject: Any) -> bool:
    """Everybody for themselves, or whoever sits at the server's own terminal."""
    return is_oneself(actor, subject) or at_the_terminal(actor, subject)
