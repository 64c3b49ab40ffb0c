"""What the command line of `huiyin read` says, checked before anything is read."""

from __future__ import annotations

import argparse
import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats.txt import decode
from huiyin.reading.types import UnitName

Form = Literal["register", "json", "jsonl", "explain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which files to read, with what, and what to do with the readings."""

    files: tuple[Path, ...]
    form: Form
    out: Path | None
    date: str | None
    units: tuple[UnitName, ...]
    jobs: int
    limits: bool


def parse(argv: list[str]) -> Options:
    """Return the options; bad usage ends with SystemExit(2) after saying why."""
    parser = _parser()
    words = parser.parse_args(argv)
    files = tuple(_files(words.files))
    form: Form = words.form or "register"
    if not files:
        parser.error("文件夹里没有文件 / the folder holds no files")
    if form == "json" and len(files) > 1 and words.out is None:
        parser.error("多个文件请用 --jsonl 或 --out DIR / several files need --jsonl or --out DIR")
    if form in {"jsonl", "explain"} and words.out is not None:
        parser.error("--out 不能与 --jsonl、--explain 同用 / --out writes one JSON file for each")
    return Options(
        files=files,
        form=form,
        out=words.out,
        date=words.date,
        units=words.units,
        jobs=words.jobs or _default_jobs(len(files)),
        limits=words.limits,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huiyin read",
        description="阅读文件，列出其中的任务要求 / read documents and list what they demand",
        epilog="支持 txt、html、docx、pdf（有文字层）、xlsx、xls、ods",
    )
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", type=Path, help="文件或文件夹 / files or folders")
    forms = parser.add_mutually_exclusive_group()
    for form, text in (
        ("json", "输出JSON / print the reading as JSON"),
        ("jsonl", "每份文件输出一行JSON / one line of JSON for each file"),
        ("explain", "显示原文并标出各项及理由 / the text with findings marked, and why"),
    ):
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=text)
    add("--out", type=Path, metavar="DIR", help="逐份写成 DIR/NAME.json，可中断续做")
    add("--date", type=_date, metavar="YYYY-MM-DD", help="推算时限的起算日期（默认取文件自身日期）")
    add("--units", type=_units, default=(), metavar="CSV", help="单位名录：name,aliases 两列")
    add("--jobs", type=_jobs, metavar="N", help="同时阅读的份数")
    add("--limits", action="store_true", help="限制内存1.5GB、处理器120秒（后台用）")
    return parser


def _files(given: list[Path]) -> Iterator[Path]:
    """Yield the files, those of a folder in the order of their names, hidden ones left out."""
    for path in given:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path).parts
                if found.is_file() and not any(part.startswith((".", "~$")) for part in inside):
                    yield found
        else:
            yield path


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写作2026-06-30，不是“{text}”") from None


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"应为1至64的整数，不是“{text}”")
    return int(text)


def _default_jobs(files: int) -> int:
    """Use the machine's processors for a batch; a few files are read before processes start."""
    return 1 if files < 8 else min(os.cpu_count() or 1, 8)


def _units(text: str) -> tuple[UnitName, ...]:
    """Return the directory of a CSV file; aliases are parted by 、 | or ;"""
    try:
        content = decode(Path(text).read_bytes()).text
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"单位名录读不出来：{error}") from error
    except Unreadable as refusal:
        raise argparse.ArgumentTypeError(f"单位名录读不出来：{refusal.sentence}") from refusal
    rows = csv.DictReader(io.StringIO(content))
    if "name" not in (rows.fieldnames or ()):
        raise argparse.ArgumentTypeError("单位名录首行应有name列（另可有aliases列）")
    return tuple(
        UnitName(name=name, aliases=_aliases(row.get("aliases") or ""))
        for row in rows
        if (name := (row["name"] or "").strip())
    )


def _aliases(text: str) -> tuple[str, ...]:
    for mark in "|;；":
        text = text.replace(mark, "、")
    return tuple(alias for part in text.split("、") if (alias := part.strip()))
