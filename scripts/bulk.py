"""Reading in bulk: makes mixed documents (txt, html, docx, xlsx, pdf) and reads them with `huiyin read --jobs`.

    python scripts/bulk.py [--size 14] [--jobs 2] [--keep FOLDER]

The documents are the demo's own words put together anew, so that no two are alike; what `huiyin read`
says of them (how many read, how many not) is printed with the seconds and the processor time it took.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARAGRAPHS = 120
"""Paragraphs of one document: about eight thousand characters."""
HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
UNITS = ["市水务局", "市教育局", "市财政局", "市住建局", "市应急管理局", "各县区人民政府"]


def main() -> int:
    """Make the documents, read them, say what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=float, default=14, help="megabytes of documents")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    parser.add_argument("--keep", type=Path, help="folder for the documents, kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huiyin-bulk-") as folder:
        made = arguments.keep or Path(folder) / "documents"
        files, size = make(made, arguments.size)
        seconds, worked, said = read(made, Path(folder) / "readings", arguments.jobs)
    print(
        f"{files} documents, {size / 1e6:.1f} MB: {seconds:.1f} s, {worked:.1f} s of processor; {said}"
    )
    return 0


def make(folder: Path, megabytes: float) -> tuple[int, int]:
    """The folder holds so many megabytes of documents of all kinds; returns how many, and their size."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(20)
    pool = _paragraphs()
    makers = {".txt": _txt, ".html": _html, ".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf}
    size = count = 0
    while size < megabytes * 1e6:
        for ending, made in makers.items():
            lines = [f"关于第{count + 1}批重点工作的通知", *chance.choices(pool, k=PARAGRAPHS)]
            data = made(lines, chance)
            (folder / f"{count:04d}{ending}").write_bytes(data)
            size, count = size + len(data), count + 1
    return count, size


def read(folder: Path, out: Path, jobs: int) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor that `huiyin read` took, and what it said."""
    command = [sys.executable, "-m", "huiyin", "read", folder, "--out", out, "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, worked, done.stderr.splitlines()[-1].split("。")[0]


def _paragraphs() -> list[str]:
    texts = (ROOT / "src" / "huiyin" / "demo" / "data" / "texts").glob("*.txt")
    words = "\n".join(path.read_text("utf-8") for path in sorted(texts))
    words = re.sub(r"\{\{[^}]*\}\}", "12月20日", words)
    return [line.strip() for line in words.split("\n") if len(line.strip()) > 20]


Chance = random.Random
Maker = Callable[[list[str], Chance], bytes]


def _txt(lines: list[str], chance: Chance) -> bytes:
    return "\n".join(lines).encode(chance.choice(["utf-8", "gb18030"]))


def _html(lines: list[str], chance: Chance) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    menu = "<div class='nav'><a href='/'>首页</a> &gt; <a href='/a'>政务公开</a></div>"
    return (
        f"<html><head><meta charset='utf-8'><title>{lines[0]}</title></head>"
        f"<body>{menu}<h1>{lines[0]}</h1>{body}{_html_table(chance)}</body></html>"
    ).encode()


def _html_table(chance: Chance) -> str:
    rows = (
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _rows(chance, 20)
    )
    return f"<table>{''.join(rows)}</table>"


def _rows(chance: Chance, count: int) -> list[list[str]]:
    rows = [HEADER]
    for number in range(1, count + 1):
        lead, helping = chance.sample(UNITS, 2)
        task = f"完成第{chance.randint(1, 500)}处隐患整治，新增泊位{chance.randint(10, 900)}个"
        rows.append([str(number), task, lead, helping, f"{chance.randint(3, 12)}月底前"])
    return rows


def _docx(lines: list[str], chance: Chance) -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    rows = _rows(chance, 15)
    table = document.add_table(len(rows), len(HEADER))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    return _saved(document.save)


def _xlsx(_lines: list[str], chance: Chance) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in _rows(chance, 300):
        book.active.append(row)
    return _saved(book.save)


def _pdf(lines: list[str], chance: Chance) -> bytes:
    from huiyin.reading.formats.tests.makers import set_pdf, table_pdf

    if chance.random() < 0.3:
        return table_pdf(lines[0], _rows(chance, 60), widths=(40, 160, 90, 90, 70), repeat=1)
    return set_pdf(lines, header="云川市人民政府公报")


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
