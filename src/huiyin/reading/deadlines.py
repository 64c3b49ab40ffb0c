"""By when: the words of a time limit and the last day that still keeps it.

The base is the paper's own date; a month without a year is the next such month from there. What
cannot be worked out (汛期前, 会后5个工作日内 without the meeting's day) keeps its words and says why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from huiyin.reading import dates, numbers
from huiyin.reading.festivals import festival_eve
from huiyin.reading.types import DeadlineKind
from huiyin.reading.workdays import add_workdays


class Calendar(Protocol):
    """Which days are worked, moved holidays included; None for a day it does not know."""

    def is_workday(self, date: dt.date) -> bool | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """From where a limit is counted: the paper's date as far as known, and the meeting's day."""

    year: int | None = None
    month: int | None = None
    day: dt.date | None = None
    meeting: dt.date | None = None
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit in a text: its place, last day if known, kind and reason."""

    start: int
    end: int
    date: str | None
    kind: DeadlineKind
    why: str


def base_of(date: str | None, *, meeting: bool = False, calendar: Calendar | None = None) -> Base:
    """The base from an ISO date that may stop at the month or the year."""
    if not date:
        return Base(calendar=calendar)
    parts = [int(part) for part in date.split("-")]
    day = dt.date(*parts) if len(parts) == 3 else None
    return Base(
        year=parts[0],
        month=parts[1] if len(parts) > 1 else None,
        day=day,
        meeting=day if meeting else None,
        calendar=calendar,
    )


_YEAR = r"(?:19|20)\d{2}|二[〇零Oo][〇零Oo一二三四五六七八九]{2}"
_Y = rf"(?:(?P<y>{_YEAR})年?|(?P<ry>今年|本年度?|当年|明年|后年|次年|翌年))?(?:的)?"
_HY = rf"(?:(?P<y>{_YEAR})年?|(?P<ry>今年|本年度?|当年|明年|后年|次年|翌年))"
_END = r"(?:之前|以前|前|为止|止|内|之内)?"
_BEFORE = r"(?:之前|以前|前|止|为止)"
_M = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_Q = r"(?P<q>[一二三四1-4])"
_TIME = r"(?:[上下]午)?\s?\d{0,2}(?:[：:时点]\d{0,2})?(?:时|点|分)?(?:下班)?"
_FESTIVALS = "春节|元旦|元宵节?|清明节?|五一|五四|“五一”|劳动节|端午节?|中秋节?|国庆节?|“十一”|“七一”|七一|建军节|“八一”|教师节|重阳节|除夕|中秋国庆|国庆中秋|年前"
_EVENTS = "汛期|主汛期|入汛|封冻期?|供暖期?|采暖期|供暖季|秋收|春耕|三夏|雨季|冬季|两会|“两会”|开学|高考|中考|党代会|人代会|换届|会议召开|下次会议|现场会|审计|检查|检查验收|国检|迎检|复审|封关|省运会|开工|入冬|入夏|下雪"
_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"


def _year(match: re.Match[str], base: Base) -> int | None:
    if match["y"]:
        return dates.year(match["y"])
    if base.year is None:
        return None
    return base.year + {"明年": 1, "次年": 1, "翌年": 1, "后年": 2}.get(match["ry"] or "", 0)


def _month_year(match: re.Match[str], month: int, base: Base) -> int | None:
    """The year of a month: as said, else the next such month not long past."""
    year = _year(match, base)
    if year is None or match["y"] or match["ry"] or base.month is None:
        return year
    return year + 1 if month + 2 < base.month else year


def _no_base(match: re.Match[str]) -> Limit:
    return Limit(*match.span(), None, "period", "文中没有日期，年份待定")


def _fixed(match: re.Match[str], date: str | None, kind: DeadlineKind, why: str) -> Limit:
    return Limit(*match.span(), date, kind, why if date else "日期写法不成立，请核对")


def _day(match: re.Match[str], base: Base) -> Limit:
    month = dates.han_number(match["m"])
    year = _month_year(match, month, base)
    if year is None:
        return Limit(*match.span(), None, "fixed", "文中没有日期，年份待定")
    return _fixed(
        match, dates.iso(year, month, dates.han_number(match["d"])), "fixed", "写明的日期"
    )


def _month(match: re.Match[str], base: Base) -> Limit:
    month = dates.han_number(match["m"])
    year = _month_year(match, month, base)
    if year is None:
        return _no_base(match)
    part = match["part"] or ""
    if part in ("初", "上旬"):
        return _fixed(match, dates.iso(year, month, 10), "period", "初、上旬按10日")
    if part == "中旬":
        return _fixed(match, dates.iso(year, month, 20), "period", "中旬按20日")
    return _fixed(match, dates.last_day(year, month), "period", "按当月最后一天")


def _quarter(match: re.Match[str], base: Base) -> Limit:
    quarter = int(match["q"]) if match["q"].isdigit() else "一二三四".index(match["q"]) + 1
    year = _year(match, base)
    if year is None:
        return _no_base(match)
    if not match["y"] and not match["ry"] and base.month and quarter * 3 < base.month - 1:
        year += 1
    return Limit(*match.span(), dates.last_day(year, quarter * 3), "period", "按季度最后一天")


def _half(match: re.Match[str], base: Base) -> Limit:
    year = _year(match, base)
    if year is None:
        return _no_base(match)
    month = {"上半年": 6, "前三季度": 9}.get(match["half"], 12)
    return Limit(*match.span(), dates.last_day(year, month), "period", f"{match['half']}最后一天")


def _year_end(match: re.Match[str], base: Base) -> Limit:
    year = _year(match, base)
    if year is None:
        return _no_base(match)
    return Limit(*match.span(), f"{year}-12-31", "period", "按当年最后一天")


def _plan(match: re.Match[str], _base: Base) -> Limit:
    ordinal = dates.han_number(match["p"])
    middle = "中期" in match[0]
    year = 1955 + 5 * ordinal - (2 if middle else 0)
    return Limit(*match.span(), f"{year}-12-31", "plan", f"“{match['p']}五”规划期末年")


def _span_years(match: re.Match[str], base: Base) -> Limit:
    start = match.groupdict().get("from")
    years = 1 if match["n"] == "半" else int(numbers.value(match["n"]))
    if start:
        date = dates.full_date(start)
        first = dt.date.fromisoformat(date) if date else dt.date(int(start[:4]), 1, 1)
    elif base.day is None:
        why = "文中没有完整日期，起算日待定"
        return Limit(*match.span(), None, "relative", why)
    else:
        first = base.day
    until = _plus_months(first, 12 * years if match["n"] != "半" else 6) - (
        dt.timedelta(days=1) if start else dt.timedelta()
    )
    return Limit(
        match.start("limit"),
        match.end("limit"),
        until.isoformat(),
        "plan" if start else "relative",
        "从起始日推算",
    )


def _plus_months(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = int(dates.last_day(year, month + 1)[-2:])
    return dt.date(year, month + 1, min(day.day, last))


def _within(match: re.Match[str], base: Base) -> Limit:
    """N日内 counted from the meeting, from issue, or from something the paper does not date."""
    event = match["event"] or ""
    from_meeting = bool(re.search(r"会后|会议结束|会议后|本次会议", event))
    from_issue = bool(
        re.search(r"(?:印发|发文|发布|下发)(?:之日|后)|^(?:接到|收到)?(?:本)?通知", event)
    )
    start = base.meeting if from_meeting else base.day if from_issue or not event else None
    if start is None:
        why = (
            "文中没有会议日期"
            if from_meeting
            else "从“" + event.strip("，") + "”起算，日期待定"
            if event
            else "文中没有完整日期，起算日待定"
        )
        return Limit(*match.span(), None, "relative", why)
    until, note = count_on(start, *_how_long(match), base.calendar)
    return Limit(
        *match.span(),
        until.isoformat(),
        "relative",
        ("从会议日" if from_meeting else "从文件日期") + f"推算{note}",
    )


def _how_long(match: re.Match[str]) -> tuple[int, str]:
    """So many of a unit; half a month is fifteen days, half a day ends on the day itself."""
    if match["n"] != "半":
        return int(numbers.value(match["n"])), match["unit"]
    return (15, "天") if "月" in match["unit"] else (0, match["unit"])


def count_on(
    start: dt.date, count: int, unit: str, calendar: Calendar | None
) -> tuple[dt.date, str]:
    """The last day of so many days, working days, weeks, hours or months, with what is not sure of it."""
    if "工作日" in unit:
        return add_workdays(start, count, calendar)
    if unit in ("日", "天"):
        return start + dt.timedelta(days=count), ""
    if unit in ("周", "个星期", "星期"):
        return start + dt.timedelta(days=7 * count), ""
    if unit == "小时":
        return start + dt.timedelta(hours=count), ""
    return _plus_months(start, count), ""


def _this(match: re.Match[str], base: Base) -> Limit:
    """本周、下周五、本月底、下月、本季度末."""
    if base.day is None:
        return Limit(*match.span(), None, "period", "文中没有完整日期，待定")
    ahead = 1 if match["which"].startswith("下") else 0
    if match["span"] in ("周", "星期"):
        monday = base.day - dt.timedelta(days=base.day.weekday()) + dt.timedelta(days=7 * ahead)
        weekday = "一二三四五六日".find((match["wd"] or "日").replace("天", "日"))
        return Limit(
            *match.span(),
            (monday + dt.timedelta(days=weekday)).isoformat(),
            "period",
            "按文件日期所在周推算",
        )
    if match["span"] == "季度":
        month = ((base.day.month - 1) // 3 + 1 + ahead) * 3
        return Limit(
            *match.span(),
            dates.last_day(base.day.year + (month > 12), (month - 1) % 12 + 1),
            "period",
            "按季度最后一天",
        )
    first = _plus_months(base.day.replace(day=1), ahead)
    if match["md"]:
        return _fixed(
            match,
            dates.iso(first.year, first.month, int(match["md"])),
            "fixed",
            "按文件日期所在月推算",
        )
    part = {"上旬": 10, "初": 10, "中旬": 20}.get(match["part"] or "")
    date = (
        dates.iso(first.year, first.month, part)
        if part
        else dates.last_day(first.year, first.month)
    )
    return _fixed(match, date, "period", "按文件日期所在月推算")


def _before_festival(match: re.Match[str], base: Base) -> Limit:
    year = _year(match, base)
    if year is None:
        return _no_base(match)
    after = base.day or dt.date(year, base.month or 1, 1)
    eve = festival_eve(
        match["feast"].strip("“”"),
        after if not (match["y"] or match["ry"]) else dt.date(year, 1, 1),
    )
    if eve is None:
        return Limit(*match.span(), None, "relative", f"“{match['feast']}”的日期待定")
    return Limit(*match.span(), eve.isoformat(), "relative", f"{match['feast']}前一天")


def _before_event(match: re.Match[str], _base: Base) -> Limit:
    return Limit(*match.span(), None, "relative", f"“{match['event']}”因地因时而异，日期待定")


def _rest_of_year(match: re.Match[str], base: Base) -> Limit:
    return Limit(
        *match.span(), f"{base.year}-12-31" if base.year else None, "period", "按当年最后一天"
    )


def _immediate(match: re.Match[str], _base: Base) -> Limit:
    return Limit(*match.span(), None, "immediate", "立即办理，没有写明日期")


def _open(match: re.Match[str], _base: Base) -> Limit:
    return Limit(*match.span(), None, "open", "长期坚持，没有终点")


# Pattern, rule, and the characters of which a text must have one for the pattern to match.
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Base], Limit], str], ...] = tuple(
    (re.compile(pattern), rule, needed)
    for pattern, rule, needed in (
        (
            rf"(?:到|至)?{_Y}{_M}(?:月|-)(?P<d>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号)(?!起|以来|至|—|-|～|~|印发|，|下午|上午[^前]{{0,4}}召开){_TIME}(?:{_BEFORE}|(?=完成|报|召开|举行|举办|开工|开业|启动))",
            _day,
            "日号",
        ),
        (
            rf"(?P<y>20\d\d)(?P<ry>)[./-](?P<m>1[0-2]|0?[1-9])[./-](?P<d>3[01]|[12]\d|0?[1-9])日?{_BEFORE}",
            _day,
            "前止",
        ),
        (rf"(?:到|至){_Y}{_M}月(?P<d>3[01]|[12]\d|0?[1-9])(?:日|号)", _day, "日号"),
        (
            rf"(?:到|至|于|在)?{_Y}{_M}(?:月份?|-)(?P<part>底|末|初|上旬|中旬|下旬)(?!以来|召开的){_END}",
            _month,
            "底末初旬",
        ),
        (rf"(?:到|至)?{_Y}{_M}月(?P<part>)份?{_BEFORE}", _month, "月"),
        (rf"(?:到|至|在|于)?{_Y}第?{_Q}季度(?:末|底|内|结束)?{_END}(?!末月)", _quarter, "季"),
        (rf"(?:到|至|在|于)?{_Y}(?P<half>上半年|下半年|前三季度){_END}", _half, "半季"),
        (
            r"“?(?P<p>十[一二三四五六七])五”?(?:规划)?(?:末|期末|期间|时期|期内|中期|收官)",
            _plan,
            "五",
        ),
        (
            rf"(?:到|至|在|于|力争)?{_HY}(?:年)?(?:底|末|年底|年末|内|之内){_END}",
            _year_end,
            "底末内",
        ),
        (
            r"(?:到|至)(?P<y>20\d\d)(?P<ry>)年(?!级|度|代|以来|的|第|\d|[上下]半年|[一二三四前])",
            _year_end,
            "年",
        ),
        (
            rf"(?:到|至|在|于|力争)?(?P<y>)(?P<ry>)(?:年底|年末|岁末|年内|年终|全年内|本?年度内){_END}",
            _year_end,
            "年岁",
        ),
        (
            rf"(?P<from>20\d\d年(?:\d{{1,2}}月\d{{1,2}}日)?)(?:起|开始|至|以来)?[，、]?[^。；]{{0,8}}?(?P<limit>(?:用|利用)?{_N}年(?:内|时间|左右)?)(?=[\u4e00-\u9fff“]{{0,16}}(?:行动|计划|攻坚|完成|建成|实现))",
            _span_years,
            "年",
        ),
        (
            rf"(?P<event>(?:[\u4e00-\u9fff《》]{{0,14}}(?:会后|之日起|之日|后|起)[，]?)?)(?:的)?(?:在|于)?{_N}(?P<unit>个工作日|工作日|个月|日|天|周|个星期|星期|小时)(?:之内|以内|内)",
            _within,
            "内",
        ),
        (rf"(?P<event>)限(?:期|时)?{_N}个?(?P<unit>工作日|月|日|天|周)(?:内|之内)?", _within, "限"),
        (rf"(?P<from>)?(?P<limit>{_N}年(?:之内|以内|内))", _span_years, "内"),
        (rf"(?P<from>)?(?:利用|用)(?P<limit>{_N}年(?:左右)?的?时间)", _span_years, "用"),
        (
            r"(?P<which>本|下|这个?|下个?|当)(?P<span>周|星期)(?P<wd>[一二三四五六日天])?(?P<md>)(?P<part>)(?:之前|以前|前|内|末|底)?(?!期|年|边|期性|到)",
            _this,
            "周星",
        ),
        (
            r"(?P<which>本|下|这个|下个|当)(?P<span>月)(?P<wd>)(?:(?P<md>\d{1,2})[日号]|(?P<part>底|末|上旬|中旬|下旬|初))?(?:之前|以前|前|内)?",
            _this,
            "月",
        ),
        (
            r"(?P<which>本|下|这个|下个)(?P<span>季度)(?P<wd>)(?P<md>)(?P<part>末|底)?(?:之前|以前|前|内)?",
            _this,
            "季",
        ),
        (
            rf"{_Y}(?P<feast>{_FESTIVALS})(?:假期|放假|长假)?(?:之前|以前|前|来临前)(?!夕期间)",
            _before_festival,
            "前",
        ),
        (rf"(?P<event>{_EVENTS})(?:来临|到来|开始|召开)?(?:之前|以前|前)", _before_event, "前"),
        (
            r"在?剩下的半年(?:时间)?(?:里|内)?|在?(?:今年)?(?:剩余|余下|最后)的?(?:几个月|\d个月|时间)(?:里|内)?",
            _rest_of_year,
            "剩余最",
        ),
        (r"即日起|自即日起", _immediate, "日"),
    )
)
_NEEDED = re.compile(
    "[" + "".join(sorted({char for _, _, chars in _RULES for char in chars})) + "]"
)


@cache
def _rules_for(
    held: str,
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Base], Limit]], ...]:
    """The rules that can hold in a text with these of the needed characters."""
    return tuple((pattern, rule) for pattern, rule, needed in _RULES if set(needed) & set(held))


_PAST = re.compile(r"(?:截至|截止|截|自|从|去年|上年|距|较|比|每|每年|日)\s?$")
_NOT_AFTER = re.compile(r"^(?:以来|起|召开的|印发的|开始(?!前)|出台的|发布的|的(?!时间|工作日))")


# Every way begins with a character of its own, so that `re` skips to the next such character.
_TRIGGER = re.compile(
    "|".join(
        [
            r"前|内|底|末|-初|月初|旬|期间|时期|中期|起|季度|时间|半年|限期|限时|限\d|到\d|至\d|年(?<=[一二两三五\d]年)",
            *(f"{which}个?[周月季星]" for which in "本下这当"),
            *(f"{unit}(?:完成|报|召开|举)" for unit in "日号月"),
        ]
    )
)


def find(text: str, base: Base) -> Iterator[Limit]:
    """Every time limit of a text, in order, the longer of overlapping ones."""
    found: list[Limit] = []
    if not _TRIGGER.search(text):
        return
    held = "".join(sorted(set(_NEEDED.findall(text))))
    for pattern, rule in _rules_for(held):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 4) : match.start()]
            if match.end() == match.start() or (rule is not _span_years and _PAST.search(before)):
                continue
            if _NOT_AFTER.match(text[match.end() :]):
                continue
            found.append(rule(match, base))
    found.sort(key=lambda limit: (limit.start, -limit.end))
    last = -1
    for limit in found:
        if limit.start >= last:
            yield limit
            last = limit.end


def latest(text: str, base: Base) -> Limit | None:
    """The limit that ends last; one without a day only when none has a day."""
    limits = list(find(text, base)) if _TRIGGER.search(text) else []
    dated = [limit for limit in limits if limit.date]
    if dated:
        return max(dated, key=lambda limit: (limit.date or "", limit.start))
    return limits[-1] if limits else None


_GOAL_YEAR = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4}，)?(?P<words>(?P<y>(?:20)\d\d)年(?!以来|第|\d|[^，。]{0,20}(?:会议|报告|意见》))|(?P<ry>今年|全年))"
)
_GOAL = re.compile(r"目标|力争|计划|要完成|将(?!于)|预期|新增.{0,6}\d|确保|完成")


def goal_year(text: str, base: Base) -> Limit | None:
    """今年…目标是 and 2004年…将: a year said at the head of what is to be reached by its end."""
    match = _GOAL_YEAR.match(text)
    if not match or not _GOAL.search(text, match.end()):
        return None
    year = int(match["y"]) if match["y"] else base.year
    date = f"{year}-12-31" if year else None
    return Limit(
        *match.span("words"),
        date,
        "period",
        "当年目标，按当年最后一天" if year else "文中没有日期，年份待定",
    )


_BARE_MONTH = re.compile(rf"{_Y}{_M}月(?P<part>)")


def bare(words: str, base: Base) -> Limit | None:
    """A day or month alone, as a cell or label gives it."""
    day = dates.full_date(words)
    if day:
        return Limit(0, len(words), day, "fixed", "写明的日期")
    match = _BARE_MONTH.search(words)
    return _month(match, base) if match else None
