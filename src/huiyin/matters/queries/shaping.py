"""The parts of a matter and its roll-up; the matters it came from, went into or is followed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from huiyin.actors import LEADERS, UNIT_STAFF, Actor
from huiyin.matters.models import Matter
from huiyin.matters.queries.lights import light_of
from huiyin.matters.rules import ENDED, LIVE, REPLACED, Light, MatterState, Shown
from huiyin.web.format import amount

HOPS = 12
"""Merges and splits in a row that are followed; nobody reshapes a matter that often."""


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
        return _sum(line.matter.quantity for line in closed)

    @property
    def reported(self) -> Decimal:
        """What the reported percentages come to."""
        return _share_sum((line.matter.quantity, line.percent) for line in self.measured)

    @property
    def verified(self) -> Decimal:
        """What the verified percentages come to."""
        return _share_sum((line.matter.quantity, line.verified) for line in self.measured)

    @property
    def percent(self) -> int:
        """The progress of the whole: by amounts when every part has one, else each part alike."""
        if not self.total:
            return 0
        if len(self.measured) == self.total and self.allotted:
            return int(self.reported * 100 / self.allotted)
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
    return Breakdown(
        lines=[PartLine(matter=row, shown=light_of(row, today)) for row in rows],
        asked=matter.quantity,
        unit=matter.quantity_unit,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A matter this one is tied to: how, which, and whether the viewer may open it."""

    tie: str
    matter: Matter
    shown: Shown
    opens: bool


def kin_of(matter: Matter, *, viewer: Actor, today: date) -> list[Kin]:
    """Whole, origin and heirs of a `shaped` matter; two queries, and none when it stands alone."""
    above = [matter.parent_id, matter.merged_into_id, matter.split_from_id, matter.follows_id]
    wanted = [pk for pk in above if pk is not None]
    if not wanted and not getattr(matter, "has_kin", True):
        return []
    tied = Q(pk__in=wanted) | Q(merged_into=matter) | Q(split_from=matter) | Q(follows=matter)
    rows = list(
        Matter.objects.filter(tied)
        .select_related("lead_unit", "notice")
        .order_by("row", "part", "pk")
    )
    seen = Matter.objects.visible_to(viewer).filter(pk__in=[row.pk for row in rows])
    open_to = set(seen.values_list("pk", flat=True))
    return [
        Kin(tie=_tie(matter, row), matter=row, shown=light_of(row, today), opens=row.pk in open_to)
        for row in rows
    ]


def _tie(matter: Matter, other: Matter) -> str:
    """How another matter is tied to this one, seen from here."""
    if other.pk == matter.parent_id:
        return _("所属事项")
    if other.pk == matter.merged_into_id:
        return _("已并入")
    if other.pk == matter.split_from_id:
        return _("拆分自")
    if other.pk == matter.follows_id:
        return _("接续前件")
    if other.merged_into_id == matter.pk:
        return _("并入本件的")
    return _("拆分成") if other.split_from_id == matter.pk else _("办结后新批示")


def carriers(replaced: Iterable[int]) -> dict[int, list[Matter]]:
    """What carries on each matter that was merged or split, at the end of the line; one query a hop."""
    origins = {pk: {pk} for pk in replaced}
    found: dict[int, list[Matter]] = {pk: [] for pk in origins}
    for _hop in range(HOPS):
        if not origins:
            break
        origins = _next_hop(origins, found)
    return found


def _next_hop(origins: dict[int, set[int]], found: dict[int, list[Matter]]) -> dict[int, set[int]]:
    """Carriers of these matters are found, or are replaced themselves and followed further."""
    rows = (
        Matter.objects.filter(Q(merged_here__in=origins) | Q(split_from__in=origins))
        .annotate(of=F("merged_here__pk"))
        .select_related("lead_unit", "notice", "plan")
    )
    further: dict[int, set[int]] = {}
    for row in rows:
        came: int | None = getattr(row, "of", None)
        heirs = {pk for source in (came, row.split_from_id) for pk in origins.get(source or 0, ())}
        if row.state in REPLACED:
            further.setdefault(row.pk, set()).update(heirs)
        else:
            _add(found, heirs, row)
    return further


def _add(found: dict[int, list[Matter]], heirs: Iterable[int], row: Matter) -> None:
    for pk in heirs:
        if row not in found[pk]:
            found[pk].append(row)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))


def _share_sum(pairs: Iterable[tuple[Decimal | None, int | None]]) -> Decimal:
    """Σ amount × percent."""
    shares = (one * (percent or 0) / 100 for one, percent in pairs if one is not None)
    return sum(shares, Decimal(0))


def mergeable(matter: Matter, *, viewer: Actor, most: int = 200) -> Sequence[Matter]:
    """Open matters that could carry on this one, those of the same lead first."""
    states = (
        [MatterState.REGISTERED, MatterState.DISPATCHED, MatterState.UNDER_WAY]
        if matter.state == MatterState.REGISTERED
        else [MatterState.DISPATCHED, MatterState.UNDER_WAY]
    )
    rows = (
        Matter.objects.visible_to(viewer)
        .filter(state__in=states, parent=matter.parent_id)
        .exclude(pk=matter.pk)
        .select_related("lead_unit", "notice")
    )
    same = list(rows.filter(lead_unit=matter.lead_unit_id).order_by("-pk")[:most])
    others = rows.exclude(lead_unit=matter.lead_unit_id).order_by("-pk")[: most - len(same)]
    return [*same, *others]
