"""A rule in words: its cells for people, what an amendment changes, and what that does from today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _now

from huiyin.rulebook.rules.calendar import Calendar, first_interval
from huiyin.rulebook.rules.counting import counted
from huiyin.rulebook.rules.handling import Acceptance, Numbering
from huiyin.rulebook.rules.lights import LightScheme
from huiyin.rulebook.rules.limits import DueDefaults, DueRow, Intervals, ObjectionWindow
from huiyin.rulebook.rules.rhythm import Rhythms
from huiyin.rulebook.rules.sheets import CellKind, Column, Sheet
from huiyin.rulebook.rules.time_limits import TimeLimits
from huiyin.rulebook.rules.words import CLOCKS, SOURCES, URGENCIES
from huiyin.web.format import full_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line that differs between two versions; an empty side means it was not there."""

    label: str
    was: str
    becomes: str


def described(sheet: Sheet[Any], body: Mapping[str, Any]) -> dict[str, str]:
    """Every value and row of a body in words: label → text."""
    found = {str(column.label): shown(column, body[column.name]) for column in sheet.values}
    for row in body.get("rows", ()):
        label = " · ".join(shown(c, row[c.name]) for c in sheet.rows if c.name in sheet.key)
        found[label] = _row_words([c for c in sheet.rows if c.name not in sheet.key], row)
    return found


def _row_words(columns: Sequence[Column], row: Mapping[str, Any]) -> str:
    """`20天，依据`: cells apart by commas, a unit right behind its number."""
    words = ""
    for column in columns:
        text = shown(column, row[column.name])
        words += (_behind(column, text) if words else "") + text
    return words


def _behind(column: Column, text: str) -> str:
    """What stands between a cell and the one before it; English wants a space before a unit."""
    if column.name == "unit":
        return " " if text.isascii() else ""
    return _now("，") if text else ""


def differences(
    sheet: Sheet[Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """What an amendment changes, in the order of the sheet; removed rows come last."""
    old, new = described(sheet, before), described(sheet, after)
    labels = [*new, *(label for label in old if label not in new)]
    return [
        Change(label=label, was=old.get(label, ""), becomes=new.get(label, ""))
        for label in labels
        if old.get(label) != new.get(label)
    ]


def shown(column: Column, value: Any) -> str:
    """One cell as people read it."""
    if column.kind is CellKind.CHOICE:
        return str(column.choices.get(str(value), value))
    if column.kind is CellKind.SEVERAL:
        names = _now("、").join(str(column.choices.get(code, code)) for code in value)
        return (
            _now("%(label)s：%(names)s") % {"label": column.label, "names": names} if names else ""
        )
    if column.kind is CellKind.FLAG:
        return _now("是") if value else _now("否")
    if column.kind is CellKind.INT and column.optional and not value:
        return ""
    if column.kind is CellKind.DAYS:
        return in_ranges([date.fromisoformat(day) for day in value])
    return str(value)


def in_ranges(days: Sequence[date]) -> str:
    """`1月1日至3日、4月4日`: days in a row written as one stretch."""
    parts = []
    for start, end in _stretches(sorted(days)):
        text = f"{start.month}月{start.day}日"
        if end != start:
            text += f"至{end.day}日" if end.month == start.month else f"至{end.month}月{end.day}日"
        parts.append(text)
    return "、".join(parts)


def _stretches(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    start = previous = None
    for day in days:
        if previous is None or (day - previous).days != 1:
            if start is not None and previous is not None:
                yield start, previous
            start = day
        previous = day
    if start is not None and previous is not None:
        yield start, previous


def due_on(
    row: DueRow, body: DueDefaults, start: date, days: Calendar, limits: TimeLimits
) -> tuple[date, bool]:
    """The date a row of the due-date rule gives, and whether a year had no holiday table."""
    if row.clock:
        limit = limits.limit(row.clock)
        return counted(start, limit.days, limit.unit, days, roll=body.roll)
    if row.unit == "year_end":
        end = date(start.year, 12, 31)
        return (end if (end - start).days >= row.days else date(start.year + 1, 12, 31)), False
    return counted(start, row.days, row.unit, days, roll=body.roll)


def effects(body: Any, *, today: date, days: Calendar, limits: TimeLimits) -> dict[str, str]:
    """What a typed body does for something that begins today: label → result. Empty for some rules."""
    if isinstance(body, DueDefaults):
        return _of_due(body, today, days, limits)
    work_out = _EFFECTS.get(type(body))
    return work_out(body, today, days) if work_out else {}


def _of_due(body: DueDefaults, today: date, days: Calendar, limits: TimeLimits) -> dict[str, str]:
    return {
        _due_label(row): full_day(due_on(row, body, today, days, limits)[0]) for row in body.rows
    }


def _of_intervals(body: Intervals, today: date, _days: Calendar) -> dict[str, str]:
    first = first_interval(today, body.report, at_least=body.at_least)
    return {_now("今天交办的长期事项，首次反馈"): full_day(first)}


def _of_limits(body: TimeLimits, today: date, days: Calendar) -> dict[str, str]:
    return {
        _now("今天起算的%(what)s") % {"what": CLOCKS[row.clock]}: full_day(
            counted(today, row.days, row.unit, days, roll=False)[0]
        )
        for row in body.rows
    }


def _of_rhythms(body: Rhythms, today: date, days: Calendar) -> dict[str, str]:
    lights = {
        "ontime": _now("按期"),
        "near": _now("临期"),
        "behind": _now("滞后"),
        "red": _now("逾期"),
    }
    return {
        _now("每月一报的，今天报了，%(light)s，下一次") % {"light": word}: full_day(
            body.next_on(today, "monthly", light, days)
        )
        for light, word in lights.items()
    }


def _of_objection(body: ObjectionWindow, today: date, days: Calendar) -> dict[str, str]:
    end = today + timedelta(days=body.days)
    if body.unit == "working":
        end = days.add_working_days(today, body.days)[0]
    return {_now("今天签收的，异议期到"): full_day(end)}


def _of_acceptance(body: Acceptance, _today: date, _days: Calendar) -> dict[str, str]:
    return {_now("原话“三个月内修好东桥”，验收标准"): body.standard("三个月内修好东桥")}


def _of_numbering(body: Numbering, today: date, _days: Calendar) -> dict[str, str]:
    return {
        _now("本年第12份督办通知"): body.notice_number(short="云", year=today.year, n=12),
        _now("它的第3件事项"): body.matter_number(year=today.year, notice=12, n=3),
        _now("本年第3张单"): body.slip_number(short="云", year=today.year, n=3),
    }


def _of_lights(body: LightScheme, today: date, _days: Calendar) -> dict[str, str]:
    due = today + timedelta(days=30)
    words = {"day": full_day(due)}
    return {
        _now("%(day)s到期的一般事项，临期从") % words: full_day(body.near_from(due)),
        _now("%(day)s到期的急件，临期从") % words: full_day(body.near_from(due, urgent=True)),
    }


def _of_calendar(body: Calendar, _today: date, _days: Calendar) -> dict[str, str]:
    return {
        _now("%(year)d年工作日") % {"year": year}: _now("%(n)d天") % {"n": _work_days(body, year)}
        for year in sorted(body.years)
    }


_EFFECTS: dict[type, Callable[[Any, date, Calendar], dict[str, str]]] = {
    Intervals: _of_intervals,
    TimeLimits: _of_limits,
    Rhythms: _of_rhythms,
    ObjectionWindow: _of_objection,
    Acceptance: _of_acceptance,
    Numbering: _of_numbering,
    LightScheme: _of_lights,
    Calendar: _of_calendar,
}


def _due_label(row: DueRow) -> str:
    return _now("今天起办的%(source)s（%(urgency)s）") % {
        "source": SOURCES[row.source],
        "urgency": URGENCIES[row.urgency],
    }


def _work_days(days: Calendar, year: int) -> int:
    return days.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
