"""The amount done so far of the amount demanded (31 of 83 所): who may state it of what, and how it is shown."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.errors import Refusal
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rules import AssignmentRole
from huiyin.matters.rules.amounts import named
from huiyin.web.format import amount as number

MOST = Decimal(10) ** 15


def checked(value: Decimal | None, *, field: str = "amount") -> Decimal | None:
    """The amount as given, in the places its column keeps. Raises Refusal for what is no amount."""
    if value is None:
        return None
    if not value.is_finite() or not 0 <= value < MOST:
        raise Refusal(
            _("数量应是不小于零的数。"), code="bad_amount", fields={field: [_("不小于零")]}
        )
    return value.quantize(Decimal("0.0001"))


def of_report(assignment: Assignment, value: Decimal | None) -> Decimal | None:
    """The amount a unit may report: the lead's, of a matter whose amount was demanded."""
    if value is None:
        return None
    if assignment.role != AssignmentRole.LEAD or assignment.matter.quantity is None:
        raise Refusal(
            _("这里没有定数量，做了多少请写在进展里。"),
            code="no_amount_demanded",
            fields={"amount": [_("请写在进展里")]},
        )
    return checked(value)


def of_check(matter: Matter, value: Decimal | None) -> Decimal | None:
    """The amount a check may find, of a matter whose amount was demanded."""
    if value is not None and matter.quantity is None:
        raise Refusal(
            _("这件事没有定数量，看到多少请写在核查情况里。"),
            code="no_amount_demanded",
            fields={"verified_amount": [_("请写在核查情况里")]},
        )
    return checked(value, field="verified_amount")


def progress(matter: Matter) -> str:
    """`报送 31/83 所，核实 28 所`; "" while no amount was reported or verified."""
    return so_far(matter, matter.reported_amount, matter.verified_amount)


def so_far(matter: Matter, reported: Decimal | None, verified: Decimal | None) -> str:
    """The same of amounts as they were at some time."""
    if matter.quantity is None:
        return ""
    said = []
    if reported is not None:
        words = {"now": number(reported), "wanted": named(matter.quantity, matter.quantity_unit)}
        said.append(_("报送 %(now)s/%(wanted)s") % words)
    if verified is not None:
        seen = named(verified, matter.quantity_unit)
        said.append(_("核实 %(seen)s") % {"seen": seen})
    return _("，").join(said)
