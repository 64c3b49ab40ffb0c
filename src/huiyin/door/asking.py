"""The door's questions, asked with or without acting: who may, what stands against it, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.door.verbs import Action, P, S, label_of, registry
from huiyin.errors import Conflict, Forbidden, NotFound, Stale, Words
from huiyin.ledger.models import Event, OfficeFact

SHOWN = 20
"""Changes listed beside a stale page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A verb as offered to somebody: allowed, or greyed with its reason (and that reason's code)."""

    action: Action[Any, Any]
    allowed: bool
    reason: Words = ""
    code: str = ""

    @property
    def name(self) -> str:
        return self.action.name

    @property
    def label(self) -> Words:
        return self.action.label


def options(subject: OfficeFact, *, by: Actor) -> list[Option]:
    """Verbs somebody's posts permit on the subject, each allowed or with the reason against it."""
    if not _same_office(subject, by):
        return []
    offered = [
        verb for verb in registry().values() if verb.public and isinstance(subject, verb.model)
    ]
    found = []
    for verb in offered:
        acting = permitted(verb, subject, by)
        if acting is not None:
            code, reason = why_not(verb, subject, acting) or ("", "")
            found.append(Option(action=verb, allowed=not code, reason=reason, code=code))
    return found


def graph(model: type[OfficeFact]) -> list[tuple[str, str, str]]:
    """Edges (from, verb, to) of a model's states as the registry has them."""
    return [
        (state, verb.name, verb.then)
        for verb in registry().values()
        if verb.model is model and verb.then and verb.when
        for state in sorted(verb.when)
    ]


def permitted(verb: Action[S, P], subject: S, actor: Actor) -> Actor | None:
    """The actor in the first post that permits the verb, or None."""
    return next((acting for acting in actor.capacities() if verb.permit(acting, subject)), None)


def require_permit(verb: Action[S, P], subject: S, actor: Actor) -> Actor:
    """The actor in a post that permits the verb; Forbidden, or NotFound for what they may not see."""
    acting = permitted(verb, subject, actor)
    if acting is not None:
        return acting
    if not may_see(actor, subject):
        raise not_found()
    raise Forbidden(
        _("您现在的岗位不能做这件事。"), code="not_permitted", next_step=_("需要时请联系督查室。")
    )


def may_see(actor: Actor, subject: OfficeFact) -> bool:
    """Whether the subject is within what the actor may see (its model's `visible_to`, if it has one)."""
    if not _same_office(subject, actor):
        return False
    manager: Any = type(subject)._default_manager
    if actor.machine or not hasattr(manager, "visible_to"):
        return True
    return bool(manager.visible_to(actor).filter(pk=subject.pk).exists())


def require_same_office(subject: OfficeFact, actor: Actor) -> None:
    """What belongs to another jurisdiction is not found."""
    if not _same_office(subject, actor):
        raise not_found()


def _same_office(subject: OfficeFact, actor: Actor) -> bool:
    return getattr(subject, "jurisdiction_id", None) == actor.jurisdiction_id


def not_found() -> NotFound:
    """The one answer to what is not there and to what may not be seen."""
    return NotFound(_("没有找到，或者您无权查看。"), code="not_found")


def why_not(verb: Action[S, P], subject: S, actor: Actor) -> tuple[str, Words] | None:
    """The first thing that stands against the verb: (code, sentence)."""
    state = getattr(subject, "state", None)
    if verb.when is not None and str(state) not in verb.when:
        named = getattr(subject, "get_state_display", lambda: state)()
        words = {"state": named, "verb": verb.label}
        return "wrong_state", _("现在是“%(state)s”，不能%(verb)s。") % words
    for condition in verb.unless:
        sentence = condition(subject, actor)
        if sentence:
            return condition.__name__, sentence
    return None


def check_guard(verb: Action[S, P], subject: S, actor: Actor) -> None:
    """Raise Conflict when the state or a condition stands against the verb."""
    against = why_not(verb, subject, actor)
    if against is not None:
        code, sentence = against
        raise Conflict(sentence, code=code)


def check_seen(subject: OfficeFact, seen: int | None) -> None:
    """Raise Stale when the page was made of an earlier version of the subject."""
    if seen is None or seen == subject.version:
        return
    raise Stale(
        _("您打开页面之后，这里已经有了变化。请看过变化再提交，您填写的内容还在。"),
        changes=changes_since(subject, seen),
    )


def changes_since(subject: OfficeFact, seen: int) -> list[dict[str, Any]]:
    """What happened to the subject, or on its trail, after version `seen`: who did what when."""
    own = Q(subject_kind=subject._meta.model_name, subject_id=subject.pk)
    office: int = getattr(subject, "jurisdiction_id", 0)
    events = Event.objects.filter(jurisdiction_id=office)
    last = events.filter(own, subject_version__lte=seen).order_by("-position").first()
    kind, trail_id = subject.trail
    later = events.filter(own | Q(trail_kind=kind, trail_id=trail_id))
    later = later.filter(position__gt=last.position if last else 0).order_by("position")[:SHOWN]
    return [{"at": e.at, "who": e.actor_name, "what": label_of(e.action)} for e in later]
