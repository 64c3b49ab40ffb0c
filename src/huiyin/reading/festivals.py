"""The eve of festivals, for limits like 春节前. Lunar days are a small table (Hong Kong Observatory)."""

from __future__ import annotations

import datetime as dt

# year: 春节, 端午, 中秋 (month-day)
_LUNAR = {
    2005: ("02-09", "06-11", "09-18"),
    2006: ("01-29", "05-31", "10-06"),
    2007: ("02-18", "06-19", "09-25"),
    2008: ("02-07", "06-08", "09-14"),
    2009: ("01-26", "05-28", "10-03"),
    2010: ("02-14", "06-16", "09-22"),
    2011: ("02-03", "06-06", "09-12"),
    2012: ("01-23", "06-23", "09-30"),
    2013: ("02-10", "06-12", "09-19"),
    2014: ("01-31", "06-02", "09-08"),
    2015: ("02-19", "06-20", "09-27"),
    2016: ("02-08", "06-09", "09-15"),
    2017: ("01-28", "05-30", "10-04"),
    2018: ("02-16", "06-18", "09-24"),
    2019: ("02-05", "06-07", "09-13"),
    2020: ("01-25", "06-25", "10-01"),
    2021: ("02-12", "06-14", "09-21"),
    2022: ("02-01", "06-03", "09-10"),
    2023: ("01-22", "06-22", "09-29"),
    2024: ("02-10", "06-10", "09-17"),
    2025: ("01-29", "05-31", "10-06"),
    2026: ("02-17", "06-19", "09-25"),
    2027: ("02-06", "06-09", "09-15"),
    2028: ("01-26", "05-28", "10-03"),
    2029: ("02-13", "06-16", "09-22"),
    2030: ("02-03", "06-05", "09-12"),
    2031: ("01-23", "06-24", "10-01"),
    2032: ("02-11", "06-12", "09-19"),
    2033: ("01-31", "06-01", "09-08"),
    2034: ("02-19", "06-20", "09-27"),
    2035: ("02-08", "06-10", "09-16"),
}
_LUNAR_ORDER = {"春节": 0, "年前": 0, "除夕": 0, "端午": 1, "中秋": 2}
_SOLAR = {
    "元旦": (1, 1),
    "清明": (4, 4),
    "五一": (5, 1),
    "劳动": (5, 1),
    "五四": (5, 4),
    "七一": (7, 1),
    "建军": (8, 1),
    "八一": (8, 1),
    "教师": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
}


def festival_eve(name: str, after: dt.date) -> dt.date | None:
    """The day before the next festival of that name on or after a day; None when it is not known."""
    for year in (after.year, after.year + 1):
        day = _festival(name, year)
        if day is not None and day > after:
            return day - dt.timedelta(days=1)
    return None


def _festival(name: str, year: int) -> dt.date | None:
    for stem, order in _LUNAR_ORDER.items():
        if name.startswith(stem):
            days = _LUNAR.get(year)
            return dt.date.fromisoformat(f"{year}-{days[order]}") if days else None
    for stem, (month, day) in _SOLAR.items():
        if name.startswith(stem):
            return dt.date(year, month, day)
    return None
