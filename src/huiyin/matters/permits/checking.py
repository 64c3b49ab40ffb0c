"""Who may draw, look back and strike off, and what stands against it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import LEADERS, Actor
from huiyin.matters.models import CloseOut, DrawnCheck, Matter, StrikeOff
from huiyin.matters.permits.conditions import own_unit
from huiyin.matters.permits.main import may_verify, office_of_matter
from huiyin.matters.permits.next_authority import steps_in
from huiyin.matters.rules import MatterState, Nature, StrikeOffState
from huiyin.people.permits import sits_for
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules.words import APPEALS
from huiyin.web.format import day


def may_check_drawn(actor: Actor, check: DrawnCheck) -> bool:
    """The one who was drawn to check it (the next authority when they left), or whoever may verify the matter."""
    return may_verify(actor, check.matter) or sits_for(actor, check.checker_post)


def checks_own_unit(row: DrawnCheck | StrikeOff, actor: Actor) -> str | None:
    """See `own_unit`."""
    return own_unit(row.matter, actor)


def may_sign_strike_off(actor: Actor, strike_off: StrikeOff) -> bool:
    """The leader in charge or the principal leader: 谁验收、谁负责."""
    return actor.has(*LEADERS) and may_verify(actor, strike_off.matter)


def office_or_next(actor: Actor, row: StrikeOff | DrawnCheck) -> bool:
    """The office; where it stands back, because the matter is its own to do, a leader in its place."""
    return office_of_matter(actor, row) or steps_in(actor, row.matter)


def nothing_to_look_back_at(matter: Matter, actor: Actor) -> str | None:
    """What was taken over closed, or has no day, is not looked back at unless a rule says so."""
    if matter.effect_on is None:
        return _("这件事没有安排见效回头看，或者已经看过了。")
    return None


def kind_of(matter: Matter) -> str:
    """The kind by which the rule of the look back knows a matter (`words.CHECKED_KINDS`)."""
    if matter.source_kind in APPEALS:
        return "appeal"
    return "amount" if matter.nature == "task" and matter.quantity is not None else matter.nature


def needs_strike_off(matter: Matter) -> bool:
    """Whether the rule wants the matter struck off by signature and publication."""
    if matter.nature != Nature.PROBLEM:
        return False
    today = clock.today()
    return rulebook.book(matter.jurisdiction_id, "strike_off").strike_off(on=today).required


def _state(matter: Matter) -> str:
    row = matter.strike_offs.exclude(state=StrikeOffState.VOID).first()
    return row.state if row is not None else ""


def steps_of_strike_off(matter: Matter, actor: Actor) -> str | None:
    """A problem is not verified, accepted and closed in one act."""
    if needs_strike_off(matter):
        return _("整改事项要一步一步销号：核查、领导签字、内部公示、备案。请先核查。")
    return None


def signature_needed(matter: Matter, actor: Actor) -> str | None:
    """A problem is accepted by the signature of the leader who answers for it."""
    if _state(matter) == StrikeOffState.SIGNED or not needs_strike_off(matter):
        return None
    return _("整改事项由分管领导或主要领导签字验收：谁验收、谁负责。")


def publication_needed(matter: Matter, actor: Actor) -> str | None:
    """A problem is closed when its publication inside is over and nobody objected."""
    if not needs_strike_off(matter):
        return None
    row = matter.strike_offs.filter(state=StrikeOffState.PUBLISHED).first()
    if row is None:
        return _("整改结果还没有在内部公示。")
    if row.published_until is not None and clock.today() <= row.published_until:
        return _("公示到%(day)s为止，期满没有异议才能销号。") % {
            "day": day(row.published_until, today=clock.today())
        }
    return None


def already_delivered(close_out: CloseOut, actor: Actor) -> str | None:
    """An answer reaches its addressee once."""
    return _("回告已经记录送达。") if close_out.delivered_at is not None else None


def problem_is_not_accepted(strike_off: StrikeOff, actor: Actor) -> str | None:
    """What is published has been accepted by signature."""
    if strike_off.matter.state != MatterState.ACCEPTED:
        return _("先由领导签字验收，再公示。")
    return None


def problem_is_suspended(strike_off: StrikeOff, actor: Actor) -> str | None:
    """While its whole stands a part stands at every stage, its strike-off too."""
    if strike_off.matter.state == MatterState.SUSPENDED:
        return _("事项已中止，恢复办理以后再办销号。")
    return None
