"""A unit enters a matter of its own accord; it takes the usual way from there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import UNIT_STAFF
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.matters import permits
from huiyin.matters.actions.registering import check_title, enter, one_of
from huiyin.matters.models import Matter
from huiyin.matters.rules import Interval, Nature, Origin
from huiyin.people.models import Jurisdiction, Unit
from huiyin.web.kept import kept


@action(
    "matter.volunteer",
    label=gettext_lazy("单位主动立项"),
    model=Jurisdiction,
    permit=permits.volunteers,
    touches=False,
)
def volunteer(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    title: str,
    goal: str = "",
    acceptance: str = "",
    nature: str = "task",
    due_on: date | None = None,
    interval: str = "",
    quantity: Decimal | None = None,
    quantity_unit: str = "",
    supporting: Sequence[int] = (),
    unit: int | None = None,
) -> Facts:
    """The unit's own matter stands in the register, marked as volunteered, for the office to propose."""
    check_title(title)
    _check_amount(quantity)
    own = _own_unit(call, unit)
    matter = Matter(
        jurisdiction=jurisdiction,
        title=title.strip(),
        goal=goal.strip(),
        acceptance=acceptance.strip(),
        nature=one_of(Nature, nature, "nature"),
        origin=Origin.OWN,
        source_kind="own",
        lead_unit=own,
        volunteered_by=own,
        quantity=quantity,
        quantity_unit=quantity_unit.strip()[:20],
        due_on=None if nature == Nature.STANDING else due_on,
        interval=one_of(Interval, interval, "interval") if interval else "",
        registered_on=call.today,
        moved_at=call.at,
    )
    _say_whence(matter, own, due=due_on is not None or bool(interval))
    enter(matter, call, supporting=[pk for pk in supporting if pk != own.pk])
    return {"matter": matter.pk, "unit": own.pk}


def _own_unit(call: Call, pk: int | None) -> Unit:
    """The unit the person acts for; another own one when it is named."""
    own = call.actor.unit_ids(*UNIT_STAFF)
    unit: Unit | None = Unit.objects.filter(pk__in=own, ended_on=None).first()
    if unit is None or (pk is not None and pk != unit.pk):
        raise Refusal(
            _("只能以本单位的名义主动立项。"), code="not_own_unit", fields={"unit": [_("请重选")]}
        )
    return unit


def _check_amount(quantity: Decimal | None) -> None:
    if quantity is not None and not (quantity.is_finite() and 0 < quantity < 10**15):
        raise Refusal(
            _("数量应是大于零的数。"), code="bad_quantity", fields={"quantity": [_("大于零")]}
        )


@kept
def _say_whence(matter: Matter, unit: Unit, *, due: bool) -> None:
    """The office sees at every cell that the unit itself wrote it."""
    matter.source_label = _("%(unit)s主动立项") % {"unit": unit}
    hand = {"from": "hand", "why": _("%(unit)s自报") % {"unit": unit}}
    there = {"lead": True, "due": due, "acceptance": bool(matter.acceptance)}
    matter.filled = {cell: hand for cell, given in there.items() if given}
