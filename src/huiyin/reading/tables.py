"""Task tables, read by their header row: 事项、目标、牵头单位、配合单位、完成时限; each row is one item."""

from __future__ import annotations

import re
from bisect import bisect_right

from huiyin.reading import deadlines, parties, quantities, recurrence
from huiyin.reading.clauses import Clause
from huiyin.reading.draft import Draft, Finding
from huiyin.reading.inheritance import limit_in_cell
from huiyin.reading.types import Deadline, Kind, Quantity, Recurrence, Table

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("limit", re.compile(r"时限|完成时间|办结时间|时间节点|期限|时间要求|完成日期|整改时间|截止")),
    (
        "lead",
        re.compile(r"牵头(?:责任)?(?:单位|部门|领导)|主办(?:单位|部门)|承办(?:单位|部门)|第一责任"),
    ),
    ("co", re.compile(r"配合|协办|参与|参加|协助|协同|协作")),
    (
        "responsible",
        re.compile(
            r"责任(?:单位|部门|主体)|负责(?:单位|部门)|整改(?:单位|主体)|落实(?:单位|部门)|实施(?:单位|主体)"
        ),
    ),
    (
        "item",
        re.compile(
            r"事项|任务|工作内容|重点工作|项目名称|项目内容|内容|措施|议定|举措|指标名称|整改要求|目标"
        ),
    ),
    ("problem", re.compile(r"问题|不足|短板")),
)
Row = tuple[tuple[int, int], ...]


def read_tables(draft: Draft) -> None:
    """Rows of task tables are items, in place of whatever was read inside them."""
    for table in draft.document.tables:
        columns = _columns(draft, table)
        if not _is_task_table(columns):
            continue
        rows = [row for row in table.rows[table.header + 1 :] if row]
        found = [finding for row in rows if (finding := _row(draft, row, columns))]
        spans = [(min(a for a, _ in row), max(b for _, b in row)) for row in table.rows if row]
        draft.findings = [
            f for f in draft.findings if not any(a <= f.start < b for a, b in spans)
        ] + found


def _columns(draft: Draft, table: Table) -> dict[int, str]:
    if not 0 <= table.header < len(table.rows):
        return {}
    found: dict[int, str] = {}
    for place, (start, end) in enumerate(table.rows[table.header]):
        title = re.sub(r"\s", "", draft.folded[start:end])
        role = next((name for name, pattern in _COLUMNS if pattern.search(title)), None)
        if role and len(title) <= 16:
            found[place] = role
    return found


def _is_task_table(columns: dict[int, str]) -> bool:
    roles = set(columns.values())
    return bool(roles & {"item", "problem"}) and bool(roles & {"lead", "responsible", "limit"})


def _cells(row: Row, columns: dict[int, str], *roles: str) -> list[tuple[int, int]]:
    return [
        row[i]
        for i, role in columns.items()
        if role in roles and i < len(row) and row[i][1] > row[i][0]
    ]


def _row(draft: Draft, row: Row, columns: dict[int, str]) -> Finding | None:
    """One row as a task; a row that only names a problem is a problem."""
    own = _cells(row, columns, "item") or _cells(row, columns, "problem")
    if not own or not re.search(r"[\u4e00-\u9fff]{2}", draft.folded[own[0][0] : own[-1][1]]):
        return None
    kind: Kind = "task" if _cells(row, columns, "item") else "problem"
    filled = [cell for cell in row if cell[1] > cell[0]]
    start = min(a for a, _ in own)
    end = max(b for a, b in filled if a >= start)
    words = draft.folded[start:end]
    clause = Clause(start=start, end=end, text=words, mark=_mark_at(draft, start))
    finding = Finding(clause, kind, 0.95, start, end, ["任务表的一行"], from_table=True)
    _who(draft, finding, row, columns)
    finding.deadline = _limit(draft, row, columns)
    _how_much(draft, finding, own)
    return finding


def _mark_at(draft: Draft, start: int) -> int | None:
    after = bisect_right(draft.marks, start, key=lambda mark: draft.clean.start(mark.start))
    return after - 1 if after else None


def _names(draft: Draft, cells: list[tuple[int, int]]) -> list[str]:
    found: list[str] = []
    for start, end in cells:
        cell = draft.folded[start:end].replace("\n", "、")
        spans = parties.split_names(cell, 0, len(cell))
        found += ["".join(draft.document.text[start + a : start + b].split()) for a, b in spans]
    return list(dict.fromkeys(name for name in found if name))


def _who(draft: Draft, finding: Finding, row: Row, columns: dict[int, str]) -> None:
    lead = _names(draft, _cells(row, columns, "lead"))
    responsible = _names(draft, _cells(row, columns, "responsible"))
    co = _names(draft, _cells(row, columns, "co"))
    finding.lead = lead or responsible
    finding.co = [name for name in co + (responsible if lead else []) if name not in finding.lead]
    if finding.lead:
        finding.because.append(f"责任单位栏“{'、'.join(finding.lead[:2])}”")


def _limit(draft: Draft, row: Row, columns: dict[int, str]) -> Deadline | None:
    for start, end in _cells(row, columns, "limit"):
        words = draft.folded[start:end]
        limit = limit_in_cell(words, draft.base)
        if limit:
            return Deadline(
                text=draft.document.text[start:end].strip(),
                date=limit.date,
                kind=limit.kind,
                why=limit.why,
            )
    for start, end in _cells(row, columns, "item"):
        limit = deadlines.latest(draft.folded[start:end], draft.base)
        if limit:
            text = draft.document.text[start + limit.start : start + limit.end]
            return Deadline(text=text, date=limit.date, kind=limit.kind, why=limit.why)
    return None


def _how_much(draft: Draft, finding: Finding, cells: list[tuple[int, int]]) -> None:
    for start, end in cells:
        words = draft.folded[start:end]
        for figure in quantities.find(words):
            text = draft.document.text[start + figure.start : start + figure.end]
            unit = draft.document.text[start + figure.unit[0] : start + figure.unit[1]].strip()
            finding.quantities.append(Quantity(text=text, value=figure.value, unit=unit))
        rhythm = recurrence.find(words)
        if rhythm and finding.recurrence is None:
            finding.recurrence = Recurrence(text=words[rhythm[0] : rhythm[1]], freq=rhythm[2])
