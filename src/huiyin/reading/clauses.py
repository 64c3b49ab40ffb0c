"""Sentences and members of enumerations: the stretches that can each state one thing.

Sentences end at 。！？；and a numbering begins a member. A lead-in that only says who speaks
(会议指出：) is cut off; what stands in brackets to name who answers (（市教育局负责）) is no
clause but a label on the clauses before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from huiyin.reading.structure import Mark

_STOP = re.compile(
    r"[。！；？\n.](?:(?<=[。！；])[。！；]*[”’）]*|(?<=？)(?<!？？)(?!？)[”’]?|(?<=\n)|(?<=[\u4e00-\u9fff]\.)(?=\n|$| |[\u4e00-\u9fff]{6}))"
)
_GAP = re.compile(r" (?:(?<=[。；] )|(?=（[^（）]{2,200}负责）))")
_PAUSE = re.compile(r"[，。；\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# fmt: off
_LEAD_IN = (
    "指出", "强调", "要求", "认为", "明确", "决定", "议定", "同意", "办理意见",
    "如下", "部署", "提出", "希望", "表示", "建议", "通知", "纪要", "工作",
)
# fmt: on
# 诉求内容：…, 办理结果：…: what was asked and answered on the pages of a hotline or a mailbox.
_ASKED_AND_ANSWERED = re.compile(
    r"^(?:留言|来信|诉求|反映|咨询|投诉|建议|答复|回复|办理|处理|处置|办复)(?:内容|结果|情况|意见|事项|问题)：(?=.)",
    re.MULTILINE,
)
_SALUTE = re.compile(
    r"(?:同志们|各位[\u4e00-\u9fff、，]{0,20}|各[^。；\n]{2,60}(?<!\d)|[\u4e00-\u9fff]{2,20}(?:政府|委员|代表|同志))：[ \n]?"
)
_ASSIGNED = re.compile(
    r"（[^（）]*(?:（[^（）]*）[^（）]*)*(?:负责|牵头|配合|分工|落实|承办|实施)[^（）]{0,20}）$"
    r"|（(?:责任|牵头|负责|配合|主办|协办|承办|完成)[^（）：]{0,8}：[^（）]*(?:（[^（）]*）[^（）]*)*）$"
)
LABEL = re.compile(
    r"(?:[（【\[]?)(?:责任|牵头|负责|配合|主办|协办|承办|参与|参加|协助|完成|整改|办理|督办|督导|包联|挂钩|分管)"
    r"(?:责任)?(?:单位|部门|领导|人|县领导|市领导|区领导|科室|时限|时间|期限|主体|股室|处室)(?:及责任人)?[】\]]?\s*[：】]"
)


@dataclass(slots=True)
class Clause:
    """A stretch of clean text that may state one thing, with what surrounds it."""

    start: int
    end: int
    text: str
    index: int = -1
    """Which of the text's clauses it is; -1 when it is none of them."""
    mark: int | None = None
    heading: bool = False
    first: bool = False
    after_semicolon: bool = False
    sentence: int = 0
    closed: bool = True
    kids: int = 0
    label: bool = False
    run_in: bool = False
    """It is a member of a run-in count (一是…)."""
    assigned: bool = False
    """A bracket or label around it names who answers."""
    dates: bool = False
    """It only dates what stands before it."""


def _cuts(text: str, marks: list[Mark]) -> list[int]:
    cuts = {0, len(text)}
    for stop in _STOP.finditer(text):
        if stop[0][0] != "；" or not _inside_brackets(text, stop.start()):
            cuts.add(stop.end())
    cuts.update(_behind_lead_ins(text))
    for mark in marks:
        cuts.update(_cuts_of_mark(text, mark))
    for match in _salutes(text):
        before = text[match.start() - 1 : match.start()]
        if before in ("", "\n", " ", "。"):
            cuts.update((match.start(), match.end()))
    for gap in chain(_GAP.finditer(text), _ASKED_AND_ANSWERED.finditer(text)):
        cuts.add(gap.end())
    return sorted(cuts)


def _behind_lead_ins(text: str) -> Iterator[int]:
    """Behind 会议指出： where words follow in the same line."""
    colon = text.find("：")
    while colon >= 0:
        if (
            text.endswith(_LEAD_IN, 0, colon)
            and text[colon + 1 : colon + 2] not in ("", "\n")
            and not _inside_brackets(text, colon)
        ):
            yield colon + 1
        colon = text.find("：", colon + 1)


def _salutes(text: str) -> Iterator[re.Match[str]]:
    """The addresses of a text; each lies before a colon of its line."""
    colon = text.find("：")
    while colon >= 0:
        start, end = text.rfind("\n", 0, colon) + 1, text.find("\n", colon)
        last = text.rfind("：", colon, end) if end >= 0 else text.rfind("：")
        yield from _SALUTE.finditer(text, start, last + 2)
        colon = text.find("：", last + 1)


def _cuts_of_mark(text: str, mark: Mark) -> list[int]:
    """Around a numbering; behind a heading that a blank or a colon closes."""
    cuts = [mark.start, mark.body]
    if text[mark.heading_end : mark.heading_end + 1] == " ":
        cuts.append(mark.heading_end)
    colon = text.find("：", mark.body, mark.body + 26)
    ratio = text[colon - 1 : colon].isdecimal() and text[colon + 1 : colon + 2].isdecimal()  # 1：18
    if colon > 0 and not ratio and not mark.run_in and not _PAUSE.search(text, mark.body, colon):
        cuts.append(colon + 1)
    return cuts


def _inside_brackets(text: str, at: int) -> bool:
    floor = max(at - 200, text.rfind("\n", 0, at), text.rfind("。", 0, at))
    opened = text.rfind("（", max(floor, 0), at)
    return opened >= 0 and text.find("）", opened, at) < 0 <= text.find("）", at, at + 120)


def split(text: str, marks: list[Mark]) -> list[Clause]:
    """All clauses of a clean text, in order, labels included and marked as such."""
    bodies = {mark.start: mark.body for mark in marks}
    found: list[Clause] = []
    owner = -1
    sentence = 0
    cuts = _cuts(text, marks)
    for start, end in pairwise(cuts):
        while owner + 1 < len(marks) and marks[owner + 1].start <= start:
            owner += 1
        if bodies.get(start) == end:
            continue
        clause = _clause(text, start, end)
        if clause is None:
            continue
        clause.index = len(found)
        clause.mark = owner if owner >= 0 else None
        clause.heading = owner >= 0 and marks[owner].body == start
        clause.run_in = clause.heading and marks[owner].run_in
        sentence += 0 if clause.after_semicolon else 1
        clause.sentence = sentence
        found.append(clause)
    _count_kids(found, marks)
    return found


def _clause(text: str, start: int, end: int) -> Clause | None:
    words = text[start:end].lstrip(" \n”’）、，；。：")
    start = end - len(words)
    words = words.rstrip(" \n。！；？")
    stop = start + len(words)
    if not ("\u4e00" <= words[:1] <= "\u9fff" or _HAN.search(words)):
        return None
    before = text[start - 1] if start else "\n"
    return Clause(
        start=start,
        end=stop,
        text=words,
        first=before in "\n ",
        after_semicolon=before == "；",
        closed=text[stop : stop + 1] in ("。", "！", "；", "？"),
        label=_is_label(words),
    )


def _is_label(words: str) -> bool:
    if words[0] == "（" and words[-1] == "）" and _ASSIGNED.match(words):
        return True
    closed = "：" in words or "】" in words  # as every label is
    return closed and len(words) < 300 and LABEL.match(words) is not None


def _count_kids(clauses: list[Clause], marks: list[Mark]) -> None:
    """How many clauses stand under each heading, up to the next of its level or above."""
    starts = [clause.start for clause in clauses if not clause.label]
    for clause in clauses:
        if clause.heading and clause.mark is not None:
            end = marks[clause.mark].end
            clause.kids = max(0, bisect_left(starts, end) - bisect_left(starts, clause.end))


def without_assignment(words: str) -> tuple[str, str]:
    """A clause's own words and the bracket behind them that names who answers, if any."""
    match = _ASSIGNED.search(words) if words.endswith("）") else None
    return (words[: match.start()], match[0]) if match and match.start() > 4 else (words, "")
