"""What a clause takes from around it: who a bracket, label or heading names, and the block's time limit."""

from __future__ import annotations

import re

from huiyin.reading import deadlines, parties
from huiyin.reading.clauses import Clause, without_assignment
from huiyin.reading.draft import Assigned, Draft
from huiyin.reading.parties import Parties, Span

_DATES_BEFORE = re.compile(
    r"^(?:该项|此项|这项|上述|以上|前述|相关|各项|本项|全部)(?:[\u4e00-\u9fff]{0,4})(?:工作|任务|事项|整改|内容)?.{0,12}(?:前|底|末|内|日)(?:全面|全部)?(?:完成|结束|办结|到位|报送)$"
)
_LIMIT_LABEL = re.compile(
    r"(?:完成|整改|办理|办结|落实)?(?:时限|时间|期限)(?:要求)?[】\]]?\s*[：】]\s*([^；。\n）]{1,40})"
)
_OPEN = re.compile(r"长期|持续|常态|经常性|全年推进|贯穿全年")
_AT_ONCE = re.compile(r"立行立改|立即|即知即改|即时|马上")


def assign_blocks(draft: Draft) -> None:
    """Every clause knows the label, bracket or dating sentence that speaks for it."""
    pending: list[int] = []
    forward: Assigned | None = None
    scope = None
    previous_label = False
    for index, clause in enumerate(draft.clauses):
        if clause.label:
            found = _read_label(draft, clause)
            targets = _reach(draft, pending, clause)
            if not targets and not previous_label:
                forward, scope = found, clause.mark
            _give(draft, targets, found)
            previous_label = True
            continue
        if previous_label:
            pending, previous_label = [], False
        if forward and clause.mark == scope:
            _give(draft, [index], forward)
        if clause.heading:
            pending = [] if not _same_line(draft, pending, clause) else pending
        if _DATES_BEFORE.match(clause.text):
            clause.dates = True
            _give(draft, _reach(draft, pending, clause), _limit_of(draft, clause))
        pending.append(index)


def _same_line(draft: Draft, pending: list[int], clause: Clause) -> bool:
    if not pending:
        return False
    first = draft.clauses[pending[0]].start
    return "\n" not in draft.text[first : clause.start]


def _reach(draft: Draft, pending: list[int], clause: Clause) -> list[int]:
    """The clauses before a label that it speaks for: those of its heading or its paragraph."""
    line = draft.text.rfind("\n", 0, clause.start)
    return [
        i for i in pending if draft.clauses[i].mark == clause.mark or draft.clauses[i].start > line
    ]


def _read_label(draft: Draft, clause: Clause) -> Assigned:
    text = clause.text
    found = parties.bracketed(text) if text.startswith("（") else parties.labelled(text)
    if not _speaks_of_people(text):
        found = Parties([], [])
    return _named(draft, clause.start, found, _limit_of(draft, clause))


def _speaks_of_people(text: str) -> bool:
    return bool(re.search(r"负责|牵头|配合|责任|单位|部门|领导|承办|主办|协办|落实|分工", text))


def _named(draft: Draft, offset: int, found: Parties, limit: Assigned) -> Assigned:
    names = [_written(draft, offset, spans) for spans in (found.lead, found.co)]
    return Assigned(lead=names[0], co=names[1], limit=limit.limit, why=found.why)


def _written(draft: Draft, offset: int, spans: list[Span]) -> list[str]:
    return list(dict.fromkeys(draft.written(offset + a, offset + b) for a, b in spans))


def _limit_of(draft: Draft, clause: Clause) -> Assigned:
    label = _LIMIT_LABEL.search(clause.text)
    if label:
        limit = limit_in_cell(label[1], draft.base)
        start = clause.start + label.start(1)
    else:
        limit, start = deadlines.latest(clause.text, draft.base), clause.start
    return Assigned(limit=draft.deadline(limit, start) if limit else None)


def limit_in_cell(words: str, base: deadlines.Base) -> deadlines.Limit | None:
    """The time limit of a cell or label, where a bare day, month or 长期 is one."""
    limit = deadlines.latest(words, base) or deadlines.bare(words, base)
    if limit is None and _OPEN.search(words):
        return deadlines.Limit(0, len(words), None, "open", "长期坚持，没有终点")
    if limit is None and _AT_ONCE.search(words):
        return deadlines.Limit(0, len(words), None, "immediate", "立即办理，没有写明日期")
    return limit


def _give(draft: Draft, targets: list[int], found: Assigned) -> None:
    for index in targets:
        held = draft.assigned.setdefault(index, Assigned())
        held.lead = held.lead or found.lead
        held.co = held.co or found.co
        held.limit = held.limit or found.limit
        held.why = held.why or found.why


def own_bracket(draft: Draft, clause: Clause) -> Assigned | None:
    """Who the bracket at the clause's own end names."""
    words, bracket = without_assignment(clause.text)
    if not bracket:
        return None
    found = parties.bracketed(bracket)
    return _named(draft, clause.start + len(words), found, Assigned())
