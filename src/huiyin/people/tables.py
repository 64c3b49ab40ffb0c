"""The directory as a spreadsheet, in the form in which it can be imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from huiyin.people.importing import HEAD, KINDS
from huiyin.people.models import Unit

WIDTHS = (34, 18, 34, 26, 14)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = (
    ("云岭市教育局", "市教育局", "教育局、教体局", "", "部门"),
    ("松鸣镇人民政府", "松鸣镇", "", "", "乡镇（街道）"),
)


def directory_table(units: Iterable[Unit]) -> bytes:
    """An xlsx of the units given, superior before inferior."""
    labels = {kind: label for label, kind in reversed(KINDS.items())}
    every = list(units)
    names = {unit.pk: unit.name for unit in every}
    lines = [
        (
            unit.name,
            unit.short_name,
            "、".join(unit.aliases),
            names.get(unit.parent_id or 0, ""),
            labels[unit.kind],
        )
        for unit in every
    ]
    return _xlsx(lines)


def template_table() -> bytes:
    """An empty table to be filled in, with two made-up lines that show how."""
    return _xlsx(EXAMPLES)


def _xlsx(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    # strings_to_formulas off: a cell that begins with = stays what was typed.
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("单位名录")
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, line in enumerate((HEAD, *lines)):
            sheet.write_row(number, 0, line, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        last = sheet.data_validation
        last(1, 4, 2000, 4, {"validate": "list", "source": list(dict.fromkeys(_labels()))})
    return out.getvalue()


def _labels() -> list[str]:
    kinds: dict[str, str] = {}
    for label, kind in KINDS.items():
        kinds.setdefault(kind, label)
    return list(kinds.values())
