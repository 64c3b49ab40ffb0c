"""A reading for people: a register as a table, or the text with its findings marked and explained."""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import pairwise
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from huiyin.commands.read.printing import printable
from huiyin.reading import Reading
from huiyin.reading.formats import sentence_of
from huiyin.reading.output import DOC_TYPES, KINDS, Row, counts_of, rows_of, warnings_of

STYLES: Final = {"任务": "bold blue", "常态要求": "cyan", "问题": "red", "指标": "green"}
_PIPED_WIDTH: Final = 120


def register(reading: Reading) -> None:
    """Print head, counts and one line of a table for each item."""
    console = _console()
    _print_head(console, reading)
    rows = rows_of(reading)
    if rows:
        console.print(_table(rows, full=any(row.quantities for row in rows)))
    else:
        console.print("没有读出任务、要求、问题或指标。")


def explain(reading: Reading) -> None:
    """Print the text with every finding in its colour and numbered, then why each was read so.

    Where there is no colour (a pipe, a file, NO_COLOR), brackets and the name of the kind stand in for it.
    """
    console = _console()
    coloured = console.color_system is not None and not console.no_color
    _print_head(console, reading)
    if reading.items:
        console.print(_legend(coloured=coloured), soft_wrap=True)
    console.rule(characters="─", style="dim")
    console.print(_marked(reading, coloured=coloured), soft_wrap=True)
    console.rule(characters="─", style="dim")
    for row, item in zip(rows_of(reading), reading.items, strict=True):
        facts = "，".join(part for part in (row.units, row.limit, row.quantities) if part)
        line = Text(f"〔{row.number}〕")
        line.append(row.kind, STYLES[row.kind])
        line.append(printable(f" 把握{row.confidence} {facts}\n"))
        line.append(printable(f"     依据：{'；'.join(item.because) or '无'}"), "dim")
        if item.deadline:
            line.append(printable(f"\n     时限：{item.deadline.why}"), "dim")
        console.print(line, soft_wrap=True)


def _legend(*, coloured: bool) -> Text:
    """Return what the marks in the text mean."""
    if not coloured:
        return Text("图例：【…】是读出的一项，后面〔序号 类别〕；全文之后逐项说明依据。", "dim")
    legend = Text("图例：", "dim")
    for label in KINDS.values():
        legend.append(label, STYLES[label]).append("  ")
    return legend.append("〔序号〕对应全文之后的逐项依据。", "dim")


def _console() -> Console:
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


def _print_head(console: Console, reading: Reading) -> None:
    console.print(Text(printable(reading.title or reading.source.name), "bold"))
    facts = [
        reading.number,
        DOC_TYPES.get(reading.doc_type or "", reading.doc_type),
        reading.date,
        reading.issuer,
        reading.speaker,
    ]
    console.print(printable(" · ".join(fact for fact in facts if fact)))
    counts = "，".join(f"{label}{count}项" for label, count in counts_of(reading).items())
    console.print(f"共{len(reading.items)}项：{counts}")
    for warning in warnings_of(reading):
        console.print(Text(f"注意：{printable(sentence_of(warning))}", "yellow"))


def _table(rows: list[Row], *, full: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("类别", no_wrap=True)
    table.add_column("内容", ratio=6, overflow="fold")
    table.add_column("责任单位", ratio=2, overflow="fold")
    table.add_column("时限", ratio=2, overflow="fold")
    if full:
        table.add_column("数量", ratio=1, overflow="fold")
    table.add_column("出处", no_wrap=True)
    table.add_column("把握", justify="right", no_wrap=True)
    for row in rows:
        cells = [row.words, row.units, row.limit, *([row.quantities] if full else []), row.where]
        table.add_row(
            str(row.number),
            Text(row.kind, STYLES[row.kind]),
            *(Text(printable(cell)) for cell in cells),
            row.confidence,
        )
    return table


def _marked(reading: Reading, *, coloured: bool) -> Text:
    """Return the text, each item in the colour of its kind (or in brackets) with its number behind it."""
    text, source = Text(), reading.source.text
    begin, finish = defaultdict(list), defaultdict(list)
    for number, item in enumerate(reading.items, start=1):
        begin[item.start].append(number)
        finish[item.end].append(number)
    open_items: list[int] = []
    for start, end in pairwise(sorted({0, len(source), *begin, *finish})):
        open_items = [n for n in open_items if n not in finish[start]] + begin[start]
        kinds = [KINDS[reading.items[number - 1].kind] for number in open_items]
        text.append("" if coloured else "【" * len(begin[start]))
        text.append(_clean(source[start:end]), STYLES[kinds[0]] if kinds and coloured else "")
        for number in finish[end]:
            kind = KINDS[reading.items[number - 1].kind]
            text.append("" if coloured else "】")
            text.append(f"〔{number}〕" if coloured else f"〔{number} {kind}〕", "dim")
    return text


def _clean(text: str) -> str:
    return printable(text.replace("\r", ""))
