"""The parts of a matter and what they come to together; no part counts twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from huiyin.actors import LEADERS, UNIT_STAFF, Actor
from huiyin.matters.models import Matter
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.planned import know_plans
from huiyin.matters.rules import ENDED, LIVE, REPLACED, Light, MatterState, Shown
from huiyin.web.format import amount


def shaped(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """The matters, each knowing its open parts and whether it has relatives, without a query more."""
    own = Matter.objects.filter
    open_parts = (
        own(parent=OuterRef("pk"), state__in=LIVE)
        .order_by()
        .values("parent")
        .annotate(n=Count("*"))
    )
    kin = Q(merged_into=OuterRef("pk")) | Q(split_from=OuterRef("pk")) | Q(follows=OuterRef("pk"))
    return rows.annotate(
        has_parts=Exists(own(parent=OuterRef("pk"))),
        has_kin=Exists(own(kin)),
        open_parts=Coalesce(Subquery(open_parts.values("n"), output_field=IntegerField()), 0),
    )


def without_parts(rows: QuerySet[Matter], viewer: Actor) -> QuerySet[Matter]:
    """The matters without those that are part of another one the viewer sees: nothing counts twice."""
    if viewer.sees_all:
        return rows.filter(parent=None)
    return rows.filter(Q(parent=None) | ~Q(parent__in=Matter.objects.visible_to(viewer)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part as its whole lists it."""

    matter: Matter
    shown: Shown

    @property
    def percent(self) -> int | None:
        """Reported progress; a closed part is done."""
        return 100 if self.matter.state == MatterState.CLOSED else self.matter.reported_percent

    @property
    def verified(self) -> int | None:
        return 100 if self.matter.state == MatterState.CLOSED else self.matter.verified_percent

    @property
    def said(self) -> Decimal:
        """The amount done: as reported, else the percentage of what was allotted."""
        if self.matter.state == MatterState.CLOSED:
            return self.found
        return self._amount(self.matter.reported_amount, self.percent)

    @property
    def found(self) -> Decimal:
        """The amount verified: as found, else the percentage of what was allotted."""
        return self._amount(self.matter.verified_amount, self.verified)

    @property
    def is_estimated(self) -> bool:
        """Whether its amount is worked out from a percentage, since none was reported."""
        stated = self.matter.verified_amount if self.is_over else self.matter.reported_amount
        return stated is None and bool(self.percent)

    def _amount(self, stated: Decimal | None, percent: int | None) -> Decimal:
        if stated is not None:
            return stated
        return (self.matter.quantity or Decimal(0)) * (percent or 0) / 100

    @property
    def counts(self) -> bool:
        """Whether it stands in the sums: withdrawn and replaced ones do not."""
        return self.matter.state not in (MatterState.WITHDRAWN, *REPLACED)

    @property
    def is_over(self) -> bool:
        return self.matter.state in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The parts of a matter with what they come to together."""

    lines: list[PartLine]
    asked: Decimal | None
    unit: str

    @property
    def counted(self) -> list[PartLine]:
        return [line for line in self.lines if line.counts]

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def closed(self) -> int:
        return sum(line.matter.state == MatterState.CLOSED for line in self.counted)

    @property
    def late(self) -> int:
        return sum(line.shown.light is Light.OVERDUE for line in self.counted)

    @property
    def unsigned(self) -> int:
        return sum(line.matter.state == MatterState.DISPATCHED for line in self.counted)

    @property
    def suspended(self) -> int:
        return sum(line.matter.state == MatterState.SUSPENDED for line in self.counted)

    @property
    def submitted(self) -> int:
        return sum(line.matter.state == MatterState.SUBMITTED for line in self.counted)

    @property
    def measured(self) -> list[PartLine]:
        """Parts with an amount in the unit of the whole."""
        return [
            line
            for line in self.counted
            if line.matter.quantity is not None and line.matter.quantity_unit == self.unit
        ]

    @property
    def allotted(self) -> Decimal | None:
        """What all parts are to bring; None when no part has an amount."""
        return _sum(line.matter.quantity for line in self.measured) if self.measured else None

    @property
    def short(self) -> Decimal:
        """By how much the parts stay below what was asked of the whole."""
        if self.asked is None:
            return Decimal(0)
        return max(self.asked - (self.allotted or Decimal(0)), Decimal(0))

    @property
    def done(self) -> Decimal:
        """The amounts of closed parts: verified by somebody else."""
        closed = (x for x in self.measured if x.matter.state == MatterState.CLOSED)
        return _sum(line.found for line in closed)

    @property
    def reported(self) -> Decimal:
        """What the reported amounts come to."""
        return _sum(line.said for line in self.measured)

    @property
    def verified(self) -> Decimal:
        """What the verified amounts come to."""
        return _sum(line.found for line in self.measured)

    @property
    def estimated(self) -> int:
        """Parts without a reported amount, whose percentage stands for it in the sums."""
        return sum(line.is_estimated for line in self.measured)

    @property
    def percent(self) -> int:
        """The progress of the whole: by amounts when every part has one, else each part alike."""
        if not self.total:
            return 0
        if len(self.measured) == self.total and self.allotted:
            return min(int(self.reported * 100 / self.allotted), 100)
        return sum(line.percent or 0 for line in self.counted) // self.total

    @property
    def told(self) -> str:
        """What the lead may report of its parts: 分解事项共 83 件，办结 12 件。已完成 600 个。"""
        said = _("分解事项%(counts)s。") % {"counts": self.sentence}
        if self.allotted is None:
            return said
        return said + _("已办结的合计 %(done)s%(unit)s，分解合计 %(total)s%(unit)s。") % {
            "done": amount(self.done),
            "total": amount(self.allotted),
            "unit": self.unit,
        }

    @property
    def sentence(self) -> str:
        """`83 件分解事项：办结 12 件，逾期 3 件，还没签收 5 件`."""
        said = [_("办结 %(n)d 件") % {"n": self.closed}]
        for count, words in (
            (self.submitted, _("待核查 %(n)d 件")),
            (self.late, _("逾期 %(n)d 件")),
            (self.unsigned, _("还没签收 %(n)d 件")),
            (self.suspended, _("中止 %(n)d 件")),
        ):
            if count:
                said.append(words % {"n": count})
        return _("共 %(n)d 件，") % {"n": self.total} + _("，").join(said)


def breakdown(matter: Matter, *, viewer: Actor, today: date) -> Breakdown | None:
    """The parts of a `shaped` matter in their order, for those who answer for the whole or watch it.

    One query, and none when there are no parts. A supporting unit of the whole is not shown them.
    """
    watches = viewer.sees_all or viewer.has(*LEADERS)
    if not getattr(matter, "has_parts", True):
        return None
    if not watches and matter.lead_unit_id not in viewer.unit_ids(*UNIT_STAFF):
        return None
    return rolled_up(matter, today=today)


def rolled_up(matter: Matter, *, today: date) -> Breakdown | None:
    """The parts of a matter with what they come to; None when there are none."""
    rows = list(matter.children.select_related("lead_unit", "notice").order_by("part"))
    if not rows:
        return None
    know_plans(rows, today)
    return Breakdown(
        lines=[PartLine(matter=row, shown=light_of(row, today)) for row in rows],
        asked=matter.quantity,
        unit=matter.quantity_unit,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))
