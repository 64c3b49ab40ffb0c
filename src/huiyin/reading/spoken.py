"""By when, in a note of a line or two: what a leader writes by hand on the day itself (批示), or says.

A note may say less than a paper: 月底前, 周五前, 明天下班前, 15日前 are plain on the day they were written and
doubtful in thirty pages, so these rules hold for notes alone. A day that had passed when the note was
written is the coming one: nobody asks for yesterday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from huiyin.reading import dates, deadlines, numbers
from huiyin.reading.chars import fold
from huiyin.reading.deadlines import Base, Calendar, Limit
from huiyin.reading.festivals import festival_eve
from huiyin.reading.types import Deadline

OLDEST = 1900
"""Before this year a day is a slip of the hand, and no limit is counted from it."""
_BY = r"(?:之前|以前|前|之内|以内|内)"
_HOUR = r"(?:早上|上午|中午|下午|晚上)?(?:\d{1,2}[点时:：]\d{0,2}分?)?(?:下班)?"
_TELLS = r"(?=[^，。；]{0,6}(?:报|办结|办好|办完|完成|答复|回复|反馈|解决|到位|拿出|提出|提交))"
_ENDS = r"(?=[^，。；]{0,4}(?:报我|报告?结果|办结|办好|办完|完成|答复|回复|反馈))"
_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>个工作日|工作日|个月|日|天|周|个星期|星期|小时)"
_HERE = r"(?:自|从)?(?:本?批示|即日|今日|今天|今)(?:之日)?(?:起|后)|(?:自|从)?(?:收到|接到|见到|接|收|见)(?:本)?(?:批示|通知|此件|件)?(?:之日)?(?:起|后)"
_WEEK = "一二三四五六日"


def limits_in(text: str, base: dt.date, calendar: Calendar | None = None) -> list[Deadline]:
    """Every time limit of a note written on `base`, in order; 尽快 is `immediate` and has no day."""
    if base.year < OLDEST:
        return []
    note = fold(text)
    given = deadlines.base_of(base.isoformat(), calendar=calendar)
    found = [_coming(limit, note, base) for limit in deadlines.find(note, given)]
    found += [limit for limit in _own(note, given) if limit.end > limit.start]
    found.sort(key=lambda limit: (limit.start, limit.date is None, -limit.end))
    return [
        Deadline(text=text[one.start : one.end], date=one.date, kind=one.kind, why=one.why)
        for one in _apart(found)
    ]


def _apart(found: list[Limit]) -> Iterator[Limit]:
    """Of limits over the same words, the one with a day, then the longer."""
    kept: list[Limit] = []
    for limit in sorted(found, key=lambda one: (one.date is None, one.start - one.end)):
        if not any(limit.start < other.end and other.start < limit.end for other in kept):
            kept.append(limit)
    yield from sorted(kept, key=lambda limit: limit.start)


def _coming(limit: Limit, note: str, base: dt.date) -> Limit:
    """A day that had passed, said without its year or in a week that was over, is the next such day."""
    words = note[limit.start : limit.end]
    if limit.date is None or limit.date >= base.isoformat() or re.search(r"\d{4}|年", words):
        return limit
    day = dt.date.fromisoformat(limit.date)
    if re.match(r"本周|本星期|这个?周|这个?星期|当周", words):
        return replace(
            limit, date=(day + dt.timedelta(days=7)).isoformat(), why="本周已过，按下一周"
        )
    later = dates.iso(day.year + 1, day.month, day.day)
    return replace(limit, date=later, why="今年的已过，按下一年") if later else limit


def _own(note: str, base: Base) -> Iterator[Limit]:
    for pattern, rule in _RULES:
        for match in pattern.finditer(note):
            yield rule(match, base)


def _day_of(base: Base) -> dt.date:
    if base.day is None:
        raise ValueError("a note has a day")
    return base.day


def _relative(match: re.Match[str], base: Base) -> Limit:
    """10日内 counted from the note itself: 自批示之日起, 收到后, 即日起."""
    day, note = deadlines.count_on(
        _day_of(base), int(numbers.value(match["n"])), match["unit"], base.calendar
    )
    return Limit(*match.span(), day.isoformat(), "relative", f"从当日推算{note}")


def _half_month(match: re.Match[str], base: Base) -> Limit:
    day = _day_of(base) + dt.timedelta(days=15)
    return Limit(*match.span(), day.isoformat(), "relative", "半个月按15天")


def _weekday(match: re.Match[str], base: Base) -> Limit:
    """周五前: the next Friday; said on a Friday it is that of the week after."""
    weekday = _WEEK.index(match["wd"].replace("天", "日"))
    ahead = (weekday - _day_of(base).weekday() - 1) % 7 + 1
    day = _day_of(base) + dt.timedelta(days=ahead)
    return Limit(*match.span(), day.isoformat(), "period", "按下一个这样的日子推算")


def _in_month(match: re.Match[str], base: Base) -> Limit:
    today = _day_of(base)
    day = dates.last_day(today.year, today.month)
    if match["part"] == "中":
        middle = dt.date(today.year, today.month, 15)
        day = middle.isoformat() if middle >= today else day
    return Limit(*match.span(), day, "period", "按当月推算")


def _day_of_month(match: re.Match[str], base: Base) -> Limit:
    """15日前: of this month, or of the next when it has passed."""
    today, number = _day_of(base), dates.han_number(match["d"])
    index = today.year * 12 + today.month - 1 + (number < today.day)
    day = dates.iso(index // 12, index % 12 + 1, number)
    why = "按当月或下月的这一天推算" if day else "日期写法不成立，请核对"
    return Limit(*match.span(), day, "fixed", why)


_NEAR = {"今": 0, "当": 0, "明": 1, "后": 2}


def _near(match: re.Match[str], base: Base) -> Limit:
    day = _day_of(base) + dt.timedelta(days=_NEAR[match["near"]])
    return Limit(*match.span(), day.isoformat(), "relative", "从当日推算")


def _new_year(match: re.Match[str], base: Base) -> Limit:
    eve = festival_eve("年前", _day_of(base))
    return Limit(*match.span(), eve.isoformat() if eve else None, "relative", "春节前一天")


def _soon(match: re.Match[str], _base: Base) -> Limit:
    return Limit(*match.span(), None, "immediate", "没有写明日期")


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Base], Limit]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"(?:{_HERE})[，]?(?:的)?(?:在|于)?{_N}{_UNIT}(?:之内|以内|内)", _relative),
        (rf"限{_N}{_UNIT}(?:之内|以内|内)?", _relative),
        (rf"(?<![起后第\d]){_N}{_UNIT}(?:之后|以后|后){_TELLS}", _relative),
        (r"半个?月(?:之内|以内|内)", _half_month),
        (
            rf"(?<![本下这上每个各双单隔])(?:周|星期|礼拜)(?P<wd>[一二三四五六日天]){_HOUR}(?:{_BY}|{_TELLS})",
            _weekday,
        ),
        (
            rf"(?<![\d一二三四五六七八九十本下这每当上各个半])月(?P<part>底|末|中(?!旬)|内)(?:{_BY})?",
            _in_month,
        ),
        (
            r"(?<![\d月年./—-])(?P<d>3[01]|[12]\d|0?[1-9])(?:日|号)(?:上午|下午|中午)?(?:下班)?(?:之前|以前|前)",
            _day_of_month,
        ),
        (
            r"(?<![月年])(?P<d>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?:之前|以前|前)",
            _day_of_month,
        ),
        (rf"(?P<near>[今当])(?:天|日|晚){_HOUR}(?:{_BY}|{_ENDS})", _near),
        (rf"(?P<near>[明后])(?:天|日|早|晚){_HOUR}(?:{_BY}|{_TELLS})", _near),
        (r"(?<![\d一二三四五六七八九十几多半数往去今明本上每全当后同])年前(?!后)", _new_year),
        (
            r"尽快|尽早|尽速|抓紧(?!抓)|立即|立刻|马上|从速|从快|迅速|赶紧|速(?=办|报|处|查)|即刻|第一时间|近期|近日|特事特办|不得拖延",
            _soon,
        ),
    )
)
