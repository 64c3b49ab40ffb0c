"""经手: whose hands a matter went through, how long it lay in each, and what each added of its own.

A fact of the matter, computed from its parts and events (少当二传手): shown, never scored or ranked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.actors import UNIT_STAFF, Actor
from huiyin.errors import NotFound
from huiyin.matters.models import Assignment, Evidence, Matter, Referral, Report
from huiyin.matters.planners import planners
from huiyin.matters.rules import AssignmentRole, AssignmentState, Ruling
from huiyin.people.models import Unit
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import Calendar

MOST = 200
"""Passed-on matters listed on a unit's page at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a unit added of its own while it led: a plan, reports in its own words, evidence."""

    plan: bool = False
    reports: int = 0
    evidence: int = 0

    @property
    def any(self) -> bool:
        return self.plan or self.reports > 0 or self.evidence > 0

    @property
    def words(self) -> str:
        """`方案、反馈 2 次、材料 3 份`; that nothing was added is said as well."""
        said = [_("方案")] if self.plan else []
        if self.reports:
            said.append(
                ngettext("反馈 %(n)d 次", "反馈 %(n)d 次", self.reports) % {"n": self.reports}
            )
        if self.evidence:
            words = ngettext("材料 %(n)d 份", "材料 %(n)d 份", self.evidence)
            said.append(words % {"n": self.evidence})
        return _("、").join(said) or _("没有自己的措施")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One unit that led: how the matter came to it, from when to when, what it added."""

    unit: str
    came: str
    since: date
    until: date | None
    days: int
    working_days: int
    measures: Measures


def leads_of(matter: Matter) -> list[Assignment]:
    """Everybody who led a matter, in order; those only proposed never had it."""
    rows = [
        row
        for row in matter.assignments.all()
        if row.role == AssignmentRole.LEAD and row.state != AssignmentState.PROPOSED and row.sent_at
    ]
    return sorted(rows, key=lambda row: row.pk)


def hands(
    matter: Matter, *, reports: Sequence[Report], evidence: Iterable[Evidence], today: date
) -> list[Hand]:
    """The chain of hands, the first first; three queries."""
    leads = leads_of(matter)
    calendar = rulebook.calendar(matter.jurisdiction_id, on=today)
    planned = planners([matter.pk])
    files = [file.report_id for file in evidence]
    return [
        _hand(row, _measures(row, reports, files, planned), calendar, matter.closed_on or today)
        for row in leads
    ]


def _hand(row: Assignment, measures: Measures, calendar: Calendar, last: date) -> Hand:
    since = clock.day_of(row.sent_at) if row.sent_at else last
    end = row.ended_on or last
    return Hand(
        unit=str(row.unit),
        came=str(row.get_came_by_display()),
        since=since,
        until=row.ended_on,
        days=max(0, (end - since).days),
        working_days=calendar.working_days_between(since, end),
        measures=measures,
    )


def _measures(
    row: Assignment,
    reports: Sequence[Report],
    files: Collection[int | None],
    planned: Mapping[int, set[int]],
) -> Measures:
    """A report that only repeats another unit's words is no measure of one's own."""
    own = [report for report in reports if report.assignment_id == row.pk]
    others = {_bare(r.text) for r in reports if r.assignment_id != row.pk}
    said = [report for report in own if _bare(report.text) not in others]
    mine = {report.pk for report in own}
    return Measures(
        plan=row.unit_id in planned.get(row.matter_id, set()),
        reports=len(said),
        evidence=sum(1 for pk in files if pk in mine),
    )


def _bare(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A matter a unit led and passed on."""

    matter: Matter
    to: str
    reason: str
    hand: Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHands:
    """What went through a unit's hands: counts and the matters themselves, no mark for anybody."""

    unit: Unit
    led: int
    passed: tuple[Passed, ...]
    passed_total: int
    taken_over: int
    declined: int

    @property
    def bare(self) -> int:
        """Matters only passed on: no plan, no report in its own words, no evidence."""
        return sum(1 for one in self.passed if not one.hand.measures.any)

    @property
    def share(self) -> float | None:
        """Matters only passed on, of all the unit led; None when it led none."""
        return self.bare / self.led if self.led else None


def unit_hands(pk: int, *, viewer: Actor, today: date) -> UnitHands:
    """The page of one unit's hands, for the office, leaders of its portfolio and the unit itself."""
    unit = Unit.objects.visible_to(viewer).filter(pk=pk).first()
    if unit is None or not _may_look(viewer, unit.pk):
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    led = Assignment.objects.filter(unit=unit, role=AssignmentRole.LEAD).exclude(
        state=AssignmentState.PROPOSED
    )
    referrals = Referral.objects.filter(from_unit=unit, ruling=Ruling.GRANTED)
    asked = Referral.objects.filter(to_unit=unit)
    return UnitHands(
        unit=unit,
        led=led.values("matter").distinct().count(),
        passed=tuple(_passed(referrals, today)),
        passed_total=referrals.count(),
        taken_over=asked.filter(ruling=Ruling.GRANTED).count(),
        declined=asked.filter(ruling=Ruling.REFUSED).count(),
    )


def _may_look(viewer: Actor, unit_id: int) -> bool:
    reach = frozenset[int]().union(*(post.portfolio for post in viewer.posts))
    return viewer.sees_all or unit_id in viewer.unit_ids(*UNIT_STAFF) | reach


def _passed(referrals: QuerySet[Referral], today: date) -> list[Passed]:
    rows = list(
        referrals.select_related("matter__notice", "to_unit", "assignment__unit").order_by(
            "-decided_at"
        )[:MOST]
    )
    ids = [row.matter_id for row in rows]
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(matter__in=ids):
        reports.setdefault(report.matter_id, []).append(report)
    files = list(Evidence.objects.filter(matter__in=ids).values_list("report_id", flat=True))
    planned = planners(ids)
    if not rows:
        return []
    calendar = rulebook.calendar(rows[0].matter.jurisdiction_id, on=today)
    found = []
    for row in rows:
        part = row.assignment
        measures = _measures(part, reports.get(row.matter_id, []), files, planned)
        hand = _hand(part, measures, calendar, row.matter.closed_on or today)
        found.append(Passed(matter=row.matter, to=str(row.to_unit), reason=row.reason, hand=hand))
    return found
