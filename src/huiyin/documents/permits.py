"""Who may do what to documents and passages, and what stands against it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin.actors import Actor, Role
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import Decision, DocumentState
from huiyin.people.permits import is_office as is_office


def office_or_importer(actor: Actor, subject: Any) -> bool:
    """The office, or an import that runs under its own name."""
    if actor.machine:
        return actor.machine == "importer" and actor.jurisdiction_id == subject.jurisdiction_id
    return is_office(actor, subject)


def is_reader(actor: Actor, subject: Any) -> bool:
    """The reading engine at work for this jurisdiction."""
    return actor.machine == "reader" and actor.jurisdiction_id == subject.jurisdiction_id


def may_withdraw(actor: Actor, subject: Any) -> bool:
    """The office; the reader, when it meets a mark of secrecy; the security administrator."""
    if is_reader(actor, subject):
        return True
    own = subject.jurisdiction_id == actor.jurisdiction_id
    return own and (is_office(actor, subject) or actor.has(Role.SECURITY_ADMIN))


# Conditions: what stands against a verb somebody's post permits. The name is the refusal's code.


def withdrawn(subject: Document | Passage, actor: Actor) -> str | None:
    """Nothing is done to a paper whose text was destroyed."""
    document = subject.document if isinstance(subject, Passage) else subject
    if document.state == DocumentState.WITHDRAWN:
        return _("文件已经撤除，只留下了登记。")
    return None


def has_matter(passage: Passage, actor: Actor) -> str | None:
    """Words that a matter answers are not decided again before the link is taken away."""
    if passage.links.exists():
        return _("这一处已经有事项承接，请先解除关联或撤销事项。")
    return None


def not_a_requirement(passage: Passage, actor: Actor) -> str | None:
    """Only confirmed demands become matters."""
    if not passage.is_demand:
        return _("事实不立项，可以留作指标数据。")
    return None


def is_fact(passage: Passage, actor: Actor) -> str | None:
    """A fact demands nothing, so there is nothing to set aside."""
    return None if passage.is_demand else _("事实不是要求，不需要“不立项”。")


def merged_away(passage: Passage, actor: Actor) -> str | None:
    """What went into another finding is decided there."""
    return _("这一处已并入前一处。") if passage.decision == Decision.MERGED else None


def confirmed_already(passage: Passage, actor: Actor) -> str | None:
    """Once is enough."""
    return _("这一处已经确认。") if passage.decision == Decision.CONFIRMED else None


def rejected_already(passage: Passage, actor: Actor) -> str | None:
    """Once is enough."""
    return _("这一处已经判为不是要求。") if passage.decision == Decision.REJECTED else None


def undecided_already(passage: Passage, actor: Actor) -> str | None:
    """There is nothing to take back."""
    return _("这一处还没有决定。") if passage.decision == Decision.UNDECIDED else None


def not_confirmed(passage: Passage, actor: Actor) -> str | None:
    """A demand is confirmed before it becomes a matter."""
    return None if passage.decision == Decision.CONFIRMED else _("请先确认这一处。")
