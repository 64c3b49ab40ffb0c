"""Parts of a matter before they are given out: which units they may go to, what stands against each row.

Asked twice of the same rows: for the preview of a table, and by the verb that gives the parts out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.actors import LEADERS
from huiyin.matters.models import Matter
from huiyin.matters.permits.shaping import LOWER_GOVERNMENTS
from huiyin.matters.rules import ENDED, REPLACED, MatterState
from huiyin.people import queries as people
from huiyin.people.models import Post, Unit
from huiyin.web.format import full_day

MOST = 300
"""Rows given out in one act, so that the transaction stays short."""
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One part: the unit, and what differs from the whole; what is left open is as in the whole."""

    unit: int
    title: str = ""
    acceptance: str = ""
    quantity: Decimal | None = None
    quantity_unit: str = ""
    due_on: date | None = None
    later_because: str = ""
    leader_post: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotted:
    """What the whole asks for, what its parts hold already, and what these rows would add."""

    asked: Decimal | None
    before: Decimal
    added: Decimal
    unit: str

    @property
    def total(self) -> Decimal:
        return self.before + self.added

    @property
    def short(self) -> Decimal:
        """By how much the parts stay below what was asked; 0 when they reach it or nothing was asked."""
        return max((self.asked or Decimal(0)) - self.total, Decimal(0))


def reach_of(matter: Matter, *, today: date) -> list[Unit]:
    """Units to which the lead may give parts: those below it, by place or line, and lower governments."""
    lead = matter.lead_unit
    if lead is None:
        return []
    units = people.standing_units(matter.jurisdiction_id, today=today)
    home = _home(lead, units)
    return [unit for unit in units if unit.pk != lead.pk and _below(unit, lead, home)]


def _home(lead: Unit, units: Iterable[Unit]) -> Unit | None:
    """The government in whose territory the lead works: itself, or the nearest one above it."""
    above = [
        unit
        for unit in units
        if unit.kind == Unit.Kind.GOVERNMENT and lead.path.startswith(unit.path)
    ]
    return max(above, key=lambda unit: len(unit.path), default=None)


def _below(unit: Unit, lead: Unit, home: Unit | None) -> bool:
    if unit.path.startswith(lead.path) or unit.line_superior_id == lead.pk:
        return True
    lower = home is not None and unit.pk != home.pk and unit.path.startswith(home.path)
    return lower and unit.kind in LOWER_GOVERNMENTS


def allotted(matter: Matter, rows: Iterable[PartRow]) -> Allotted:
    """The sums, of rows and parts counted in the unit of the whole."""
    standing = matter.children.exclude(state__in=[MatterState.WITHDRAWN, *REPLACED])
    held = [part.quantity for part in standing if part.quantity_unit == matter.quantity_unit]
    return Allotted(
        asked=matter.quantity,
        before=sum((amount for amount in held if amount), Decimal(0)),
        added=sum((row.quantity for row in rows if row.quantity), Decimal(0)),
        unit=matter.quantity_unit,
    )


def faults(matter: Matter, rows: Sequence[PartRow], *, today: date) -> list[list[str]]:
    """What stands against each row, in sentences; a constant number of queries."""
    reach = {unit.pk for unit in reach_of(matter, today=today)}
    posts = {row.leader_post for row in rows} - {None}
    leaders = set(_leaders(matter, posts)) if posts else set()
    there = matter.children.exclude(state__in=ENDED)
    taken = {(unit or 0, title) for unit, title in there.values_list("lead_unit_id", "title")}
    found: list[list[str]] = []
    seen: set[tuple[int, str]] = set()
    for row in rows:
        place = (row.unit, row.title.strip() or matter.title)
        wrong = [
            *_of_unit(row, reach),
            *_of_repeats(place, taken, seen),
            *_of_amount(row),
            *_of_date(row, matter, today),
        ]
        if row.leader_post is not None and row.leader_post not in leaders:
            wrong.append(_("没有这个领导岗位，请重新选择。"))
        found.append(wrong)
        seen.add(place)
    return found


def _leaders(matter: Matter, posts: set[int | None]) -> Iterable[int]:
    rows = Post.objects.filter(
        jurisdiction_id=matter.jurisdiction_id, role__in=LEADERS, pk__in=[p for p in posts if p]
    )
    return rows.values_list("pk", flat=True)


def _of_unit(row: PartRow, reach: set[int]) -> list[str]:
    if row.unit in reach:
        return []
    return [_("不是牵头单位的下属、下级单位或下级政府，不能由它分解。")]


def _of_repeats(
    place: tuple[int, str], taken: set[tuple[int, str]], seen: set[tuple[int, str]]
) -> list[str]:
    if place in taken:
        return [_("已经分解给这个单位，不会重复下达，请去掉这一行。")]
    return [_("前面已经有同一单位的同一事项。")] if place in seen else []


def _of_amount(row: PartRow) -> list[str]:
    amount = row.quantity
    if amount is None:
        return []
    if not amount.is_finite() or not 0 < amount < LARGEST:
        return [_("数量应是大于零的数。")]
    return [] if round(amount, 4) == amount else [_("数量最多四位小数。")]


def _of_date(row: PartRow, matter: Matter, today: date) -> list[str]:
    if row.due_on is None:
        return []
    if row.due_on < today:
        return [_("时限已经过去。")]
    if matter.due_on is None or row.due_on <= matter.due_on or row.later_because.strip():
        return []
    return [
        _("时限晚于所属事项的 %(day)s；确需晚的，写明理由。") % {"day": full_day(matter.due_on)}
    ]
