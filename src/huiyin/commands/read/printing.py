"""What `huiyin read` says: JSON on standard output, progress and problems on standard error."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from huiyin.commands.read.batch import Outcome
from huiyin.commands.read.options import Options
from huiyin.reading import Reading
from huiyin.reading.output import to_json

if TYPE_CHECKING:
    from rich.progress import Progress

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text without what would steer a terminal: a document must not paint over it."""
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))
    return text.encode("utf-8", "replace").decode("utf-8")


class Printer:
    """Takes outcomes as they come and says them in the form asked for."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._progress = _progress(options)
        self._task = (
            self._progress.add_task("阅读", total=len(options.files)) if self._progress else None
        )
        self.read = self.skipped = self.failed = 0

    def __enter__(self) -> Printer:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()
        if kind is None and self._options.out is not None:
            self._say_sum()

    def take(self, outcome: Outcome) -> None:
        """Say one outcome: a problem in one line naming the file, a reading as asked."""
        if outcome.problem:
            self.failed += 1
            self._complain(outcome.path, outcome.problem)
        elif outcome.skipped:
            self.skipped += 1
        else:
            self.read += 1
            if outcome.reading is not None:
                self._show(outcome.reading)
        if self._progress and self._task is not None:
            self._progress.advance(self._task)

    def _show(self, reading: Reading) -> None:
        if self._options.form in {"json", "jsonl"}:
            indent = 1 if self._options.form == "json" and sys.stdout.isatty() else None
            sys.stdout.buffer.write(to_json(reading, indent=indent).encode("utf-8") + b"\n")
            sys.stdout.buffer.flush()
            return
        from huiyin.commands.read import register

        show = register.explain if self._options.form == "explain" else register.register
        show(reading)

    def _complain(self, path: Path, problem: str) -> None:
        line = printable(f"{path}：{problem}").replace("\n", " ")
        if self._progress:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(line + "\n")

    def _say_sum(self) -> None:
        parts = [f"已读{self.read}份"]
        if self.skipped:
            parts.append(f"先前已读、跳过{self.skipped}份")
        if self.failed:
            parts.append(f"未能读取{self.failed}份")
        sys.stderr.write(f"{'，'.join(parts)}。结果在 {printable(str(self._options.out))}\n")


def _progress(options: Options) -> Progress | None:
    """Return a bar for a batch on a terminal; elsewhere lines would only fill a log."""
    if options.out is None or len(options.files) < 2 or not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True))
