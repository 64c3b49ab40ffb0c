"""How large a rectangle the sheets of a workbook claim, before a reader lays it out in memory.

A sheet of two cells, A1 and XFD1048576, is a few hundred bytes and seventeen thousand million
places. Readers of sheets allocate the rectangle; we refuse it first.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final
from xml.etree import ElementTree as ET

from huiyin.reading.formats.limits import MAX_CELLS
from huiyin.reading.formats.refusals import refusal

_CELL: Final = re.compile(rb"<(?:\w+:)?c [^>]{0,80}?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ODS_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_ODS_VALUE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def check(data: bytes) -> None:
    """Return when every sheet of an xlsx or ods file claims a reasonable area; xls is bounded."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name, re.IGNORECASE):
                _check_area(*_rectangle(archive.read(name)))
            elif name == "content.xml":
                _check_ods(archive.read(name))


def _check_area(rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        raise refusal("too_many_cells")


def _rectangle(sheet: bytes) -> tuple[int, int]:
    """Return (rows, columns) of the rectangle round all cells named in a sheet of xlsx."""
    rows, letters = set(), set()
    for column, row in _CELL.findall(sheet):
        letters.add(column)
        rows.add(row)
    if not rows:
        return 0, 0
    columns = [_column(column) for column in letters]
    numbers = [int(row) for row in rows]
    return max(numbers) - min(numbers) + 1, max(columns) - min(columns) + 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_ods(content: bytes) -> None:
    """Count the places of each table up to its last filled row and column, repeats included."""
    root = ET.fromstring(content)  # noqa: S314 - zipguard refuses every DOCTYPE
    for table in root.iter(f"{_ODS_TABLE}table"):
        rows = last_row = last_column = 0
        for row in table.iter(f"{_ODS_TABLE}table-row"):
            filled = _last_filled(row)
            rows += _repeated(row, "rows")
            last_row = rows if filled else last_row
            last_column = max(last_column, filled)
        _check_area(last_row, last_column)


def _last_filled(row: ET.Element) -> int:
    column = filled = 0
    for cell in row:
        column += _repeated(cell, "columns")
        if cell.get(_ODS_VALUE) or cell.find(_ODS_TEXT) is not None:
            filled = column
    return filled


def _repeated(element: ET.Element, what: str) -> int:
    text = element.get(f"{_ODS_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() else 1
