"""Which row of a table names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

NO_HEADER: Final = -1
LOOK_AT: Final = 8
"""Rows looked at: above the names stand at most a title, an issuer, a date and a unit of measure."""

_NAMES: Final = re.compile(
    r".{0,8}(?:序号|编号|任务|事项|内容|要求|举措|措施|目标|指标|名称|项目|问题|来源|类别|标准"
    r"|单位|部门|责任人|牵头|配合|协办|时限|时间|期限|日期|节点|进展|进度|情况|备注|领导|联系人|电话)"
    r"(?:[（(].{1,12}[）)])?"
)
_NUMBER: Final = re.compile(r"[\d.,%年月日/〇-]+")


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the row that names the columns (the last one of several), or -1."""
    found = NO_HEADER
    for index, row in enumerate(rows[:LOOK_AT]):
        if _names_columns(row):
            found = index
        elif found != NO_HEADER:
            break
    return found


def _names_columns(row: Sequence[str]) -> bool:
    cells = {re.sub(r"\s", "", cell) for cell in row if cell.strip()}
    if len(cells) < 2 or any(_NUMBER.fullmatch(cell) for cell in cells):
        return False
    named = sum(1 for cell in cells if _NAMES.fullmatch(cell))
    return named >= 2 and named * 2 >= len(cells)
