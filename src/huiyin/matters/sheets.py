"""Lists as Excel files: text stays text, whatever it begins with; dates and shares are real ones."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet program would take for a formula once the cell is edited."""


def workbook(
    *, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """One sheet: heads (word, width in characters), then the rows. No text is ever a formula."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#eceef0"})
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "share": book.add_format({"num_format": "0%", "valign": "top"}),
        }
        for place, (word, width) in enumerate(heads):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, word, bold)
        count = 0
        for count, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write(sheet, count, place, value, formats)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(heads) - 1)
    return out.getvalue()


def _write(
    sheet: Worksheet, row: int, column: int, value: Cell, formats: dict[str, Format]
) -> None:
    match value:
        case None | "":
            return
        case str():
            kind = "quoted" if value.startswith(RISKY) else "text"
            sheet.write_string(row, column, value, formats[kind])
        case date():
            sheet.write_datetime(row, column, value, formats["day"])
        case float():
            sheet.write_number(row, column, value, formats["share"])
        case _:
            sheet.write_number(row, column, value, formats["text"])
