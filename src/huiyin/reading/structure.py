"""The numbering of a document: 一、（一）1.（1）① and the run-in 一是…二是… as one outline.

Marks are found in clean text; a mark counts where a sentence can begin, or, for 一是…, where the
count itself shows that it is one (papers from sharing sites glue headings to what follows).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.reading.noise import TERMINAL

_HAN = "一二三四五六七八九十"
# The first character is taken before the ways part, so that `re` skips to the next one that can begin a numbering.
_MARK = re.compile(
    rf"[第（{_HAN}\d①-⑳⑴-⒇]"
    rf"(?:(?<=第)(?P<chapter>[{_HAN}百]{{1,4}}(?:章|部分)[ 、：]?)"
    rf"|(?<=[{_HAN}])(?P<han>[{_HAN}]{{0,3}}、)"
    rf"|(?<=（)(?P<paren>[{_HAN}]{{1,4}}）[、.]?)"
    r"|(?<=\d)(?<![\d.]\d)(?P<digit>\d?(?:、|[.](?!\d)))"
    r"|(?<=（)(?P<digit_paren>\d{1,2}）)|(?<=\d)(?<![\d（]\d)(?P<half_paren>\d?）)"
    r"|(?<=[①-⑳⑴-⒇])(?P<circle>)"
    rf"|(?<=[{_HAN}])(?P<run>[{_HAN}]{{0,2}}(?:是(?!否|不是)|要))"
    rf"|(?<=第)(?P<run_th>[{_HAN}]{{1,3}}(?:是(?!否|不是)|要|[，、])))"
)
_STYLES = {"half_paren": "digit_paren", "run_th": "run"}
_ORDER = ("chapter", "han", "paren", "digit", "digit_paren", "circle")
_NO_RUN_BEFORE = "统唯第之万专合单逐进划归如不同某某每这那有另因定"
_VALUES = {c: i + 1 for i, c in enumerate(_HAN)}


@dataclass(slots=True)
class Mark:
    """One numbering: its class, its number as written, where it begins and where the words begin."""

    style: str
    number: str
    value: int
    start: int
    body: int
    level: int = 1
    end: int = 0
    heading_end: int = 0

    @property
    def run_in(self) -> bool:
        return self.style == "run"


def value(number: str) -> int:
    """The value of a number up to ninety-nine in Chinese, Arabic or circled figures."""
    if number.isdecimal():
        return int(number)
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    if "⑴" <= number <= "⒇":
        return ord(number) - ord("⑴") + 1
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _VALUES.get(ones[:1], 0)
    return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)


_NO_NUMBER = re.compile(r"[第章部分（）、.是要，：\s]")


def _number(style: str, written: str) -> str:
    if style == "circle":
        return str(value(written))
    return _NO_NUMBER.sub("", written)


def _opens(text: str, at: int, style: str) -> bool:
    """Whether a sentence can begin at a place, seen from what stands before it."""
    if at == 0 or text[at - 1] == "\n":
        return True
    before = text[at - 1]
    if before in " ”）" and at > 1:
        before = text[at - 1] if before != " " else text[at - 2]
        if text[at - 1] == " " and style != "run":
            return True
    if style == "run":
        return before in TERMINAL + "，" and before != "…"
    return before in "。！？；："


def _marks(text: str) -> Iterator[Mark]:
    for match in _MARK.finditer(text):
        style = _STYLES.get(match.lastgroup or "", match.lastgroup or "")
        number = _number(style, match[0])
        mark = Mark(style, number, value(number), match.start(), match.end())
        if _opens(text, mark.start, style) or (style == "run" and _glued(text, mark)):
            yield mark


def _glued(text: str, mark: Mark) -> bool:
    """一是 behind a heading without any stop, when 二是 follows before the paragraph ends."""
    if mark.value != 1 or text[mark.start - 1] in _NO_RUN_BEFORE or text[mark.start] == "第":
        return False
    line = text.rfind("\n", 0, mark.start) + 1
    heading = max(text.rfind("。", 0, mark.start) + 1, line)
    stop = text.find("\n", mark.start)
    rest = text[mark.body : stop if stop >= 0 else len(text)]
    return bool(_MARK.match(text, heading)) and ("二" + text[mark.body - 1]) in rest


def _plausible(marks: list[Mark]) -> list[Mark]:
    """Without lone numbers that count nothing: a digit mark that neither starts nor follows a count."""
    kept: list[Mark] = []
    last: dict[str, int] = {}
    for mark in marks:
        follows = mark.value in (1, last.get(mark.style, -1) + 1)
        first = mark.style not in last and mark.style not in ("digit", "digit_paren", "run")
        if (
            follows
            or first
            or (mark.style in ("han", "paren") and mark.value > last[mark.style])
            or (mark.style == "run" and mark.style not in last)
        ):
            kept.append(mark)
            last[mark.style] = mark.value
    return kept


def _give_levels(marks: list[Mark], text: str) -> None:
    used = [style for style in _ORDER if any(mark.style == style for mark in marks)]
    rank = {style: i + 1 for i, style in enumerate(used)}
    depth, runs = 0, []  # type: int, list[Mark]
    for mark in marks:
        if not mark.run_in:
            depth, runs = rank[mark.style], []
            mark.level = depth
            continue
        runs = _open_runs(runs, mark, text)
        mark.level = (depth or min(len(used), 1)) + len(runs)


def _open_runs(runs: list[Mark], mark: Mark, text: str) -> list[Mark]:
    """The run-in counts still open once this mark is taken: it continues one or nests in the last."""
    for i in range(len(runs) - 1, -1, -1):
        if mark.value == runs[i].value + 1:
            return [*runs[:i], mark]
    if mark.value == 1 and runs and "\n" not in text[runs[-1].start : mark.start]:
        return [*runs, mark]
    return [*runs[:-1], mark]


def outline(text: str) -> list[Mark]:
    """Every numbering that structures the text, in order, with level and the end of its stretch."""
    marks = _plausible(list(_marks(text)))
    _give_levels(marks, text)
    open_marks: list[Mark] = []
    for mark in marks:
        while open_marks and open_marks[-1].level >= mark.level:
            open_marks.pop().end = mark.start
        open_marks.append(mark)
    for mark in open_marks:
        mark.end = len(text)
    for mark in marks:
        mark.heading_end = _heading_end(text, mark)
    return marks


_STOPS = {
    style: re.compile(f"[{stops}]")
    for style, stops in (("run", "，。；：.！\n"), ("digit", "。\n；"), ("", "。\n！；"))
}


def _heading_end(text: str, mark: Mark) -> int:
    """Where the words of a heading end: a full stop or the line for 一、, the first stop for 一是."""
    stop = _STOPS.get(mark.style, _STOPS[""]).search(text, mark.body)
    end = stop.start() if stop else len(text)
    gap = text.find(" ", mark.body, end)
    return gap if gap > mark.body and not mark.run_in else end
