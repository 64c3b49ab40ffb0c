"""A day as somebody writes it in a cell: 2026-6-30, 2026.6.30, 6月30日, 6月底, 年底前, 三季度末, an Excel date.

What is written out is read here; what is said in words is read by the engine that reads papers, so that 三季度末
means the same in a table and in a document (docs/decisions/asking-back.md).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from huiyin.reading import limits_in
from huiyin.web import tables

LONGEST = 200
"""Characters of a cell that are looked at; a day is not said in more."""
NOTHING = frozenset({"-", "--", "—", "——", "/", "\\", "无", "暂无"})
SERIALS = range(36526, 73051)
"""Days as a spreadsheet counts them, of this century: 46203 is 30 June 2026."""
_CENTURY = 2000
_END = r"(?:之前|以前|前|止|为止)?(?:完成|办结|办毕|报送)?"
_FORMS = tuple(
    re.compile(form + _END)
    for form in (
        r"(?P<y>(?:19|20)\d{2}|[0-4]\d)\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})\s?[日号]?",
        r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号]?",
        r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})",
        r"(?P<m>\d{1,2})\.(?P<d>\d{2})",
        r"(?:(?P<y>(?:19|20)\d{2})\s?[-/.年]\s?)?(?P<m>\d{1,2})\s?月份?",
        r"(?P<y>(?:19|20)\d{2})[-/](?P<m>\d{1,2})",
        r"(?P<y>(?:19|20)\d{2})\.(?P<m>0\d|[2-9]|1[0-2])",  # 2026.1 may have been 2026.10
    )
)
_CLOCK = re.compile(r"[\sT]\d{1,2}[:：]\d{2}.*$")
_MONTHS = re.compile(r"\d{1,2}\s?(?:-|—+|–|~|至|到)\s?(?=\d{1,2}\s?月)")
_SPAN = re.compile(
    r"(?<=[\d月日号底末初旬])\s?(?:至|到|—+|–|~|(?<=[月日号])-|-(?=\d{4}[.年/]))\s?(?=\S)"
)
_RELATIVE = re.compile(
    r"[本这当下上]个?[月周星季]|今[天日]|明[天日]|后天|(?:[日天周月时]|半年)之?内|^月[底末]"
)


class NoDay(ValueError):
    """What is written in the cell is no single day; the sentence says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which year a day without one is in: the first from `since` on, the last up to `until`, else this year's."""

    today: date
    since: date | None = None
    until: date | None = None

    @property
    def start(self) -> date:
        """The first day that may be meant."""
        if self.until is not None:
            return self.until - timedelta(days=364)
        return self.since or date(self.today.year, 1, 1)

    def year(self, month: int, day: int) -> int:
        if self.until is not None:
            return self.until.year - ((month, day) > (self.until.month, self.until.day))
        return self.start.year + ((month, day) < (self.start.month, self.start.day))


def day_in(value: object, when: When) -> date | None:
    """The day a cell means, None for an empty one; NoDay when it means none, or several."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = tables.words(value)[:LONGEST]
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", said)).strip()
    if not text or text in NOTHING:
        return None
    if text.isdigit() and int(text) in SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(text))
    return _written(_last_of_span(text), when, said) or _spoken(text, when, said)


def _last_of_span(text: str) -> str:
    """`12月` of 1-12月, `2026年12月` of 2026年1月至12月: what lasts is due when it ends."""
    first, *rest = _SPAN.split(_MONTHS.sub("", text))
    year = re.match(r"\d{4}\s?[年./-]", first)
    if not rest:
        return first
    last = rest[-1]
    return last if year is None or re.match(r"\d{4}", last) else f"{year[0]}{last}"


def _written(text: str, when: When, said: str) -> date | None:
    """A day or a month written in figures; None when the cell holds other words."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    parts = {name: int(number) for name, number in found.groupdict().items() if number}
    month = parts["m"]
    if not 1 <= month <= 12:
        raise _no_such_day(said)
    if "d" not in parts:
        return _month(parts.get("y", 0), month, when)
    day = parts["d"]
    year = parts.get("y", when.year(month, day))
    try:
        return date(year + (_CENTURY if year < 100 else 0), month, day)
    except ValueError as error:
        raise _no_such_day(said) from error


def _month(year: int, month: int, when: When) -> date:
    """The last day of the month; of a past one that is not over, the last there was."""
    if not year:
        year = when.year(month, 1 if when.until is not None else 28)
    last = date(year, month, calendar.monthrange(year, month)[1])
    return min(last, when.until) if when.until and last.replace(day=1) <= when.until else last


def _spoken(text: str, when: When, said: str) -> date:
    """The one day that words speak of; words that count from today need a table that is of today."""
    named = _with_years(text, when.today)
    # The office's own calendar counts working days, and no cell has it.
    if "工作日" in named or (_RELATIVE.search(named) and when.start != when.today):
        raise NoDay(_("“%(text)s”说不准是哪一天，请写成 2026-11-30 这样。") % {"text": said[:20]})
    limits = limits_in(named, when.start) or limits_in(f"{named}前", when.start)
    days = {limit.date for limit in limits if limit.date}
    if len(days) > 1:
        raise NoDay(_("“%(text)s”里有几个日期，请只留一个。") % {"text": said[:40]})
    if not days or _is_cut(named, [limit.text for limit in limits]):
        raise NoDay(_("“%(text)s”不是日期，请写成 2026-11-30 这样。") % {"text": said[:20]})
    return _not_before(date.fromisoformat(days.pop()), named, when)


def _is_cut(named: str, read: list[str]) -> bool:
    """Whether a number stands outside the words that were read: 9999年底 is not 年底, 一百年内 not 年内."""
    rest = named
    for words in read:
        rest = rest.replace(words.removesuffix("前"), "|")
    return re.search(r"\d|[〇零一二两三四五六七八九十百千几数]\|", rest) is not None


def _not_before(day: date, named: str, when: When) -> date:
    """上半年 said in November is next year's."""
    if day >= when.start or re.search(r"\d{4}|年", named.replace("半年", "")):
        return day
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last))


def _with_years(text: str, today: date) -> str:
    """明年3月底 is said from today, whenever the table begins."""
    for word, more in (
        ("今年", 0),
        ("本年度", 0),
        ("本年", 0),
        ("明年", 1),
        ("次年", 1),
        ("去年", -1),
    ):
        text = text.replace(word, f"{today.year + more}年")
    return text


def _no_such_day(said: str) -> NoDay:
    return NoDay(_("“%(text)s”没有这一天，请写成 2026-11-30 这样。") % {"text": said[:20]})
