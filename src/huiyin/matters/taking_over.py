"""A running register (既有台账) as a table → rows as they are stated, with what is wrong named by row. Pure.

An office starts in mid-year: what it keeps in a spreadsheet is taken over as it stands there, marked
as stated. The columns of our own export are understood, and the usual words of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from huiyin.matters import brought
from huiyin.matters.cell_days import NoDay, When, day_in
from huiyin.matters.rules import MatterState, Nature
from huiyin.people.matching import Directory
from huiyin.rulebook.rules.words import SOURCES
from huiyin.web import tables

COLUMNS: brought.Columns = {
    "number": ("编号", "督办编号", "文号", "立项编号"),
    "title": brought.TITLE,
    "source": ("来源", "事项来源", "类型", "类别"),
    "label": ("出处", "来源文件", "文件名称", "会议名称"),
    "quote": ("原话", "原文", "批示内容", "具体要求"),
    "nature": ("性质",),
    "state": ("环节", "状态", "办理状态", "完成情况", "办理情况"),
    "unit": brought.called("牵头单位", brought.UNIT),
    "supporting": ("配合单位", "协办单位", "配合部门", "协办部门"),
    "standard": brought.STANDARD,
    "dispatched": ("交办日期", "交办时间", "立项日期", "下达日期"),
    "due": brought.DUE,
    "original": ("原定时限", "原时限"),
    "percent": ("报送进度", "进度", "完成进度", "完成率"),
    "progress": ("最新进展", "进展情况", "进展", "目前进展", "落实情况", "工作进展"),
    "progress_on": ("进展日期", "更新日期", "反馈日期"),
    "closed": ("办结日期", "销号日期", "完成日期", "办结时间"),
    "summary": ("总结", "办结情况", "办结结果"),
    "answer": ("答复", "答复内容", "回告"),
    "addressee": ("答复对象", "答复给谁"),
}
"""What each column may be called; the first word is the one of the template."""
NEEDED = ("title", "unit")
CLOSED_WORDS = re.compile(r"^(?:已?(?:全部)?(?:办结|完成|销号|办毕|落实)|已完结|销号|办结)")
STANDING_WORDS = re.compile(r"长期|持续|常年|常态|全年推进")
STATES = (MatterState.UNDER_WAY, MatterState.CLOSED)
"""Where a matter may stand when it is taken over."""
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRow:
    """One matter as the running register states it; the units are ids of the directory."""

    line: int
    title: str
    unit: int
    number: str = ""
    source_kind: str = "notice"
    label: str = ""
    quote: str = ""
    nature: str = Nature.TASK
    state: str = MatterState.UNDER_WAY
    supporting: tuple[int, ...] = ()
    standard: str = ""
    dispatched: date | None = None
    due: date | None = None
    original: date | None = None
    percent: int | None = None
    progress: str = ""
    progress_on: date | None = None
    closed: date | None = None
    summary: str = ""
    answer: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table with what it becomes, or why it cannot be taken over."""

    line: int
    title: str
    unit: str
    row: StatedRow | None
    problems: tuple[str, ...] = ()


def lines_of(cells: Sequence[Sequence[object]], directory: Directory, *, today: date) -> list[Line]:
    """Every line under the header, understood or with its problems. Raises Refusal without a header."""
    found = [_line(row, directory, today) for row in brought.rows_of(cells, COLUMNS, needed=NEEDED)]
    if not found:
        raise tables.unreadable(_("表里没有事项。"))
    if len(found) > MOST_ROWS:
        raise tables.unreadable(_("一次最多接管 %(n)d 件，请分几次。") % {"n": MOST_ROWS})
    return _without_twins(found)


def _line(brought_row: brought.Row, directory: Directory, today: date) -> Line:
    texts = brought_row.texts
    problems: list[str] = []
    units = _units(texts.get("unit", ""), directory, problems, _("牵头单位"))
    row = StatedRow(
        line=brought_row.line,
        title=texts.get("title", ""),
        unit=units[0] if units else 0,
        number=texts.get("number", "")[:60],
        source_kind=_source(texts.get("source", "")),
        label=texts.get("label", ""),
        quote=texts.get("quote", ""),
        supporting=_others(texts, directory, problems, units),
        standard=texts.get("standard", ""),
        progress=texts.get("progress", ""),
        percent=_percent(texts.get("percent", ""), problems),
        summary=texts.get("summary", ""),
        answer=texts.get("answer", ""),
        addressee=texts.get("addressee", "")[:120],
    )
    row = _dated(row, brought_row, problems, today)
    problems += against(row, today)
    return Line(
        line=row.line,
        title=row.title,
        unit=texts.get("unit", ""),
        row=None if problems else row,
        problems=tuple(problems),
    )


def _dated(row: StatedRow, given: brought.Row, problems: list[str], today: date) -> StatedRow:
    """The row with its days, its nature and its state."""
    texts = given.texts
    due_words, state = texts.get("due", ""), texts.get("state", "")
    standing = bool(STANDING_WORDS.search(due_words + texts.get("nature", "")))
    past = When(today=today, until=today)
    days = {
        name: _day(given, name, past, problems) for name in ("dispatched", "progress_on", "closed")
    }
    limits = When(today=today, since=days["dispatched"])
    due = None if standing else _day(given, "due", limits, problems)
    ended = bool(CLOSED_WORDS.search(state)) or (not state and days["closed"] is not None)
    nature = Nature.STANDING if standing else _nature(texts.get("nature", ""))
    return replace(
        row,
        due=due,
        nature=nature,
        state=MatterState.CLOSED if ended else MatterState.UNDER_WAY,
        dispatched=days["dispatched"],
        original=_day(given, "original", limits, problems),
        progress_on=days["progress_on"],
        closed=days["closed"],
    )


def against(row: StatedRow, today: date) -> list[str]:
    """What stands against a row, whoever brings it."""
    return [*_unstatable(row), *_out_of_order(row, today)]


def _unstatable(row: StatedRow) -> list[str]:
    """What no register can say of a matter."""
    wrong = {
        _("没有写事项。"): not row.title.strip(),
        _("环节只能是办理中或者已办结。"): row.state not in STATES,
        _("性质只能是任务、长期推进或者整改。"): row.nature not in Nature.values,
        _("进度应在 0 到 100 之间。"): not 0 <= (row.percent or 0) <= 100,
        _("写明已办结的，要有办结日期。"): row.state == MatterState.CLOSED and row.closed is None,
        _("长期推进事项不办结。"): row.state == MatterState.CLOSED
        and row.nature == Nature.STANDING,
    }
    return [sentence for sentence, stands in wrong.items() if stands]


def _out_of_order(row: StatedRow, today: date) -> list[str]:
    """Days that cannot follow one another, or that have not come yet."""
    stated = {
        _("交办日期"): row.dispatched,
        _("办结日期"): row.closed,
        _("进展日期"): row.progress_on,
    }
    problems = [
        _("%(what)s在今天之后。") % {"what": what}
        for what, day in stated.items()
        if day and day > today
    ]
    if row.dispatched and row.closed and row.closed < row.dispatched:
        problems.append(_("办结日期早于交办日期。"))
    if row.dispatched and row.due and row.due < row.dispatched:
        problems.append(_("时限早于交办日期。"))
    return problems


def _without_twins(lines: list[Line]) -> list[Line]:
    """The same matter of the same unit under the same number stands once."""
    seen: set[tuple[str, str, int]] = set()
    found = []
    for line in lines:
        mark = mark_of(line.row) if line.row else None
        twin = mark is not None and mark in seen
        found.append(replace(line, row=None, problems=(_("与前面一行重复。"),)) if twin else line)
        if mark is not None:
            seen.add(mark)
    return found


def mark_of(row: StatedRow) -> tuple[str, str, int]:
    """By what a row is known again: its number, title and lead unit."""
    return (row.number, row.title, row.unit)


def _units(text: str, directory: Directory, problems: list[str], what: str) -> list[int]:
    """The units a cell names; the first leads. A name nobody bears is a problem."""
    names = [name for name in re.split(r"[、，,；;/\s]+", text) if name]
    found: list[int] = []
    for name in names:
        match = directory.match(name)
        if not match.unit_ids:
            problems.append(
                _("%(what)s“%(name)s”不在名录里，请照名录写全称。") % {"what": what, "name": name}
            )
        elif len(match.unit_ids) > 1 and match.why != "group":
            problems.append(_("“%(name)s”可能是几个单位，请写全称。") % {"name": name})
        found.extend(match.unit_ids)
    if not names and what == _("牵头单位"):
        problems.append(_("没有写牵头单位。"))
    return list(dict.fromkeys(found))


def _others(
    texts: Mapping[str, str], directory: Directory, problems: list[str], lead: Sequence[int]
) -> tuple[int, ...]:
    """Supporting units: those named so, and those named beside the lead."""
    named = _units(texts.get("supporting", ""), directory, problems, _("配合单位"))
    return tuple(unit for unit in dict.fromkeys([*lead[1:], *named]) if unit not in lead[:1])


def _source(text: str) -> str:
    """The kind of source a word speaks of; what no kind fits was a notice."""
    for kind, label in SOURCES.items():
        if text and (text == kind or text in str(label) or str(label) in text):
            return kind
    hints = (("纪要|会议", "minutes"), ("批示", "instruction"), ("上级|省|市委", "superior"))
    return next((kind for words, kind in hints if re.search(words, text)), "notice")


def _nature(text: str) -> str:
    return Nature.PROBLEM if re.search(r"整改|问题", text) else Nature.TASK


def _percent(text: str, problems: list[str]) -> int | None:
    found = re.search(r"(\d+(?:\.\d+)?)\s*([%％]?)", text)
    if found is None:
        return None
    value = float(found[1])
    if not found[2] and 0 < value <= 1 and "." in found[1]:
        value *= 100
    if value > 100:
        problems.append(_("进度“%(text)s”超过 100%%。") % {"text": text})
        return None
    return round(value)


def _day(row: brought.Row, name: str, when: When, problems: list[str]) -> date | None:
    """The day of a column; a cell that is none is a problem, which names the column."""
    try:
        return day_in(row.cells.get(name), when)
    except NoDay as wrong:
        problems.append(f"{COLUMNS[name][0]}{_('：')}{wrong}")
        return None
