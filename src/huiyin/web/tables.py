"""A table somebody brings (xlsx, xls, ods, csv, or cells pasted from one) → its cells. Pure.

What a table means is for the feature that asked for it; here it is only opened, within limits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from huiyin.errors import Refusal

LARGEST = 4 * 1024 * 1024
"""Bytes; the longest register of an office fits into a tenth of it."""
MOST_LINES, MOST_COLUMNS = 10_000, 200

Cells = list[list[Any]]


def cells_of_file(data: bytes, name: str) -> Cells:
    """The first sheet of a spreadsheet, or the lines of a csv. Raises Refusal for anything else."""
    if len(data) > LARGEST:
        raise unreadable(_("文件太大，表格不应超过4 MB。"))
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _sheet(data)
    if name.lower().endswith((".xlsx", ".xls", ".ods")) or b"\x00" in data[:2000]:
        raise unreadable(_("这个文件不是可以打开的表格。"))
    return cells_of_text(_decoded(data))


def cells_of_text(text: str) -> Cells:
    """Pasted lines: cells apart by tabs (as a spreadsheet copies them) or commas."""
    clean = text.replace("\x00", "").lstrip("\ufeff")
    if "\t" in clean:
        return list(csv.reader(io.StringIO(clean), delimiter="\t"))
    return list(csv.reader(clean.replace("，", ",").splitlines()))


def words(value: object) -> str:
    """A cell as words on one line; a day as 2026-11-12, a whole number without its point."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\s+", " ", str(value if value is not None else "")).strip()


def as_text(cells: Sequence[Sequence[object]]) -> str:
    """Cells as lines for a text box, where they can be corrected."""
    return "\n".join("\t".join(words(value) for value in line).rstrip() for line in cells)


def _sheet(data: bytes) -> Cells:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.total_height > MOST_LINES or sheet.total_width > MOST_COLUMNS:
            raise unreadable(_("表格太大，请只留要导入的部分。"))
        return [list(line) for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise unreadable(_("这个文件不是可以打开的表格。")) from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(_("文字编码认不出来，请另存为xlsx再试。"))


def unreadable(sentence: str) -> Refusal:
    """The refusal of a table, shown beside it."""
    return Refusal(sentence, code="table_not_read", fields={"table": [sentence]})
