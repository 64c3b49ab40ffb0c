"""A table of units (spreadsheet, CSV or pasted text) → rows, with what is wrong named by row. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.web import tables

HEAD = ("单位名称", "简称", "别名", "上级单位", "类型")
"""The header row, both ways: what is exported can be imported again."""
FIELDS = dict(zip(HEAD, ("name", "short_name", "aliases", "parent", "kind"), strict=True))
KINDS = {
    "政府": "government",
    "办公室": "office",
    "部门": "bureau",
    "乡镇（街道）": "town",
    "乡镇": "town",
    "街道": "town",
    "园区": "park",
    "下属单位": "station",
    "其他": "other",
}
"""Words of the column 类型; the first of each value is the one exported."""
MOST_ROWS = 1000
_SPLIT = re.compile(r"[、，,；;/\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table as it stands there; `line` counts from 1, the header included."""

    line: int
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    kind: str = ""

    def values(self) -> dict[str, object]:
        """The row as `unit.import_rows` takes it."""
        return {
            "name": self.name,
            "short_name": self.short_name,
            "aliases": list(self.aliases),
            "parent": self.parent,
            "kind": KINDS.get(self.kind) or guessed_kind(self.name),
        }

    def as_text(self) -> str:
        """The row as a line of the text box."""
        return "\t".join(
            [self.name, self.short_name, "、".join(self.aliases), self.parent, self.kind]
        ).rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one row, in a sentence."""

    line: int
    name: str
    sentence: str


def read_file(data: bytes, name: str) -> list[Row]:
    """Rows of an xlsx, xls, ods or csv file. Raises Refusal for anything else."""
    return _rows(tables.cells_of_file(data, name))


def read_text(text: str) -> list[Row]:
    """Rows of pasted lines."""
    return _rows(tables.cells_of_text(text))


def check(rows: Sequence[Row], known: Mapping[str, str]) -> list[Problem]:
    """What stands against taking the rows in; `known` maps every name in the directory to a unit's name."""
    problems: list[Problem] = []
    above: dict[str, str] = dict(known)
    seen: set[str] = set()
    for row in rows:
        sentence = _against(row, above, seen)
        if sentence:
            problems.append(Problem(line=row.line, name=row.name, sentence=sentence))
        seen.add(row.name)
        _know(row, above)
    return problems


def resolved(rows: Sequence[Row], known: Mapping[str, str]) -> list[dict[str, object]]:
    """The rows as the verb takes them, every parent by its full name; call after `check`."""
    above: dict[str, str] = dict(known)
    found = []
    for row in rows:
        found.append(row.values() | {"parent": above[row.parent] if row.parent else ""})
        _know(row, above)
    return found


def _know(row: Row, above: dict[str, str]) -> None:
    """Later rows may name this one as their superior, by any of its names."""
    for name in (row.name, row.short_name, *row.aliases):
        if name:
            above.setdefault(name, row.name)


def guessed_kind(name: str) -> str:
    """The kind a name speaks of, for a row that leaves it open."""
    for ending, kind in (
        (r"(?:镇|乡|街道)(?:人民政府|办事处)?$", "town"),
        (r"(?:园区?|开发区|新区|保税区)(?:管委会|管理委员会)?$", "park"),
        (r"(?:[省市县区旗州盟])人民政府$", "government"),
        (r"(?:办公室|督查室|研究室)$", "office"),
        (r"(?:中心|站|所|院|校|医院|公司|集团)$", "station"),
    ):
        if re.search(ending, name):
            return kind
    return "bureau"


def split_aliases(text: str) -> list[str]:
    """`教育局、教体局` → the single names, each once."""
    return list(dict.fromkeys(alias for alias in _SPLIT.split(text) if alias))


def _against(row: Row, above: Mapping[str, str], seen: set[str]) -> str:
    """The first thing wrong with a row; empty when nothing is."""
    if not 2 <= len(row.name) <= 80:
        return _("单位名称应为二至八十个字。")
    if row.name in seen:
        return _("前面已经有同名的单位。")
    if row.parent and row.parent not in above:
        return _("上级单位“%(name)s”不在名录里，也不在前面的行里。") % {"name": row.parent}
    if row.parent and above[row.parent] == row.name:
        return _("上级单位不能是自己。")
    if row.kind and row.kind not in KINDS:
        return _("不认识类型“%(kind)s”，可填：%(kinds)s。") % {
            "kind": row.kind,
            "kinds": _("、").join(KINDS),
        }
    taken = [n for n in (row.short_name, *row.aliases) if n and above.get(n, row.name) != row.name]
    if taken:
        return _("“%(name)s”已经指%(unit)s，不能重复。") % {
            "name": taken[0],
            "unit": above[taken[0]],
        }
    return ""


def _rows(table: Sequence[Sequence[object]]) -> list[Row]:
    """Rows under the header; without one, the columns are those of HEAD in order."""
    cells = [[tables.words(value) for value in line] for line in table]
    head = next((n for n, line in enumerate(cells[:10]) if HEAD[0] in line), None)
    columns = _columns(cells[head]) if head is not None else dict(enumerate(FIELDS.values()))
    first = 0 if head is None else head + 1
    rows = [
        _row(line, columns, number)
        for number, line in enumerate(cells[first:], first + 1)
        if any(line) and not line[0].startswith("#")
    ]
    if not rows:
        raise tables.unreadable(_("表里没有单位。第一列应为“单位名称”。"))
    if len(rows) > MOST_ROWS:
        raise tables.unreadable(_("一次最多导入%(n)d个单位，请分几次。") % {"n": MOST_ROWS})
    return rows


def _columns(head: Sequence[str]) -> dict[int, str]:
    return {place: FIELDS[word] for place, word in enumerate(head) if word in FIELDS}


def _row(line: Sequence[str], columns: Mapping[int, str], number: int) -> Row:
    found = {name: line[place] for place, name in columns.items() if place < len(line)}
    aliases = tuple(split_aliases(found.get("aliases", "")))
    return Row(
        line=number,
        name=found.get("name", ""),
        short_name=found.get("short_name", ""),
        aliases=aliases,
        parent=found.get("parent", ""),
        kind=found.get("kind", ""),
    )
