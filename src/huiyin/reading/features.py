"""What the model sees of a clause: its verbs, its modal words, its figures, and where it stands.

Every feature is a short readable string; `model.py` says each in words a reviewer understands.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick

from huiyin.reading.clauses import Clause
from huiyin.reading.lexicon import rows
from huiyin.reading.structure import Mark

_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.第])\d[\d.]*(?:多|余|左右)?(?:万|亿|千|百)?"
    r"(?:%|个百分点|元|人|个|家|户|件|项|条|所|座|处|头|只|羽|吨|亩|公顷|公里|米|平方|立方|千瓦|名|艘|辆|套|台|场|次|期|批|笔|起|岁|倍|位|种|张|株|棵|床|间|栋|村|镇|县|区|美元)"
)
_PERCENT = re.compile(r"\d%")
_RANK = re.compile(r"第[一二三四五六七八九十\dX]+位|列(?:全[省市县区国])?第")
_MASKED = re.compile(r"X{1,3}(?:%|起|个|家|亿|万|元)|增长X|第X")
_DEADLINE = re.compile(
    r"(?:年底|月底|季度末|年末|月末|[日号底初])(?:之)?前|\d日内|工作日内|年内|月内|周内|以前完成|前完成|之前|到20\d\d年|"
    r"20\d\d年(?:底|末)|“十[一二三四五]五”(?:末|期间)|限期|限时|上半年|下半年|三年|五年行动|今年"
)
_DATE = re.compile(r"\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}月")
_MODAL = re.compile(
    r"(?:(?<=^)|(?<=[，；：、]))(?:[\u4e00-\u9fff（）、“”]{0,24}?)(一定要|必须|务必|应当|应该|需要|不得|严禁|不能|要|应|须|请|希望|将|拟|可以|允许|可|会)"
)
_BOOK = re.compile(r"《[^》]{1,60}》")
_QUOTED = re.compile(r"“[^”]{1,30}”")
_SUBJECT = re.compile(
    r"^(?:同时，|特别是|因此，?|下一步，|其中，)?(各?[\u4e00-\u9fff（）、]{0,40}?(?:部门|单位|政府|局|委|办|厅|院|会|乡镇|街道|县区|区县|市（州）|各地|地区|机构|小组|公司|企业|中心|负责人|成员|干部|领导))(?:要|应|须|必须|将|负责|会同|牵头|在|可|不得|根据|按|对|于)"
)
_SECTION = (
    ("问题", re.compile(r"问题|困难|不足|挑战|短板|差距|隐患|不规范|较大|薄弱|不适应")),
    ("成绩", re.compile(r"回顾|成绩|成效|总体情况|完成情况|基本情况|进展|现状|做法|特点")),
    ("要求", re.compile(r"要求|任务|措施|安排|重点|意见|目标|建议|部署|分工|保障|打算|整改")),
)


@cache
def _automaton() -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    groups: dict[str, list[str]] = {}
    for word, group, *_ in rows("verbs"):
        groups.setdefault(word, []).append(group)
    for word, found in groups.items():
        machine.add_word(word, (word, tuple(found)))
    machine.make_automaton()
    return machine


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(
        r"^(?:同时|此外|另外|特别是|尤其是|尤其|因此|所以|其中|其次|首先|最后|下一步|当前|目前|今后|接下来|要|还要|更要|也要|并|并且|且|又要|既要|切实|进一步|继续|积极|全面|深入|扎实|大力|着力|全力|坚决|认真|加快|有序|稳步|持续|不断|牢固|充分|努力|严格|及时|主动|统筹|精准|科学|依法|按时|稳妥|尽快|抓紧|必须|应|应当|需|须|请|以|通过)，?"
    )


def _segments(text: str) -> list[str]:
    return [part for part in text.split("，") if part]


def _stripped(part: str) -> str:
    """A comma part without adverbs and modal words before its verb."""
    for _ in range(3):
        shorter = _openers().sub("", part, count=1)
        if shorter == part:
            break
        part = shorter
    return part


def word_features(text: str) -> Iterator[str]:
    """The words of the clause: lexicon groups, verbs that lead a part, short character runs."""
    segments = _segments(text)
    groups: dict[str, int] = {}
    for _, (word, found) in _automaton().iter(text):
        yield f"w:{word}"
        for group in found:
            groups[group] = groups.get(group, 0) + 1
    for group, count in groups.items():
        yield f"c:{group}"
        if count > 2:
            yield f"cc:{group}"
    for i, part in enumerate(segments):
        lead = _stripped(part)
        yield f"s:{lead[:2]}"
        if i == 0:
            yield f"f:{lead[:2]}"
            yield f"b:{part[:1]}"
            yield f"b:{part[:2]}"
            yield f"b:{part[:3]}"
    yield f"e:{text[-2:]}"
    yield f"e:{text[-3:]}"
    for i in range(len(text) - 1):
        yield f"n:{text[i : i + 2]}"


def shape_features(text: str) -> Iterator[str]:
    """Figures, dates, modal words, names of papers, length."""
    figures = len(_FIGURE.findall(text))
    yield f"fig:{min(figures, 3)}"
    for name, pattern in (("percent", _PERCENT), ("rank", _RANK), ("masked", _MASKED), ("deadline", _DEADLINE),
                          ("date", _DATE), ("book", _BOOK), ("quoted", _QUOTED)):
        if pattern.search(text):
            yield f"has:{name}"
    for modal in {match for match in _MODAL.findall(text)}:
        yield f"m:{modal}"
    first = _MODAL.match(text)
    if first:
        yield f"m1:{first[1]}"
    if _SUBJECT.match(text):
        yield "subject"
    yield f"len:{min(len(text) // 12, 8)}"
    yield f"commas:{min(text.count('，'), 4)}"
    if "了" in text:
        yield "了"


def place_features(clause: Clause, section: str, doc_type: str, total: int, index: int) -> Iterator[str]:
    """Where the clause stands: heading, first of its paragraph, section, sort of paper."""
    yield f"dt:{doc_type}"
    yield f"sec:{section}"
    yield f"dt+sec:{doc_type}{section}"
    if clause.heading:
        yield f"heading:{min(clause.kids, 1)}"
        yield "heading:run" if clause.notes.get("run") else "heading:own"
        if clause.notes.get("run"):
            yield f"run:{min(clause.kids, 1)}"
    if clause.first:
        yield "first"
    if clause.after_semicolon:
        yield "after;"
    if not clause.closed:
        yield "open"
        if clause.first:
            yield "line"
    if clause.mark is None:
        yield "unnumbered"
        yield "preface" if total and index < 6 else "unnumbered:later"
    if clause.notes.get("assigned"):
        yield "assigned"
    if index >= total - 2:
        yield "last"


def _section(clause: Clause, marks: list[Mark], headings: list[str]) -> str:
    """What the headings above promise: a problem, an achievement, a demand."""
    if clause.mark is None:
        return "-"
    at, level = clause.mark, 99
    while at >= 0:
        if marks[at].level < level:
            level = marks[at].level
            for name, pattern in _SECTION:
                if pattern.search(headings[at]):
                    return name
        at -= 1
    return "其他"


def document_features(clauses: list[Clause], marks: list[Mark], headings: list[str], doc_type: str) -> list[list[str]]:
    """The features of every clause that may be an item, in order; labels get none."""
    found: list[list[str]] = []
    total = len(clauses)
    for index, clause in enumerate(clauses):
        if clause.label:
            found.append([])
            continue
        section = _section(clause, marks, headings)
        text = clause.text.replace(" ", "")
        features = [*shape_features(text), *place_features(clause, section, doc_type, total, index), *word_features(text)]
        found.append(list(dict.fromkeys(features)))
    return found

