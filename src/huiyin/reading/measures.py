"""A fact as an indicator table holds it: what is measured, how it changed, its rank, its period."""

from __future__ import annotations

import re

from huiyin.reading.numbers import value
from huiyin.reading.types import Measure

_PERIOD = re.compile(
    r"(?:截至|截止|到|至)?(?:\d{1,2}月(?:\d{1,2}日|底|末)|(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|上半年|前三季度|底|末)?|全年|年末|上半年|前三季度|[一二三四]季度|1-\d{1,2}月|今年以来|目前|去年)"
)
_CHANGE = re.compile(
    r"(?:同比|比上年|较上年|环比|比去年|按可比价格计算，比上年)?(增长|上涨|提升|加快|扩大|下降|下滑|减少|提高|增加|回落|上升|降低|缩小|减缓)\s?(-?\d+(?:\.\d+)?)\s?(%|个百分点)"
)
_RANK = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,3})(?:位|名)")
_INDICATOR = re.compile(
    r"([A-Z\u4e00-\u9fff（）、“”]{2,30}?)(?:(?:同比|比上年|较上年|环比|比去年)?(?:增长|上涨|提升|下降|下滑|减少|提高|增加|回落|上升|降低)|达到|达|为|完成|实现|约|共|累计|控制在|占|超过|突破|(?:位?居|位?列|排名?)全?[省市县区国]?)?\s?(?:\d|第)"
)


_FIGURE = re.compile(r"[\d第]")
_NO_INDICATOR = re.compile(r"^(?:全[省市县区]|其中|，|已|累计|共|实现|完成)+")
_LONGEST = 40
"""An indicator and the words between it and its figure are never longer."""


def _indicator(text: str) -> re.Match[str] | None:
    figure = _FIGURE.search(text)
    return _INDICATOR.search(text, max(0, figure.start() - _LONGEST)) if figure else None


def measure(text: str) -> Measure | None:
    """The first indicator of a clause with what is said of it; None when there is no figure."""
    period = _PERIOD.search(text)
    rest = text[period.end() :].lstrip("，、") if period and period.start() < 4 else text
    indicator = _indicator(rest)
    change, rank = _CHANGE.search(text), _RANK.search(text)
    if not indicator and not change and not rank:
        return None
    sign = (
        "-"
        if change
        and change[1] in ("下降", "下滑", "减少", "回落", "降低", "缩小", "减缓")
        and not change[2].startswith("-")
        else ""
    )
    return Measure(
        indicator=_NO_INDICATOR.sub("", indicator[1]) or None if indicator else None,
        change=f"{sign}{change[2]}{change[3]}" if change else None,
        rank=int(value(rank[1])) if rank else None,
        period=period[0] if period else None,
    )
