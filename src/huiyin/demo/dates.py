"""Relative dates of the demo: an offset in days from today becomes a date in official Chinese."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

Due = int | str
"""An offset in days from today, or ``"m:+30"``: a month's end."""

_WRITTEN = re.compile(r"^\{\{doc:([+-]?\d+)\}\}\r?\n?", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{(d|md|mo|m|y)(?::([+-]?\d+))?\}\}")
_MONTH_END = re.compile(r"m:([+-]?\d+)")


def at_offset(today: date, offset: int) -> date:
    """Return the day `offset` days after today."""
    return today + timedelta(days=offset)


def month_end(today: date, offset: int) -> date:
    """Return a month's end that lies on the same side of today as the offset.

    From zero up it is the first one on or after that day, below zero the last one on or before it:
    what was due in the past stays past on every day the demo is built.
    """
    day = at_offset(today, offset)
    end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if offset >= 0 or end == day:
        return end
    return day.replace(day=1) - timedelta(days=1)


def resolve(due: Due, today: date) -> date:
    """Return the date of a due in the data files; `ValueError` when it is in neither form."""
    if isinstance(due, int):
        return at_offset(today, due)
    found = _MONTH_END.fullmatch(due)
    if not found:
        message = f"not an offset nor a month's end: {due}"
        raise ValueError(message)
    return month_end(today, int(found[1]))


def written_on(text: str, today: date) -> date:
    """Return the day the paper was written: its ``{{doc:N}}`` line, else today."""
    found = _WRITTEN.search(text)
    return at_offset(today, int(found[1])) if found else today


def expand(text: str, today: date) -> str:
    """Return the text with every placeholder replaced; the table in `data/README.md` explains them."""
    written = written_on(text, today)

    def put(found: re.Match[str]) -> str:
        return _SAY[found[1]](today, int(found[2] or 0), written, found[2] is not None)

    return _PLACEHOLDER.sub(put, _WRITTEN.sub("", text))


def _year_said(day: date, written: date) -> str:
    """Return how a paper of `written` names the year of `day`: not at all when it is its own."""
    said = {0: "", 1: "明年", -1: "去年"}
    return said.get(day.year - written.year, f"{day.year}年")


def _full(today: date, offset: int, _written: date, _given: object) -> str:
    day = at_offset(today, offset)
    return f"{day.year}年{day.month}月{day.day}日"


def _month_and_day(today: date, offset: int, written: date, _given: object) -> str:
    day = at_offset(today, offset)
    return f"{_year_said(day, written)}{day.month}月{day.day}日"


def _end_of_month(today: date, offset: int, written: date, _given: object) -> str:
    day = month_end(today, offset)
    return f"{_year_said(day, written)}{day.month}月底"


def _month(today: date, offset: int, written: date, _given: object) -> str:
    day = at_offset(today, offset)
    return f"{_year_said(day, written)}{day.month}月"


def _year(today: date, offset: int, written: date, given: object) -> str:
    return str(at_offset(today, offset).year if given else written.year)


_SAY: dict[str, Callable[[date, int, date, object], str]] = {
    "d": _full,
    "md": _month_and_day,
    "m": _end_of_month,
    "mo": _month,
    "y": _year,
}
