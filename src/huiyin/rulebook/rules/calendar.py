"""Working days: the State Council's yearly holiday table over weekends; intervals of the calendar.

A year without a table is counted by weekends alone and flagged, so that nobody takes it for sure.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Holidays and working weekends of the years for which a table is known."""

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]

    def is_workday(self, day: date) -> bool | None:
        """Whether people work on that day; None in a year without a table."""
        return self._works(day) if day.year in self.years else None

    def add_working_days(self, start: date, n: int) -> tuple[date, bool]:
        """The n-th working day after `start` (not counted), and whether a year had no table."""
        day, flagged = start, False
        while n > 0:
            day += _A_DAY
            flagged |= day.year not in self.years
            n -= self._works(day)
        return day, flagged

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        days = max((end - start).days, 0)
        return sum(self._works(start + timedelta(days=n)) for n in range(1, days + 1))

    def on_or_after(self, day: date) -> tuple[date, bool]:
        """The first working day not before `day`, and whether a year had no table."""
        flagged = day.year not in self.years
        while not self._works(day):
            day += _A_DAY
            flagged |= day.year not in self.years
        return day, flagged

    def _works(self, day: date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self.off)


def next_interval(day: date, freq: str) -> date:
    """The end of the calendar interval after `day`: the day the next report is due.

    Weeks end on Friday, half months on the 15th and the last day; always later than `day`.
    """
    if freq == "weekly":
        return day + timedelta(days=(4 - day.weekday()) % 7 or 7)
    if freq == "half_monthly":
        following = day + _A_DAY
        return following.replace(day=15) if following.day <= 15 else _month_end(following, 1)
    return _month_end(day + _A_DAY, _MONTHS[freq])


def first_interval(day: date, freq: str, *, at_least: int) -> date:
    """The end of the first interval that leaves `at_least` days after `day`.

    A rhythm shorter than that is not stretched: a weekly report comes at the end of a week.
    """
    end = next_interval(day, freq)
    following = next_interval(end, freq)
    return following if (end - day).days < min(at_least, (following - end).days // 2) else end


def add_months(day: date, n: int) -> date:
    """The same day n months later; the last of the month when that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _month_end(day: date, length: int) -> date:
    """The last day of the run of `length` months (counted from January) that holds `day`."""
    month = (day.month - 1) // length * length + length
    return date(day.year, month, months.monthrange(day.year, month)[1])


_PASTED = re.compile(
    r"(?:(?P<y>\d{4})\s*[年/.-]\s*)?(?P<m>\d{1,2})\s*[月/.-]\s*(?P<d>\d{1,2})\s*[日号]?(?:\s*[（(][^）)]*[）)])?"
    r"(?:\s*(?:至|到|-|—|~|～)\s*(?:(?:(?P<y2>\d{4})\s*[年/.-]\s*)?(?P<m2>\d{1,2})\s*[月/.-]\s*)?(?P<d2>\d{1,2})\s*[日号]?)?"
)


def pasted_days(text: str, year: int) -> list[date]:
    """Days named in pasted words (`1月1日（周四）至3日`, `2026-02-14`), in the order of the words.

    Raises ValueError when a date does not exist.
    """
    return [day for found in _PASTED.finditer(text) for day in _span(found, year)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedYear:
    """One year's arrangement as read from the pasted notice."""

    year: int
    off: tuple[date, ...]
    work: tuple[date, ...]


def pasted_notice(text: str) -> PastedYear:
    """The arrangement in the State Council's notice, pasted whole: what says 放假 and what says 上班.

    Raises ValueError when no year or no holiday is named, or a date does not exist.
    """
    year = re.search(r"(\d{4})\s*年", text)
    if year is None:
        raise ValueError("no year")
    off: set[date] = set()
    work: set[date] = set()
    for sentence in re.split(r"[。；;\n]", text):
        if "上班" in sentence or "放假" in sentence:
            (work if "上班" in sentence else off).update(pasted_days(sentence, int(year[1])))
    if not off:
        raise ValueError("no holiday")
    return PastedYear(year=int(year[1]), off=tuple(sorted(off)), work=tuple(sorted(work)))


def _span(found: re.Match[str], year: int) -> Iterator[date]:
    start = date(int(found["y"] or year), int(found["m"]), int(found["d"]))
    end = start
    if found["d2"]:
        end = date(
            int(found["y2"] or start.year), int(found["m2"] or start.month), int(found["d2"])
        )
    if not 0 <= (end - start).days <= 31:
        raise ValueError(found[0])
    while start <= end:
        yield start
        start += _A_DAY


def _calendar(body: Body) -> Calendar:
    def days(name: str) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for row in body["rows"] for day in row[name])

    return Calendar(
        years=frozenset(row["year"] for row in body["rows"]), off=days("off"), work=days("work")
    )


def _days_lie_in_their_year(body: Body) -> Problems:
    problems: Problems = {}
    for number, row in enumerate(body["rows"]):
        for name in ("off", "work"):
            if any(not day.startswith(str(row["year"])) for day in row[name]):
                problems[f"rows-{number}-{name}"] = [_now("有的日期不在这一年。")]
        if set(row["off"]) & set(row["work"]):
            problems[f"rows-{number}-work"] = [_now("同一天不能既放假又上班。")]
        if not row["off"]:
            problems[f"rows-{number}-off"] = [_now("至少要有一天放假。")]
    return problems


HOLIDAYS: Sheet[Calendar] = Sheet(
    code="holidays",
    label=_("节假日"),
    about=_("每年按国务院办公厅的放假通知填写；没有填的年份，算出的日期会标明“节假日未定”。"),
    build=_calendar,
    rows=(
        Column(name="year", label=_("年份"), kind=CellKind.INT, least=2000, most=2100),
        Column(name="off", label=_("放假"), kind=CellKind.DAYS, help=_("可以整段粘贴通知里的话。")),
        Column(name="work", label=_("调休上班"), kind=CellKind.DAYS),
        Column(name="basis", label=_("依据"), kind=CellKind.TEXT, optional=True),
    ),
    key=("year",),
    check=_days_lie_in_their_year,
)
