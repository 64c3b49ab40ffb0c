"""A matter is split into several of equal rank, which together ask no less than it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.ledger.models import OfficeFact
from huiyin.matters import permits
from huiyin.matters.actions.dispatching import baseline_of, start_clocks
from huiyin.matters.actions.hands import no_such_unit
from huiyin.matters.actions.registering import release
from huiyin.matters.actions.reshaping import TAKES_IN, refuse_while_something_waits
from huiyin.matters.actions.sending import lists_of, sent_at_once
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.rules import AssignmentRole, CameBy, MatterState
from huiyin.people import queries as people
from huiyin.people.models import Post, Unit, held_on
from huiyin.rulebook import queries as rulebook
from huiyin.web.format import full_day
from huiyin.web.kept import kept

MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One of the new matters: who leads it, what it is called, its share of the amount, its own date."""

    lead: int
    title: str
    due_on: date | None = None
    quantity: Decimal | None = None


def _notice(matter: Matter, **given: Any) -> list[OfficeFact]:  # noqa: ARG001
    """Rows of a notice are counted under its lock; parts under that of their whole."""
    return [row for row in (matter.notice, matter.parent) if row is not None]


@action(
    "matter.split",
    label=gettext_lazy("拆分"),
    model=Matter,
    permit=permits.is_office,
    when=set(TAKES_IN),
    then=MatterState.SPLIT,
    unless=(permits.parts_are_open,),
    locks=_notice,
)
def split(matter: Matter, call: Call, *, shares: Sequence[Share], reason: str) -> Facts:
    """The matter has ended; two or more carry it on under the same approval, asking no less in sum.

    Less in sum or a later date would be a variation, and is refused. Supporting units support each.
    """
    _check(matter, shares, reason, call.today)
    refuse_while_something_waits(matter)
    helpers = _helpers(matter)
    lists = lists_of(matter.notice, [*(share.lead for share in shares), *helpers], call)
    book = rulebook.book(matter.jurisdiction_id)
    made = []
    for share, place in zip(shares, _places(matter, len(shares)), strict=True):
        new = _matter(matter, share, place, call)
        start_clocks(new, call, book)
        units = [lists[share.lead], *(lists[unit] for unit in helpers if unit != share.lead)]
        made.append(call.perform(_split_off, new, lists=units).facts["matter"])
    release(matter, call)
    matter.moved_at = call.at
    call.texts["reason"] = reason.strip()
    return {"from": matter.state, "into": made, "count": len(made)}


@action(
    "matter.split_off",
    label=gettext_lazy("拆分交办"),
    model=Matter,
    permit=permits.is_office,
    touches=False,
    public=False,
)
def _split_off(matter: Matter, call: Call, *, lists: Sequence[UnitList]) -> Facts:
    """The new matter is dispatched, its lead first among the lists."""
    call.create(matter, concerns=True)
    call.create(baseline_of(matter, call.today))
    roles = [AssignmentRole.LEAD, *[AssignmentRole.SUPPORTING] * (len(lists) - 1)]
    for unit_list, role in zip(lists, roles, strict=True):
        sent_at_once(matter, role, CameBy.DISPATCH, unit_list, call)
    origin = matter.split_from
    if origin is not None:
        call.texts["title"] = origin.title
    return {
        "matter": matter.pk,
        "split_from": matter.split_from_id,
        "number": origin.number if origin else "",
        "due_on": matter.due_on,
    }


def _check(matter: Matter, shares: Sequence[Share], reason: str, today: date) -> None:
    reason = required(reason, _("请写明拆分的理由。"))
    if not 2 <= len(shares) <= MOST:
        raise Refusal(_("拆分要写两件以上，最多 %(n)d 件。") % {"n": MOST}, code="too_few_shares")
    units = set(
        Unit.objects.filter(jurisdiction_id=matter.jurisdiction_id, ended_on=None)
        .filter(pk__in=[share.lead for share in shares])
        .values_list("pk", flat=True)
    )
    wrong = {
        f"shares.{place}": said
        for place, share in enumerate(shares, start=1)
        if (said := _faults(matter, share, units, today))
    }
    if wrong:
        raise Refusal(_("有的行填得不对，没有拆分。"), code="bad_rows", fields=wrong)
    _check_sum(matter, shares)
    _check_approval(matter, shares, today)


def _faults(matter: Matter, share: Share, units: set[int], today: date) -> list[str]:
    """What stands against one share."""
    found = []
    if share.lead not in units:
        found.append(no_such_unit())
    if not share.title.strip():
        found.append(_("请写明事项名称。"))
    if share.due_on is not None and share.due_on < today:
        found.append(_("时限已经过去。"))
    if share.due_on and matter.due_on and share.due_on > matter.due_on:
        found.append(
            _("时限晚于原来的 %(day)s，那是延期，请按延期办理。") % {"day": full_day(matter.due_on)}
        )
    amount = share.quantity
    if amount is not None and not (amount.is_finite() and 0 < amount < 10**15):
        found.append(_("数量应是大于零的数。"))
    elif amount is None and matter.quantity is not None:
        found.append(_("请写明这一件承担的数量。"))
    return found


def _check_sum(matter: Matter, shares: Sequence[Share]) -> None:
    if matter.quantity is None:
        return
    total = sum((share.quantity for share in shares if share.quantity), Decimal(0))
    if total < matter.quantity:
        raise Refusal(
            _("各件合计 %(sum)s%(unit)s，少于原来的 %(asked)s%(unit)s。")
            % {
                "sum": f"{total.normalize():f}",
                "asked": f"{matter.quantity.normalize():f}",
                "unit": matter.quantity_unit,
            },
            code="less_than_asked",
            next_step=_("减少数量要先由单位申请调整、经批准。"),
        )


def _check_approval(matter: Matter, shares: Sequence[Share], today: date) -> None:
    """The approval given before stands only for units to which its leader does not belong."""
    approver = matter.notice.approver_post if matter.notice is not None else None
    leads = {share.lead for share in shares} - {matter.lead_unit_id}
    if approver is None or not leads:
        return
    if Post.objects.filter(held_on(today), user_id=approver.user_id, unit__in=leads).exists():
        raise Refusal(
            _("原审批的领导在新的牵头单位任职，原来的批准不能用于它。"),
            code="approver_of_own_unit",
            next_step=_("请另行立项，提请上一级领导审批。"),
        )


def _helpers(matter: Matter) -> list[int]:
    """Units that support the matter now."""
    rows = matter.assignments.current().filter(role=AssignmentRole.SUPPORTING)
    return list(rows.values_list("unit_id", flat=True))


def _places(matter: Matter, count: int) -> list[tuple[int | None, int]]:
    """(row, part) of each new matter: the next rows of the notice, or the next parts of the whole."""
    rows = Matter.objects.filter(notice=matter.notice_id)
    if matter.parent_id is None:
        last = rows.aggregate(n=Max("row"))["n"] or 0
        return [(last + n, 0) for n in range(1, count + 1)]
    last = rows.filter(row=matter.row).aggregate(n=Max("part"))["n"] or 0
    return [(matter.row, last + n) for n in range(1, count + 1)]


@kept
def _matter(origin: Matter, share: Share, place: tuple[int | None, int], call: Call) -> Matter:
    """A matter made of one share; what it leaves open is as in the original."""
    hand = {"from": "hand", "why": _("%(name)s 填") % {"name": call.actor.name}}
    same = (
        "jurisdiction_id", "parent_id", "notice_id", "nature", "urgency", "origin", "source_kind",
        "source_type", "source_id", "source_label", "source_from", "quote", "context", "acceptance",
        "quantity_unit", "interval", "rhythm", "check_method", "volunteered_by_id",
    )  # fmt: skip
    new = Matter(
        **{name: getattr(origin, name) for name in same},
        state=MatterState.DISPATCHED,
        split_from=origin,
        row=place[0],
        part=place[1],
        title=share.title.strip(),
        goal=share.title.strip(),
        lead_unit_id=share.lead,
        leader_post=people.leader_post_for(share.lead, today=call.today),
        quantity=share.quantity,
        due_on=share.due_on or origin.due_on,
        filled={"lead": hand, "due": hand},
        registered_on=origin.registered_on,
        moved_at=call.at,
    )
    new.notice, new.parent = origin.notice, origin.parent
    return new
