"""`huiyin doctor`: what is missing on this machine, and what then does not work."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huiyin.commands import machine
from huiyin.commands.terminal import say, start_django

ROOM = 2 * 2**30
"""Free bytes below which a data folder is called nearly full."""


class Mark(StrEnum):
    """How a finding stands."""

    GOOD = "✓"
    LACKING = "！"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands, and what follows from that."""

    mark: Mark
    what: str
    said: str


Findings = Iterator[Finding]


def main(argv: list[str]) -> int:
    """Print the findings; 1 when something is wrong that keeps the system from working safely."""
    parser = argparse.ArgumentParser(
        prog="huiyin doctor", description="检查本机 / check this machine"
    )
    parser.parse_args(argv)
    findings = list(examine())
    for finding in findings:
        say(f"{finding.mark} {finding.what}：{finding.said}")
    return int(any(finding.mark == Mark.BAD for finding in findings))


def examine() -> Findings:
    """Every finding, the machine first, then the data folder and the database."""
    checks: list[Callable[[], Findings]] = [_python, _programs, _fonts, _postgres, _data_folder]
    for check in checks:
        yield from check()
    try:
        yield from _database()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a database is a finding
        yield Finding(Mark.BAD, "数据库", f"连接不上（{type(error).__name__}：{error}）。")


def _python() -> Findings:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    yield Finding(
        Mark.GOOD if good else Mark.BAD, "Python", version if good else f"{version}，需要3.11以上。"
    )
    enough = sqlite3.sqlite_version_info >= (3, 31)
    said = sqlite3.sqlite_version if enough else f"{sqlite3.sqlite_version}，需要3.31以上。"
    yield Finding(Mark.GOOD if enough else Mark.BAD, "SQLite", said)


def _programs() -> Findings:
    wanted = [
        (
            "Chromium",
            machine.CHROMIUMS,
            "浏览器测试和截图不能运行；不影响使用。安装：apt install chromium",
        ),
        (
            "LibreOffice",
            machine.OFFICES,
            "不能转换.doc旧格式；请先另存为.docx再导入。安装：apt install libreoffice-writer-nogui",
        ),
    ]
    for what, names, otherwise in wanted:
        found = machine.program(*names)
        yield Finding(
            Mark.GOOD if found else Mark.LACKING,
            what,
            str(found) if found else f"未安装，{otherwise}",
        )


def _fonts() -> Findings:
    fonts = machine.chinese_fonts()
    if fonts:
        yield Finding(
            Mark.GOOD, "中文字体", "、".join(fonts[:3]) + ("等" if len(fonts) > 3 else "")
        )
        return
    yield Finding(
        Mark.LACKING,
        "中文字体",
        "未安装，在本机截图和打印会缺字；用户的浏览器不受影响。安装：apt install fonts-noto-cjk",
    )


def _postgres() -> Findings:
    if os.environ.get("DATABASE_URL"):
        yield Finding(Mark.GOOD, "PostgreSQL", "按DATABASE_URL使用。")
        return
    found = machine.program("postgres", "psql")
    said = (
        f"{found}，未使用（没有设置DATABASE_URL）。"
        if found
        else "未安装；单机使用SQLite，不需要。"
    )
    yield Finding(Mark.GOOD, "PostgreSQL", said)


def _data_folder() -> Findings:
    folder = Path(os.environ.get("HUIYIN_DATA", "data")).absolute()
    if not folder.exists():
        yield Finding(Mark.GOOD, "数据目录", f"{folder} 尚未建立，启动时自动建立。")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            Mark.BAD, "数据目录", f"{folder} 不能写入，系统不能启动。请改正目录的所有者。"
        )
        return
    open_to_others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    said = (
        f"{folder}，同机其他用户可以进入。请运行：chmod 700 {folder}"
        if open_to_others
        else str(folder)
    )
    yield Finding(Mark.LACKING if open_to_others else Mark.GOOD, "数据目录", said)
    yield from _disk(folder)
    yield from _secret(folder / "secret-key")


def _disk(folder: Path) -> Findings:
    free = shutil.disk_usage(folder).free
    little = free < ROOM
    said = f"剩余{free / 2**30:.1f} GB" + ("，不久将无法保存文件。" if little else "")
    yield Finding(Mark.LACKING if little else Mark.GOOD, "磁盘", said)
    kind = machine.file_system_of(folder)
    if kind in machine.NETWORK:
        yield Finding(Mark.BAD, "文件系统", f"{kind}是网络文件系统，不能存放SQLite数据库。")


def _secret(path: Path) -> Findings:
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(Mark.BAD, "密钥文件", f"{path} 可被他人读取。请运行：chmod 600 {path}")


def _database() -> Findings:
    start_django()
    from huiyin.commands import upgrade
    from huiyin.ledger import followers, guards, work

    newer, lacking = upgrade.unknown(), upgrade.pending()
    if newer:
        yield Finding(Mark.BAD, "数据库", f"由更新版本的程序写过（{newer[0]}），本版本不能使用。")
    elif lacking:
        yield Finding(
            Mark.LACKING, "数据库", f"有{len(lacking)}项升级未做，请运行 huiyin migrate。"
        )
    else:
        yield Finding(Mark.GOOD, "数据库", "已是最新。")
        missing = guards.missing()
        said = f"缺少{'、'.join(missing)}，台账可被改写。请运行 huiyin migrate，并 huiyin verify。"
        yield Finding(Mark.BAD if missing else Mark.GOOD, "只增保护", said if missing else "齐全。")
        given_up = [str(row) for row in (*work.failed(), *followers.parked())]
        said = (
            f"{len(given_up)}项没有做成（{given_up[-1]}），可用 huiyin work --retry 重试。"
            if given_up
            else "没有积压。"
        )
        yield Finding(Mark.LACKING if given_up else Mark.GOOD, "后台工作", said)
