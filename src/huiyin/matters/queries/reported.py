"""What a unit had reported of a matter by some time, with what a check found instead: for papers that stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.matters.amounts import so_far
from huiyin.matters.models import Matter, Report, Verification
from huiyin.matters.rules import AssignmentRole
from huiyin.web.format import full_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """`100%（2026年11月10日报送），核查认定 60%`, `报送 31/83 所，核实 28 所`; "" for what was never said."""

    percent: str = ""
    amounts: str = ""


def as_reported(matter: Matter, *, until: datetime) -> Reported:
    """What the lead said last by that time; a refuted claim is not overwritten by what was found, both are said."""
    reports = _reports(matter, until)
    checks = list(matter.verifications.filter(checked_on__lte=clock.day_of(until)))
    share = next((row for row in reports if row.percent is not None), None)
    some = next((row for row in reports if row.amount is not None), None)
    return Reported(
        percent=_percent(share, checks) if share is not None else "",
        amounts=_amounts(matter, some, checks) if some is not None else "",
    )


def _reports(matter: Matter, until: datetime) -> list[Report]:
    """The newest first; what was said before a matter was opened again says nothing of it now."""
    rows = matter.reports.filter(assignment__role=AssignmentRole.LEAD, reported_at__lte=until)
    opened = matter.close_outs.filter(reopened_at__lte=until).order_by("-reopened_at").first()
    return list(rows if opened is None else rows.filter(reported_at__gt=opened.reopened_at))


def _percent(report: Report, checks: Sequence[Verification]) -> str:
    words = {"n": report.percent, "day": full_day(_said_on(report))}
    said = _("%(n)s%%（%(day)s报送）") % words
    since = clock.day_of(report.reported_at)
    check = next(
        (c for c in checks if c.checked_on >= since and c.claimed_percent == report.percent), None
    )
    if check is None or check.verified_percent == report.percent:
        return said
    if check.verified_percent is not None:
        return said + _("，核查认定 %(n)s%%") % {"n": check.verified_percent}
    refuted = check.outcome == Verification.Outcome.REFUTED
    return said + (_("，核查没有认定") if refuted else "")


def _amounts(matter: Matter, report: Report, checks: Sequence[Verification]) -> str:
    since = clock.day_of(report.reported_at)
    of_it = (c for c in checks if c.checked_on >= since and c.claimed_amount == report.amount)
    check = next(of_it, None)
    return so_far(matter, report.amount, check.verified_amount if check is not None else None)


def _said_on(report: Report) -> date:
    return report.stated_on or clock.day_of(report.reported_at)
