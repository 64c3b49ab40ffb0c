"""Check an export file offline and say the result in plain lines, Chinese and English."""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from huiyin.proof import canonical, merkle, seals
from huiyin.proof.canonical import NotCanonical, Value
from huiyin.proof.chain import Checker, Entry, Fault, leaf_hash
from huiyin.proof.export import BadExport, Damage, End, Event, Header, Record, Text, read
from huiyin.proof.seals import BadSeal, Seal

WHOLE, BROKEN, UNCHECKED = 0, 1, 2
"""Exit codes: everything holds; something does not; the question could not be asked."""

SHOWN = 50
"""Faults printed before the rest is only counted."""


@dataclass(slots=True)
class Result:
    """What a check found: the faults as sentences (Chinese), and what was checked."""

    header: Header | None = None
    count: int = 0
    root: str = ""
    texts: int = 0
    withdrawn: int = 0
    seals: int = 0
    extends: Seal | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check_export(stream: IO[bytes], *, extends: Seal | None = None) -> Result:
    """Return what is wrong with the export; with `extends`, also unless it extends that seal.

    A file that is no export raises BadExport at its first line; damage further on is a fault.
    """
    checking = _Checking(extends)
    for record in read(stream):
        checking.take(record)
    return checking.finish()


class _Checking:
    """One pass over the records; 32 bytes are kept of each event, for the seals."""

    def __init__(self, extends: Seal | None) -> None:
        self.result = Result(extends=extends)
        self._leaves = bytearray()
        self._seals: list[Seal] = [extends] if extends else []
        self._chain: Checker | None = None
        self._end: End | None = None

    def take(self, record: Record) -> None:
        if isinstance(record, Header):
            self.result.header = record
            self._chain = Checker(record.jurisdiction)
        elif isinstance(record, Event):
            self._take_event(record)
        elif isinstance(record, Seal):
            self.result.seals += 1
            self._seals.append(record)
        elif isinstance(record, Damage):
            self.result.faults.append(str(record))
        else:
            self._end = record

    def finish(self) -> Result:
        self.result.count = len(self._leaves) // 32
        wanted = {seal.size for seal in self._seals} | {self.result.count}
        roots = merkle.roots_at(self._each_leaf(), wanted)
        self.result.root = roots[self.result.count].hex()
        for seal in self._seals:
            self._check_seal(seal, roots.get(seal.size))
        self._check_end()
        return self.result

    def _take_event(self, event: Event) -> None:
        self._leaves += leaf_hash(event.body)
        entry = Entry(position=event.position, hash=event.hash, body=event.body)
        if self._chain is not None:
            self._add(self._chain.feed(entry))
        self._check_texts(event)

    def _check_texts(self, event: Event) -> None:
        bound = _bound_texts(event.body)
        for text in event.texts:
            self._check_text(event, text, bound.pop(text.field, None))
        for name in bound:
            self.result.faults.append(f"第{event.position}条缺少文字“{name}”。")

    def _check_text(self, event: Event, text: Text, bound: Value) -> None:
        if text.text is None:
            self.result.withdrawn += 1
        elif not _matches(text, bound):
            self.result.faults.append(
                f"第{event.position}条的文字“{text.field}”与记录中的摘要不符，文字被改动过。"
            )
        else:
            self.result.texts += 1

    def _check_seal(self, seal: Seal, root: bytes | None) -> None:
        header = self.result.header
        name = f"{seal.sealed_at}的封存（{seal.size}条）"
        if header is not None and seal.jurisdiction != header.jurisdiction:
            self.result.faults.append(
                f"{name}属于另一个机关（{seal.jurisdiction}），不能相互印证。"
            )
        elif root is None:
            self.result.faults.append(f"台账比{name}还短：现有{self.result.count}条，末尾被截去。")
        elif root.hex() != seal.root:
            self.result.faults.append(f"台账与{name}不符：封存之前的记录被改动过。")

    def _check_end(self) -> None:
        end, result = self._end, self.result
        if end is None:
            return
        if end.count != result.count:
            result.faults.append(f"文件末尾记有{end.count}条，实有{result.count}条。")
        elif end.root != result.root:
            result.faults.append("文件末尾所记的根与记录不符。")

    def _add(self, faults: list[Fault]) -> None:
        self.result.faults += [str(fault) for fault in faults]

    def _each_leaf(self) -> list[bytes]:
        data = bytes(self._leaves)
        return [data[at : at + 32] for at in range(0, len(data), 32)]


def _bound_texts(body: bytes) -> dict[str, Value]:
    """Return field -> digest of the texts that the body binds."""
    try:
        value = canonical.decode(body)
    except NotCanonical:
        return {}
    texts = value.get("texts") if isinstance(value, dict) else None
    return dict(texts) if isinstance(texts, dict) else {}


def _matches(text: Text, bound: Value) -> bool:
    try:
        return canonical.digest(bytes.fromhex(text.salt or ""), text.text or "") == bound
    except ValueError:
        return False


def main(argv: list[str] | None = None) -> int:
    """Check the file named on the command line and return the exit code."""
    options = _parser().parse_args(argv)
    _write_whatever_the_console_can()
    try:
        extends = seals.load(Path(options.extends).read_bytes()) if options.extends else None
        with Path(options.file).open("rb") as stream:
            result = check_export(stream, extends=extends)
    except (OSError, BadSeal, BadExport) as error:
        sys.stderr.write(f"无法核验：{error}\nCannot be checked: {type(error).__name__}\n")
        return UNCHECKED
    sys.stdout.write("\n".join(report(result)) + "\n")
    return WHOLE if result.whole else BROKEN


def _write_whatever_the_console_can() -> None:
    """Let a console of another encoding show escapes rather than end the check."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def report(result: Result) -> list[str]:
    """Return the result as lines, each thing in Chinese and then in English."""
    return [*_what(result), *(_good(result) if result.whole else _bad(result))]


def _what(result: Result) -> list[str]:
    header = result.header
    if header is None:
        return []
    return [
        f"台账：{header.name}（{header.jurisdiction}），导出于{header.exported_at}",
        f"记录{result.count}条，根 {result.root}",
        f"{result.count} events, root {result.root}",
    ]


def _good(result: Result) -> list[str]:
    lines = [
        f"完好：链条无缺无改；{result.seals}次封存、{result.texts}段文字逐一相符，另{result.withdrawn}段文字已撤回。",
        f"Whole: {result.seals} seals and {result.texts} texts agree, {result.withdrawn} withdrawn.",
    ]
    if result.extends:
        seal = result.extends
        lines += [
            f"延续：包含{seal.sealed_at}封存时的全部{seal.size}条，一字未改。",
            f"Extends the seal of {seal.sealed_at} over {seal.size} events.",
        ]
    else:
        lines += [
            "提示：没有用外部保存的封存文件（--extends）对照，整本重写无法排除。",
            "Note: without --extends SEAL_FILE a ledger rewritten as a whole is not ruled out.",
        ]
    return lines


def _bad(result: Result) -> list[str]:
    more = len(result.faults) - SHOWN
    lines = [f"不符 FAULT：{fault}" for fault in result.faults[:SHOWN]]
    if more > 0:
        lines.append(f"另有{more}处未列出 / {more} more.")
    return [
        *lines,
        f"结论：发现{len(result.faults)}处不符，台账不完好。",
        f"Not whole: {len(result.faults)} faults.",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m huiyin.proof",
        description="离线核验回音台账导出文件 / check an exported Huiyin ledger offline",
        epilog="退出码 exit code: 0 完好 whole, 1 有不符 faults, 2 无法核验 cannot be checked",
    )
    parser.add_argument("file", help="导出文件 the export (JSON Lines)")
    parser.add_argument(
        "--extends", metavar="SEAL_FILE", help="先前的封存文件 an earlier seal to be extended"
    )
    return parser
