"""The sort of a paper: by the words of its title, else by its opening."""

from __future__ import annotations

import re
from functools import cache

from huiyin.reading import dates
from huiyin.reading.lexicon import rows

MEETING_NUMBER = re.compile(r"第\d+次(?:会议)?")
_PRINTED = re.compile(r"印发|转发|批转")
_NAME_MARKS = str.maketrans("", "", "》〉）)")


@cache
def _types() -> tuple[tuple[str, str, int], ...]:
    return tuple((row[0], row[1], int(row[2])) for row in rows("doc_types"))


@cache
def type_words() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    """The words that name a sort with their weights, as a pattern for the end of a line and for anywhere."""
    weights = {word: weight for word, _, weight in _types()}
    words = "|".join(sorted(weights, key=len, reverse=True))
    return weights, re.compile(rf"({words})[》）)]?$"), re.compile(words)


def find_type(title: str | None, lines: list[str], *, body_attached: bool) -> str:
    """The sort of paper, by the words of its title, else by its opening."""
    if title is None or MEETING_NUMBER.fullmatch(title):
        return _type_by_opening("".join(lines[:12]))
    name = title.translate(_NAME_MARKS)
    printed = _PRINTED.search(name)
    if printed and name.endswith(("通知", "通报", "函")):
        inner = re.sub(r"的?(?:通知|函)$", "", name[printed.end() :])
        if name.endswith("通报"):
            return "bulletin"
        return _type_by_words(inner) or "notice" if body_attached else "notice"
    sort = _type_by_words(name)
    if sort == "minutes" and _HELD.search(name) and not name.endswith("纪要"):
        return "other"
    return sort or _type_by_opening("".join(lines[:12]), _SURE_OPENINGS)


def _type_by_words(name: str) -> str | None:
    """The sort whose word stands latest and weighs most; the end of a title names it."""
    best: tuple[float, str] | None = None
    for word, sort, weight in _types():
        at = name.rfind(word)
        if at < 0:
            continue
        ends = at + len(word) >= len(name) - (2 if name[-1:] in "稿篇" else 0)
        score = weight + (10 if ends else 0) + at / 50
        best = max(best or (0.0, ""), (score, sort))
    return best[1] if best and best[1] else None


_HELD = re.compile("召开|举行|举办")
_SURE_OPENINGS = (
    (re.compile(r"现?纪要如下|纪要："), "minutes"),
    (re.compile(r"通报如下"), "bulletin"),
    (re.compile(r"通知如下"), "notice"),
    (re.compile(r"答复如下|收悉"), "reply"),
    (re.compile(r"请予审议"), "report"),
    (re.compile(r"同志们：.{0,200}(?:讲|谈)[^。]{0,8}(?:意见|要求|体会)"), "speech"),
)
_OPENINGS = (
    (re.compile(r"纪要如下|现纪要|会议纪要|办公会议|常务会议|主持召开"), "minutes"),
    (re.compile(r"请予审议|向.{2,20}报告|受.{2,20}委托"), "report"),
    (re.compile(r"同志们|下面，我讲|我讲几点"), "speech"),
    (re.compile(r"通报如下"), "bulletin"),
    (re.compile(r"通知如下|特此通知"), "notice"),
    (re.compile(r"答复如下|收悉"), "reply"),
)


def _type_by_opening(
    opening: str, openings: tuple[tuple[re.Pattern[str], str], ...] = _OPENINGS
) -> str:
    return next((sort for words, sort in openings if words.search(opening)), "other")


_NOTICE_OF = re.compile(r"(?:印发|转发|批转)[《〈]?(.+?)[》〉]?的通知")
_COLON = re.compile(r"[：】]")


def body_attached(lines: list[str], title: str | None) -> bool:
    """Whether what a cover notice prints follows in the same text."""
    inner = _NOTICE_OF.search(title or "")
    if not inner:
        return False
    for i, line in enumerate(lines[4:], 4):
        signed = len(line) < 24 and dates.full_date(line) and not _COLON.search(line)
        named = len(line) > 6 and inner[1].strip("《》〈〉").endswith(line.strip("《》 "))
        if (signed or named) and len("".join(lines[i + 1 :])) > 150:
            return True
    return False
