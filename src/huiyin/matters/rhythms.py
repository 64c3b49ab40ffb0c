"""How often a unit is asked about a matter: the rhythm by rule, and the day of the next report with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from huiyin.matters.clocks import WITH_UNIT, retime, turning_of
from huiyin.matters.models import Matter
from huiyin.matters.rules import Light, MatterState, Rhythm, shown
from huiyin.rulebook.queries import Book, InForce
from huiyin.rulebook.rules import Rhythms, next_interval
from huiyin.web.kept import kept

LEVELS = {
    Light.NEAR: "near",
    Light.BEHIND: "behind",
    Light.GRAVE: "red",
    Light.OVERDUE: "red",
}
"""The rule's name of a light; any other is `ontime`."""
GRAVITY = ("ontime", "near", "behind", "red")


@kept
def choose(matter: Matter, book: Book, *, today: date, since: date | None = None) -> None:
    """A dated matter has the rhythm the rule gives, unless a person chose one.

    `since` is the day it was opened again: how long it lasts counts from then.
    """
    cells = dict(matter.filled)
    if matter.is_standing or matter.due_on is None:
        matter.rhythm = ""
        cells.pop("rhythm", None)
    elif cells.get("rhythm", {}).get("from") != "hand" or not matter.rhythm:
        rule = book.rhythms(on=today)
        length = (matter.due_on - (since or matter.dispatched_on or today)).days
        matter.rhythm = rule.body.rhythm(
            source=matter.source_kind, urgency=matter.urgency, length=length
        )
        why = _("%(rhythm)s，%(rule)s") % {"rhythm": label(matter.rhythm), "rule": rule.cited}
        cells["rhythm"] = {"from": "rule", "why": why, "rule": rule.code, "number": rule.number}
    matter.filled = cells


def label(rhythm: str) -> str:
    """每月一报; "" when there is none."""
    return str(Rhythm(rhythm).label) if rhythm in Rhythm.values else ""


@kept
def schedule(matter: Matter, book: Book, *, today: date) -> None:
    """The next report is due by rhythm and light, counted from the last one; the turning dates follow."""
    if matter.interval:
        matter.next_report_on = next_interval(today, matter.interval)
    elif matter.rhythm and matter.state != MatterState.SUSPENDED:
        matter.next_report_on = None
        retime(matter, book, today=today)
        rule = book.rhythms(on=today)
        matter.next_report_on, why = _next(matter, rule, book, today)
        _say_why(matter, rule, why)
    retime(matter, book, today=today)


@kept
def begin_anew(matter: Matter, book: Book, *, today: date) -> None:
    """A matter opened again is asked from today on: what was reported before says nothing of now."""
    matter.next_report_on = None
    choose(matter, book, today=today, since=today)
    if matter.rhythm:
        _count_from(matter, today, anew=True)
    schedule(matter, book, today=today)
    if matter.interval:
        matter.next_check_on = matter.next_report_on


@kept
def give_back(matter: Matter, later: Callable[[date], date]) -> None:
    """The rhythm counts from a day moved on by the time the clock stood, else it would ask too soon."""
    start = _start(matter)
    if matter.rhythm and start is not None:
        _count_from(matter, later(start), anew=_is_anew(matter))


def _count_from(matter: Matter, day: date, *, anew: bool) -> None:
    cell = {**matter.filled.get("report", {}), "start": day.isoformat(), "anew": anew}
    matter.filled = {**matter.filled, "report": cell}


def _say_why(matter: Matter, rule: InForce[Rhythms], why: str) -> None:
    """The cell says why; from where the rhythm counts stays until the next report."""
    cell = {"from": "rule", "why": why, "rule": rule.code, "number": rule.number}
    was = matter.filled.get("report", {})
    if was.get("start", "") > (matter.last_reported_on or date.min).isoformat():
        cell |= {name: was[name] for name in ("start", "anew")}
    matter.filled = {**matter.filled, "report": cell}


def _start(matter: Matter) -> date | None:
    """Where the rhythm counts from: the last report or the dispatch, or a later day that was set since."""
    known = [matter.last_reported_on or matter.dispatched_on]
    text = matter.filled.get("report", {}).get("start")
    known.append(date.fromisoformat(text) if text else None)
    return max(filter(None, known), default=None)


def _is_anew(matter: Matter) -> bool:
    """Whether it was opened again and nothing has been reported since."""
    return bool(matter.filled.get("report", {}).get("anew"))


@kept
def tighten(matter: Matter, book: Book, *, today: date) -> None:
    """A light that turned brings the next report nearer, never further, and never onto a day gone by."""
    due = matter.next_report_on
    if matter.interval or not matter.rhythm or matter.state not in WITH_UNIT:
        return
    if due is not None and due <= today:
        return
    rule = book.rhythms(on=today)
    wanted, why = _next(matter, rule, book, today)
    if wanted is not None and (due is None or wanted < due):
        matter.next_report_on = wanted
        _say_why(matter, rule, why)


def _next(
    matter: Matter, rule: InForce[Rhythms], book: Book, today: date
) -> tuple[date | None, str]:
    """The day and its reason in words."""
    if matter.state not in WITH_UNIT:
        return None, _("已经报送办结，等待核查")
    if matter.rhythm == Rhythm.MILESTONE:
        return _next_milestone(matter)
    level = level_of(matter, today)
    if level == "ontime" and (matter.last_reported_on is None or _is_anew(matter)):
        level = "near"  # nothing is known to be well before the first report
    gap = rule.body.gap(matter.rhythm, level)
    if gap is None:
        return None, label(Rhythm.ONCE)
    days = book.calendar(today)
    start = _start(matter) or today
    found = rule.body.next_on(start, matter.rhythm, level, days)
    if found is not None and found <= today:
        found = days.add_working_days(today, 1)[0]
    if found is not None and matter.due_on is not None and today <= matter.due_on <= found:
        return None, _("到期以前不再要反馈，办结时报送")
    return found, _why(matter.rhythm, level, gap)


def _next_milestone(matter: Matter) -> tuple[date | None, str]:
    planned = matter.milestones.all() if matter.pk else ()
    steps = sorted((s for s in planned if s.done_on is None), key=lambda s: s.due_on)
    if not steps:
        return None, _("没有未完成的节点，办结时报送")
    return steps[0].due_on, _("按节点反馈：%(what)s") % {"what": steps[0].what}


def level_of(matter: Matter, today: date) -> str:
    """How grave the light is, as the rule counts it."""
    found = shown(
        state=matter.state,
        nature=matter.nature,
        due_on=matter.due_on,
        turning=turning_of(matter),
        next_check_on=None,
        today=today,
    )
    return LEVELS.get(found.light, "ontime")


def _why(rhythm: str, level: str, gap: int) -> str:
    """`一切正常，改为每60天一报`; the rhythm itself where the light changes nothing."""
    words = {"n": gap}
    match level:
        case "ontime":
            return _("一切正常，改为每%(n)d天一报") % words
        case "behind":
            return _("已经滞后，改为每%(n)d天一报") % words
        case "red":
            return _("已经亮红灯，改为每%(n)d天一报") % words
    return label(rhythm)
