"""A reading for people: a register as a table, or the text with its findings marked and explained."""

from __future__ import annotations

import sys
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
    """Print the text with every finding in its colour and numbered, then why each was read so."""
    console = _console()
    _print_head(console, reading)
    console.print(_marked(reading), soft_wrap=True)
    for row, item in zip(rows_of(reading), reading.items, strict=True):
        facts = "，".join(part for part in (row.units, row.limit, row.quantities) if part)
        line = Text(f"〔{row.number}〕")
        line.append(row.kind, STYLES[row.kind])
        line.append(printable(f" 把握{row.confidence} {facts}\n"))
        line.append(printable(f"     依据：{'；'.join(item.because) or '无'}"), "dim")
        if item.deadline:
            line.append(printable(f"\n     时限：{item.deadline.why}"), "dim")
        console.print(line, soft_wrap=True)


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


def _marked(reading: Reading) -> Text:
    """Return the text, each item in the colour of its kind with its number behind it."""
    text, source = Text(), reading.source.text
    ends = sorted((item.end, number) for number, item in enumerate(reading.items, start=1))
    spans = [(item.start, item.end, STYLES[KINDS[item.kind]]) for item in reading.items]
    cuts = sorted({0, len(source), *(at for start, end, _ in spans for at in (start, end))})
    opens = sorted(spans)
    for start, end in pairwise(cuts):
        style = next((s for a, b, s in opens if a <= start and end <= b), "")
        text.append(_clean(source[start:end]), style)
        for number in (number for at, number in ends if at == end):
            text.append(f"〔{number}〕", "dim")
    return text


def _clean(text: str) -> str:
    return printable(text.replace("\r", ""))
