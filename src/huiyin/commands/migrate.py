"""`huiyin migrate`: bring the database up to date; on PostgreSQL only this command does it."""

from __future__ import annotations

import argparse

from huiyin.commands import upgrade
from huiyin.commands.terminal import say


def main(argv: list[str]) -> int:
    """Migrate, with a copy of a SQLite database made first; --check only says what is lacking (code 1)."""
    parser = argparse.ArgumentParser(
        prog="huiyin migrate", description="升级数据库 / migrate the database"
    )
    parser.add_argument(
        "--check", action="store_true", help="只检查，不改动 / only say what is lacking"
    )
    if parser.parse_args(argv).check:
        return _check()
    upgrade.bring_up_to_date(say)
    say("数据库已是最新。")
    return 0


def _check() -> int:
    upgrade.check_not_newer()
    lacking = upgrade.pending()
    for name in lacking:
        say(f"尚未升级：{name}")
    return 1 if lacking else 0
