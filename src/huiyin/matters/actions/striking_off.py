"""整改销号: a problem is struck off by steps — checked, signed, published inside, recorded (谁验收、谁负责)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import required
from huiyin.matters.actions.ending import accept, send_back
from huiyin.matters.models import Matter, StrikeOff
from huiyin.matters.permits import checking, next_authority
from huiyin.matters.rules import StrikeOffState
from huiyin.rulebook import queries as rulebook


@action(
    "strike_off.sign",
    label=gettext_lazy("签字验收"),
    model=StrikeOff,
    permit=checking.may_sign_strike_off,
    when={StrikeOffState.CHECKED},
    then=StrikeOffState.SIGNED,
    unless=(checking.checks_own_unit, checking.problem_is_suspended),
    locks=lambda row, **_given: [row.matter],
)
def sign_strike_off(strike_off: StrikeOff, call: Call, *, opinion: str = "") -> Facts:
    """The leader has accepted the rectification and answers for it; it waits to be published."""
    strike_off.state, strike_off.signed_at = StrikeOffState.SIGNED, call.at
    strike_off.signed_by_name = call.actor.name
    strike_off.signed_post_id = call.actor.capacity.post_id if call.actor.capacity else None
    strike_off.opinion = opinion.strip()
    call.save(strike_off)
    call.perform(accept, Matter.objects.get(pk=strike_off.matter_id))
    return {"signed_post": strike_off.signed_post_id}


@action(
    "strike_off.publish",
    label=gettext_lazy("内部公示"),
    model=StrikeOff,
    permit=checking.office_or_next,
    when={StrikeOffState.SIGNED},
    then=StrikeOffState.PUBLISHED,
    unless=(
        checking.checks_own_unit,
        checking.problem_is_suspended,
        checking.problem_is_not_accepted,
    ),
)
def publish_strike_off(strike_off: StrikeOff, call: Call) -> Facts:
    """The result stands in the list everybody of the office may read, until the day the rule gives.

    Published by the office; a problem the office had to put right itself is published by a leader.
    """
    until = publication_ends(strike_off, call.today)
    strike_off.published_on, strike_off.published_until = call.today, until
    strike_off.published_by_name = call.actor.name
    return {
        "published_on": call.today,
        "published_until": until,
        "instead": next_authority.office_stands_back(strike_off.matter),
    }


def publication_ends(strike_off: StrikeOff, today: date) -> date | None:
    """The last day of the publication; None when the rule wants no waiting."""
    book = rulebook.book(strike_off.jurisdiction_id, "strike_off", "holidays")
    days = book.strike_off(on=today).publish_days
    return book.calendar(today).add_working_days(today, days)[0] if days else None


@action(
    "strike_off.object",
    label=gettext_lazy("公示有异议，退回整改"),
    model=StrikeOff,
    permit=checking.office_or_next,
    when={StrikeOffState.CHECKED, StrikeOffState.SIGNED, StrikeOffState.PUBLISHED},
    then=StrikeOffState.VOID,
    unless=(checking.checks_own_unit, checking.problem_is_suspended),
    locks=lambda row, **_given: [row.matter],
)
def object_to_strike_off(strike_off: StrikeOff, call: Call, *, objection: str) -> Facts:
    """Somebody objected and whoever publishes holds it right: the problem is under way again."""
    objection = required(objection, _("请写明谁提出了什么异议。"), field="objection")
    was = strike_off.state
    strike_off.objection, strike_off.state = objection, StrikeOffState.VOID
    call.save(strike_off)
    matter = Matter.objects.get(pk=strike_off.matter_id)
    call.perform(send_back, matter, reason=objection)
    return {"from": was}
