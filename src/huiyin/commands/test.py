"""`huiyin test`: everything on SQLite, then on PostgreSQL, then the journeys in a browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree  # our own report, written a moment ago
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.commands import machine
from huiyin.commands.terminal import say

ROOT = Path(__file__).parents[3]
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
WITHOUT_DATABASE = ("src/huiyin/reading", "src/huiyin/proof")
PARTS = ("sqlite", "postgres", "journeys")


@dataclass(slots=True)
class Part:
    """How one part of the tests ended."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    seconds: float = 0.0
    code: int = 0

    def __str__(self) -> str:
        """One line of the summary."""
        line = f"{self.name}：通过{self.passed}，失败{self.failed}，跳过{len(self.skipped)}，{self.seconds:.0f}秒"
        return line + ("" if self.code == 0 else f"（退出码{self.code}）")


def main(argv: list[str]) -> int:
    """0 when every part passed; the last lines say what was run, and what was skipped and why."""
    arguments = _parser().parse_args(argv)
    wanted = [arguments.only] if arguments.only else PARTS
    parts = [
        _journeys(arguments) if name == "journeys" else _on(name, arguments) for name in wanted
    ]
    return _summary(parts, strict=arguments.no_skips)


def _on(database: str, arguments: argparse.Namespace) -> Part:
    """All tests but the journeys, on one database."""
    say(f"== {database} ==")
    options = ["-m", "not journey and not fuzz", *arguments.paths]
    if database == "postgres" and not arguments.paths:
        say("（reading、proof 不用数据库，上一部分已经测过。）")
        options += [f"--ignore={folder}" for folder in WITHOUT_DATABASE]
    return _pytest(database, options, arguments)


def _journeys(arguments: argparse.Namespace) -> Part:
    """The journeys in Chromium, which is installed first where that can be done."""
    say("== journeys ==")
    if machine.program(*machine.CHROMIUMS) is None:
        _install_chromium()
    if machine.program(*machine.CHROMIUMS) is None:
        line = "sudo " + " ".join(INSTALL)
        return Part("journeys", skipped=[f"本机没有Chromium，浏览器测试没有运行。请运行：{line}"])
    return _pytest("journeys", ["-m", "journey", *arguments.paths], arguments)


def _install_chromium() -> None:
    """On Debian and Ubuntu, as root, Chromium and a Chinese font are installed by apt."""
    if os.name != "posix" or os.geteuid() != 0 or machine.program("apt-get") is None:
        return
    say(f"浏览器测试需要Chromium和中文字体，现在安装：{' '.join(INSTALL)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(INSTALL, env=environment, check=False).returncode != 0:
        subprocess.run(["apt-get", "update"], env=environment, check=False)
        subprocess.run(INSTALL, env=environment, check=False)


def _pytest(name: str, options: list[str], arguments: argparse.Namespace) -> Part:
    """One run of pytest; its counts come from its own report."""
    with tempfile.TemporaryDirectory(prefix="huiyin-test-") as folder:
        report = Path(folder) / "report.xml"
        database = "postgres" if name == "postgres" else "sqlite"
        environment = {
            **os.environ,
            "HUIYIN_TEST_DATABASE": database,
            "PYTHONHASHSEED": "0",  # the workers must collect the same tests in the same order
            "HUIYIN_DATA": folder,
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1"
            if name == "journeys"
            else "",  # sync Playwright beside the ORM
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
        if arguments.jobs > 1:
            command += ["-n", str(arguments.jobs)]
        started = time.monotonic()
        code = subprocess.run(
            [*command, *options], cwd=ROOT, env=environment, check=False
        ).returncode
        return _part(name, report, code, time.monotonic() - started)


def _part(name: str, report: Path, code: int, seconds: float) -> Part:
    part = Part(name, code=code, seconds=seconds)
    if not report.exists():
        return part
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own report
        skip = case.find("skipped")
        if skip is not None:
            part.skipped.append(
                f"{case.get('classname')}.{case.get('name')}：{skip.get('message')}"
            )
        elif case.find("failure") is not None or case.find("error") is not None:
            part.failed += 1
        else:
            part.passed += 1
    return part


def _summary(parts: list[Part], *, strict: bool) -> int:
    """Say how each part ended; with `strict` anything skipped is a failure."""
    say("")
    for part in parts:
        for line in part.skipped:
            say(f"跳过 SKIPPED：{line}")
    for part in parts:
        say(part)
    skipped = sum(len(part.skipped) for part in parts)
    good = all(part.code == 0 and not part.failed for part in parts) and not (strict and skipped)
    if skipped:
        say(f"有{skipped}项没有运行，原因见上。/ {skipped} skipped, see above.")
    say("全部通过。/ All passed." if good else "没有全部通过。/ Not all passed.")
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huiyin test", description="运行全部测试 / run every test"
    )
    parser.add_argument("paths", nargs="*", help="只测这些 / only these")
    parser.add_argument("--only", choices=PARTS, help="只运行一部分 / one part only")
    parser.add_argument("--no-skips", action="store_true", help="跳过即失败 / a skip is a failure")
    parser.add_argument("--jobs", type=int, default=2, help="并行进程数 / processes")
    return parser
