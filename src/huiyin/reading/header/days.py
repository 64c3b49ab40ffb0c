"""The day a paper was given, held or issued."""

from __future__ import annotations

import re

from huiyin.reading import dates
from huiyin.reading.header.fields import NUMBER, Header

_SHARING = re.compile(
    r"范文|文库|素材|文档|上传|会员|原创|作文|秘书网|公文网|写作|浏览量|阅读次数|商圈"
)

_MEETING = re.compile(r"(?:主持|召开|举行|在.{2,30}会议上|参加.{0,10}会议)")
_WHEN = re.compile(r"(?:会议)?时\s*间：")


def find_date(lines: list[str], labelled: dict[str, str], head: Header) -> str | None:
    """The day the paper was given, held or issued; a month or a year when that is all it says."""
    if head.doc_type == "minutes" and (day := _meeting_day(lines)):
        return day
    for label in ("成文日期", "成文时间", "发文日期", "印发日期", "公布日期"):
        if day := dates.date_or_month(labelled.get(label, "")):
            return day
    if day := _own_day(lines):
        return day
    page = "\n".join(lines[:8])
    if not _SHARING.search(page) or head.doc_type == "other":
        for label in ("公开日期", "发布时间", "发布日期"):
            if (day := dates.full_date(labelled.get(label, ""))) and "统计公报" not in (
                head.title or ""
            ):
                return day
    return _news_day(lines, head) or _year(lines, head)


def _meeting_day(lines: list[str]) -> str | None:
    for line in lines[:20]:
        if _WHEN.match(line) and (day := dates.full_date(line[:30])):
            return day
    openings = [line for line in lines[:40] if _MEETING.search(line[:120])]
    for line in openings:
        if day := dates.full_date(line[:80]):
            return day
    text = "\n".join(lines) if openings else ""
    for line in openings:
        match = dates.MONTH_DAY.search(line[:60])
        year = match and (
            dates.full_date(text) or next((m[1] for m in NUMBER.finditer(text)), None)
        )
        if match and year:
            return dates.iso(int(year[:4]), int(match["m"]), int(match["d"]))
    return None


_OF_A_DAY = re.compile(r"[\d年月日号.\-/:：（）() 〇一二三四五六七八九十零O○在]")
_DASHED = re.compile(r"\d{4}[-./]")
_NO_SIGNATURE = re.compile(r"[。：，；|]")
_ON_THAT_DAY = re.compile(r"\d{4}年\d+月\d+日在")


def _own_day(lines: list[str]) -> str | None:
    """A day in the paper's own head or signature: a line that is little more than a day."""
    for i, line in enumerate(lines):
        day = dates.full_date(line[:40])
        if not day:
            continue
        rest = _OF_A_DAY.sub("", line)
        if line.startswith(("（", "(")) and len(rest) < 2 and i < 12:
            return day
        if (
            len(line) < 40
            and len(rest) <= 22
            and not _DASHED.match(line)
            and not _NO_SIGNATURE.search(line)
            and "来源" not in line
        ):
            return day
        if i < 3 and _ON_THAT_DAY.match(line):
            return day
    return _glued_signature(lines)


_GLUED_DAY = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|督查室|厅|部)\s{0,3}((?:19|20)\d{2}年\d{1,2}月\d{1,2})日?(?=\s|$)"
)
_DAY_OF_SPEECH = re.compile(r"[（(]([^（()）]{8,20})[)）]\s*同志们")


def _glued_signature(lines: list[str]) -> str | None:
    text = "\n".join(lines)
    match = _GLUED_DAY.search(text)
    if match and (day := dates.full_date(match[1])):
        return day
    match = _DAY_OF_SPEECH.search(text) if "同志们" in text else None
    return dates.full_date(match[1]) if match else None


_OFFICE_PAGE = re.compile(r"来源：[\u4e00-\u9fff]{2,16}(?:局|委|办|厅|府|政府|办公室|部)|信息来源")
_NEWS_LINE = re.compile(r"来源|时间|作者|发布")


def _news_day(lines: list[str], head: Header) -> str | None:
    news = head.doc_type in ("other", "reply", "bulletin", "rectification")
    if not news and _SHARING.search("\n".join(lines[:14])):
        return None
    for line in lines[:14]:
        if (_NEWS_LINE if news else _OFFICE_PAGE).search(line) and (day := dates.full_date(line)):
            return day
    return None


_NO_YEAR = re.compile(r"统计公报|通报")
_CALLED_IN = re.compile(r"召开((?:19|20)\d{2})年")


def _year(lines: list[str], head: Header) -> str | None:
    """The year alone, from the paper's number, its title or its first sentences."""
    title = head.title or ""
    if _NO_YEAR.search(title):
        return None
    number = NUMBER.search(title) or (NUMBER.search(head.number) if head.number else None)
    if number:
        return number[1]
    if head.doc_type in ("speech", "report", "plan", "notice") and (
        match := dates.YEAR.search(title)
    ):
        return match["y"]
    if head.doc_type == "speech":
        for line in lines[:14]:
            if match := _CALLED_IN.search(line):
                return match[1]
    return None
