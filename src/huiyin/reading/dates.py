"""Days as papers write them: 2019年1月9日, 二〇一一年十月十七日, 2016-4-13, and what is left of damaged ones."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

_FIGURES = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "O": "0",
    "o": "0",
}
_HAN_YEAR = "[〇零一二三四五六七八九Oo]{4}"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
FULL = re.compile(
    r"(?P<y>(?:19|20)\d{2}) ?(?:年|[-./]) ?(?P<m>1[0-2]|0?[1-9]) ?(?:月|[-./]) ?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d) ?(?:日|号)?"
)
HAN = re.compile(rf"(?P<y>{_HAN_YEAR})年(?P<m>{_HAN_NUMBER})月(?P<d>{_HAN_NUMBER})日")
MONTH = re.compile(r"(?P<y>(?:19|20)\d{2})年(?P<m>1[0-2]|0?[1-9])月(?!\d)")
MONTH_DAY = re.compile(
    r"(?<![\d年-])(?P<m>1[0-2]|0?[1-9])(?:月|-)(?P<d>3[01]|[12]\d|0?[1-9])(?:日|，|,)"
)
YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?!\d)")


def han_number(written: str) -> int:
    """The value of a Chinese number below a hundred, or of figures."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    digit = {c: i for i, c in enumerate("〇一二三四五六七八九")}
    if not ten:
        return digit.get(ones, 0)
    return (digit.get(tens, 1) if tens else 1) * 10 + (digit.get(ones, 0) if ones else 0)


def year(written: str) -> int:
    """The value of a year in figures or characters."""
    return int("".join(_FIGURES.get(c, c) for c in written))


def iso(of_year: int, month: int, day: int) -> str | None:
    """The ISO form of a day that exists, else nothing."""
    try:
        return dt.date(of_year, month, day).isoformat()
    except ValueError:
        return None


def last_day(of_year: int, month: int) -> str:
    """The last day of a month."""
    return dt.date(of_year, month, monthrange(of_year, month)[1]).isoformat()


def full_date(text: str) -> str | None:
    """The first complete day in a text."""
    if match := FULL.search(text):
        return iso(int(match["y"]), int(match["m"]), int(match["d"]))
    if "年" in text and (match := HAN.search(text)):
        return iso(year(match["y"]), han_number(match["m"]), han_number(match["d"]))
    return None


def date_or_month(text: str) -> str | None:
    """A complete day, or the month when that is all a text says."""
    if day := full_date(text):
        return day
    match = MONTH.search(text)
    return f"{match['y']}-{int(match['m']):02d}" if match else None
