"""Who may issue, sign and receive a slip, and what stands against it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.matters.clocks import WITH_UNIT
from huiyin.matters.light_slips import called_for, light_now
from huiyin.matters.models import Matter, Slip
from huiyin.matters.permits.main import ACT_FOR_UNIT, is_office
from huiyin.matters.rules import AskState, SlipState
from huiyin.people.permits import sits_for
from huiyin.rulebook import queries as rulebook


def signs_slip(actor: Actor, slip: Slip | None) -> bool:
    """The post the scheme names, by delegation too; for one who left, the next authority."""
    return slip is not None and sits_for(actor, slip.signer_post)


def signs_or_drafted(actor: Actor, slip: Slip) -> bool:
    """The signer refuses; the office may take its own draft back."""
    return signs_slip(actor, slip) or is_office(actor, slip)


def receives_slip(actor: Actor, slip: Slip) -> bool:
    """Somebody who acts for the unit that is to answer it: another one, when the matter changed hands."""
    unit = slip.unit_id if slip.request is None else slip.request.assignment.unit_id
    return unit in actor.unit_ids(*ACT_FOR_UNIT)


def no_slip_called_for(matter: Matter, _actor: Actor) -> str | None:
    """A slip goes with a light; where the scheme names none, none is issued."""
    today = clock.today()
    if light_now(matter, today) is None:
        return _("现在的灯不用发单。")
    book = rulebook.book(matter.jurisdiction_id, "lights")
    if called_for(matter, book, today) is None:
        return _("按亮灯规则，这盏灯不发单。")
    return None


def slip_stands(matter: Matter, _actor: Actor) -> str | None:
    """The same slip is not issued twice; a graver one may be, once the other is signed."""
    waits = Q(state=SlipState.WAITING)
    open_ = Q(state=SlipState.ISSUED, request__state=AskState.OPEN)
    standing = list(Slip.objects.filter(waits | open_, matter=matter))
    book = rulebook.book(matter.jurisdiction_id, "lights")
    called = called_for(matter, book, clock.today()) if standing else None
    for slip in standing:
        if slip.state == SlipState.WAITING:
            return _("已经拟了一张%(kind)s，等签发。") % {"kind": slip.kind}
        if called is not None and slip.kind == called.mark.slip:
            return _("%(slip)s还没有回应，不重复发。") % {"slip": slip}
    return None


def slip_is_past(slip: Slip, _actor: Actor) -> str | None:
    """Nothing is sent for what is closed, suspended or no longer in the unit's hands."""
    if slip.matter.state in WITH_UNIT:
        return None
    words = {"state": slip.matter.get_state_display()}
    return _("事项%(state)s，这张单不再发出，请退回。") % words


def signs_for_own_unit(slip: Slip, actor: Actor) -> str | None:
    """Nobody signs a slip to the unit they work in."""
    if slip.matter.lead_unit_id in actor.own_units:
        return _("单是发给您任职单位的，须由上一级签发。")
    return None


def slip_was_received(slip: Slip, _actor: Actor) -> str | None:
    """A slip is signed for once."""
    return _("已经签收。") if slip.received_at is not None else None
