"""The `huiyin` command: finds the sub-command and runs it; each lies in `huiyin.commands`.

A sub-command is a module with `main(argv) -> int` (the exit code: 0 done, 1 refused or found
something wrong, 2 bad usage), imported only when it is called; `read` never loads Django.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

COMMANDS = {
    "demo": "示范单位：生成并打开（数据在 data-demo，仅本机可访问）/ a made-up office at work",
    "serve": "启动系统 / start the office's server",
    "read": "阅读文件，列出其中的任务要求 / read documents and list what they demand",
    "verify": "核验台账，导出台账 / check the ledger, export it",
    "seal": "封存台账，导出封存文件 / seal the ledger and hand out the seal",
    "token": "接口令牌：发放、撤销 / API tokens: create, revoke",
    "migrate": "升级数据库 / bring the database up to date",
    "work": "只运行后台工作 / run the background worker alone",
    "doctor": "检查本机缺少什么 / say what is missing on this machine",
    "test": "运行全部测试 / run every test",
    "manage": "Django 管理命令 / Django's own commands",
}
NEEDS_DJANGO = {"serve", "verify", "seal", "token", "migrate", "work"}
"""Commands started after django.setup(); the others start it themselves if they need it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command and return its exit code; 2 when there is none of that name."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        _say(usage())
        return 0 if words else 2
    if words[0] not in COMMANDS:
        _say(f"没有“{words[0]}”这个命令。/ There is no command {words[0]!r}.\n\n{usage()}")
        return 2
    return _run(words[0], words[1:])


def usage() -> str:
    """Every sub-command with its line."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {line}" for name, line in COMMANDS.items()]
    return "\n".join(
        ["huiyin 回音：件件有着落，事事有回音", "", "huiyin COMMAND [--help]", "", *lines]
    )


def _run(name: str, argv: list[str]) -> int:
    try:
        return _within_django(name, argv) if name in NEEDS_DJANGO else _module(name)(argv)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `huiyin read … | head`
        sys.stderr.close()
        return 1


def _within_django(name: str, argv: list[str]) -> int:
    """Set Django up, run, and say a refusal as its sentence."""
    from huiyin.commands.terminal import start_django
    from huiyin.errors import Refusal

    start_django()
    try:
        return _module(name)(argv)
    except Refusal as refusal:
        _say(f"{refusal.sentence}{refusal.next_step}")
        return 1


def _module(name: str) -> Callable[[list[str]], int]:
    return cast("Callable[[list[str]], int]", import_module(f"huiyin.commands.{name}").main)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
