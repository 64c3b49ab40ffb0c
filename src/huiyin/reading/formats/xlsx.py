"""Spreadsheets (.xlsx, .xls, .ods): every visible sheet as a table, each row a place.

A merged cell is written once; in the table every place it covers carries it (`Writer.table`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from huiyin.reading.formats import sheet_area
from huiyin.reading.formats.limits import MAX_CELLS
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.txt import without_nul
from huiyin.reading.formats.warnings import warning
from huiyin.reading.formats.writer import Writer
from huiyin.reading.types import Document

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_PLAIN_NAMES: Final = ("sheet", "工作表")


def read(data: bytes, writer: Writer) -> Document:
    """Return the document of a workbook; hidden sheets are left out with a warning."""
    sheet_area.check(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise refusal("encrypted") from error
    except CalamineError as error:
        raise refusal("damaged") from error
    sheets = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    shown = [meta.name for meta in sheets if meta.visible is SheetVisibleEnum.Visible]
    if hidden := [meta.name for meta in sheets if meta.name not in shown]:
        sentence = f"隐藏的工作表没有读取：{'、'.join(hidden)}。如需读取，请取消隐藏后另存。"
        writer.warnings.append(warning("hidden_sheets", sentence))
    for name in shown:
        _write_sheet(writer, _sheet(workbook, name), named=len(shown) > 1)
    return writer.document()


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise refusal("damaged") from error


def _write_sheet(writer: Writer, sheet: CalamineSheet, *, named: bool) -> None:
    """Write the sheet's name where it says something, then its rows that are not empty."""
    if sheet.height * sheet.width > MAX_CELLS:
        raise refusal("too_many_cells")
    rows = [[_text(cell) for cell in row] for row in sheet.to_python()]
    first_row, first_column = sheet.start or (0, 0)
    kept = [index for index, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not kept:
        return
    if named and not sheet.name.lower().startswith(_PLAIN_NAMES):
        writer.line(without_nul(sheet.name))
    writer.table(
        [rows[index] for index in kept],
        _merges(sheet, kept, first_row, first_column),
        sheet=sheet.name,
        row_numbers=[first_row + index + 1 for index in kept],
    )


def _merges(
    sheet: CalamineSheet, kept: Sequence[int], first_row: int, first_column: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return covered place -> covering cell, counted in the rows and columns that are written."""
    place = {first_row + index: at for at, index in enumerate(kept)}
    width, found = sheet.width, {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        origin = (place.get(top, -1), left - first_column)
        if origin[0] < 0 or not 0 <= origin[1] < width:
            continue
        for row in range(top, min(bottom, first_row + sheet.height - 1) + 1):
            for column in range(left, min(right, first_column + width - 1) + 1):
                if (row, column) != (top, left) and row in place:
                    found[place[row], column - first_column] = origin
    return found


def _text(cell: Cell) -> str:
    """Return a cell as a person would read it: whole numbers without .0, dates as 2026年6月30日."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        clock = f"{cell:%H:%M}" if (cell.hour or cell.minute) else ""
        return f"{cell.year}年{cell.month}月{cell.day}日{clock}"
    if isinstance(cell, dt.date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return without_nul(str(cell)).strip()
