"""How much: figures with their units, as a task must reach them or a fact states them.

Dates, numbers of papers, outline numbers, thresholds inside a condition (超10亿元的) and figures
of speech (一盘棋) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from huiyin.reading import numbers
from huiyin.reading.lexicon import alternation


@dataclass(frozen=True, slots=True)
class Found:
    """A figure: its place in the text given, value, unit, and where its unit stands."""

    start: int
    end: int
    value: float | int
    unit: tuple[int, int]


_BEFORE = r"(?:同比)?(?:增长|增加|下降|减少|提高|降低|减产|增产|上升|回落|控制在|不低于|不少于|不超过|不高于|不足|约为|约|近|超过|超|达到|达|突破)?\s?"
_DIGIT = re.compile(r"\d")
_VAGUE = r"\s?(?:多|余|几|来)?"


@cache
def _figure() -> re.Pattern[str]:
    unit = alternation("measures", "unit")
    scale = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|万|千(?=瓦|米|克|元|亩|人|吨|伏|户)|百(?=元|人))?"
    return re.compile(
        rf"(?<![\dA-Za-z.第〔/])(?P<n>-?\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
        rf"(?:\s?%?\s?(?:—|-|~|至|到)\s?\d+(?:\.\d+)?(?P<pct>%)?)?"
        rf"{_VAGUE}\s?(?P<u>个百分点|%|{scale}\s?{_vague_unit(unit)})"
    )


def _vague_unit(unit: str) -> str:
    return rf"(?:多|余)?(?:{unit}|(?<=[万亿]))"


@cache
def _han_figure() -> re.Pattern[str]:
    counted = alternation("measures", "counted")
    return re.compile(
        rf"(?<![第每前上十百千万亿零一二两三四五六七八九“《数几之])(?P<n>{numbers.HAN})(?:多|余)?(?P<u>(?:万|亿)?{counted})"
    )


_RANK = re.compile(r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3})(?P<u>位|名)")
_LEVEL = re.compile(r"(?<![\d超])(?P<n>[百千])(?P<u>亿)(?:元)?级")
_NO = re.compile(r"^(?:年|月|日|号|时|分|点|秒|届|期|版|页|章|节|条款)")
_THRESHOLD_BEFORE = re.compile(r"(?:超|超过|满|年满|每|近|不满|大于|高于|低于|以上|第)$")
_CONDITION = re.compile(r"^(?:以上|以下|以内|及以上)?的(?!目标|增长|任务|速度|水平|规模|增速)")


def find(text: str) -> list[Found]:
    """Every figure of a text in order, each once."""
    found = [
        Found(
            _with_before(text, m.start()),
            _with_after(text, m.end()),
            numbers.value(m["n"]),
            m.span("u"),
        )
        for m in (_figure().finditer(text) if _DIGIT.search(text) else ())
        if _counts(text, m)
    ]
    found += [
        Found(m.start(), m.end(), numbers.value(m["n"]), m.span("u")) for m in _RANK.finditer(text)
    ]
    found += [
        Found(m.start(), m.end(), numbers.value(m["n"]), m.span("u"))
        for m in _han_figure().finditer(text)
        if _han_counts(text, m)
    ]
    found += [
        Found(m.start(), m.end(), 1000 if m["n"] == "千" else 100, m.span("u"))
        for m in (_LEVEL.finditer(text) if "亿" in text else ())
    ]
    return sorted(found, key=lambda f: f.start)


_OWN_BEFORE = re.compile(r"(?:增长|下降|减少|增加|约为|近|不足|控制在)\s?$")
_OWN_AFTER = ("以上", "左右", "以内", "以下")


def _with_before(text: str, at: int) -> int:
    before = _OWN_BEFORE.search(text[max(0, at - 5) : at])
    return at - len(before[0]) if before else at


def _with_after(text: str, at: int) -> int:
    return at + (2 if text.startswith(_OWN_AFTER, at) else 0)


_PER_BEFORE = re.compile(r"(?:每|满|年满|第)$")
_OVER_BEFORE = re.compile(r"(?:超|超过)$")
_SPANS = frozenset(("年", "个月", "天", "小时", "日", "分钟", "周", "个工作日"))
_SPAN_BEFORE = re.compile(r"(?:放宽至参?保?|延长至|缩短至|压缩至|提高到)$")
_NO_COUNT_AFTER = re.compile(r"(?:方面意见|月|工作日|小时|季度|方面的?措施：)")


def _counts(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 4) : match.start()],
        text[match.end() : match.end() + 6],
    )
    unit = match["u"].strip()
    if _PER_BEFORE.search(before) or (before.endswith(("“", "《")) and "”" in after[:3]):
        return False
    if after.startswith("的") and _OVER_BEFORE.search(before):
        return False
    if unit in _SPANS:
        return bool(_SPAN_BEFORE.search(text[max(0, match.start() - 8) : match.start()]))
    return not (unit in ("个", "项", "条", "点") and _NO_COUNT_AFTER.match(after))


_FIGURES_OF_SPEECH = re.compile(
    r"一(?:个|项|批|些|种|次|条|件|家|户|人|名|位|张|处)|两(?:个|手|点|种)|三(?:农|个代表)|[一二三四五六七八九十]个(?:方面|意识|自信|坚持|维护|确保|代表|全面|必须|带头|着力|结合|转变|到位|特色|问题|环节|关键|重点|不|有|能力|统一|创新|更)"
)


_PERSON_OR_BODY = re.compile(r"(?:普通|合格|真正|优秀|共产|党员|干部)")
_SESSION_BEFORE = re.compile(r"[届大协委]第?$")  # 市十届人大三次会议
_SESSION_AFTER = re.compile(r"(?:全体)?(?:会议|全会)")
_NO_UNIT_AFTER = re.compile(r"[”》]|计划|工程|行动|活动|月|季度|方面|五")


def _han_counts(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 6]
    if match[0] in ("一名", "一家", "一座", "一所") and _PERSON_OR_BODY.match(after):
        return False
    if match[0] not in ("一名", "一所", "一座") and _FIGURES_OF_SPEECH.match(match[0] + after):
        return False
    named = match["u"] == "次" and _SESSION_AFTER.match(after)
    if named and _SESSION_BEFORE.search(text[max(0, match.start() - 3) : match.start()]):
        return False
    return _NO_UNIT_AFTER.match(after) is None
