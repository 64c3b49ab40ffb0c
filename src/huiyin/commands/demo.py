"""`huiyin demo`: a made-up office with a year of history, in a folder of its own, on this machine only."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.commands.terminal import complain, say, start_django

if TYPE_CHECKING:
    from huiyin.demo.build import Summary

FOLDER = "data-demo"
MARK = "demo.json"
"""Written when the build is through; a folder without it is not a demo office, or half of one."""
OLD_DAYS = 14
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def main(argv: list[str]) -> int:
    """Build the demo office if there is none yet, say the accounts, and serve it."""
    arguments = _parser().parse_args(argv)
    host = arguments.listen.rpartition(":")[0]
    if host not in LOOPBACK:
        complain("演示单位的口令人人知道，只能在本机上打开：--listen 127.0.0.1:端口。")
        return 2
    data = _choose_folder()
    start_django()
    if not _prepare(data, fresh=arguments.fresh):
        return 1
    _say_accounts(json.loads((data / MARK).read_text("utf-8")))
    if arguments.build_only:
        return 0
    from huiyin.commands import serve

    return serve.run(arguments.listen)


def _choose_folder() -> Path:
    """The demo's own folder and SQLite, whatever the environment says about the real office."""
    os.environ.pop("DATABASE_URL", None)
    data = Path(os.environ.setdefault("HUIYIN_DATA", FOLDER)).absolute()
    os.environ["HUIYIN_DATA"] = str(data)
    os.environ["HUIYIN_DEMO"] = "1"
    return data


def _prepare(data: Path, *, fresh: bool) -> bool:
    """The demo office stands in the folder; False when the folder holds a real office."""
    if (data / MARK).exists() and not fresh:
        return True
    if not _is_ours(data):
        complain(
            f"{data} 里是正式单位的数据，不能建演示单位。请不要设置 HUIYIN_DATA，或换一个文件夹。"
        )
        return False
    _clear(data)
    _build(data)
    return True


def _is_ours(data: Path) -> bool:
    """Whether the folder is empty or holds nothing but a demo office, finished or not."""
    from django.db import connection

    if not (data / "huiyin.sqlite3").exists():
        return True
    from huiyin.ledger.models import ChainHead

    if ChainHead._meta.db_table not in connection.introspection.table_names():
        return True
    return not ChainHead.objects.filter(is_demo=False).exists()


def _clear(data: Path) -> None:
    """Nothing of an earlier or half built demo is left; the secret key stays."""
    from django.db import connections

    connections.close_all()
    (data / MARK).unlink(missing_ok=True)
    for name in ("huiyin.sqlite3", "huiyin.sqlite3-wal", "huiyin.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(data / "files", ignore_errors=True)


def _build(data: Path) -> None:
    from django.core.management import call_command

    from huiyin.demo.build import build

    say("正在建演示单位（一座编的城市，一年的往来）……")
    call_command("migrate", verbosity=0)
    summary = build(progress=_progress)
    say()
    (data / MARK).write_text(json.dumps(_kept(summary), ensure_ascii=False), "utf-8")


def _progress(done: int, total: int) -> None:
    """One line that fills up on a terminal; ten lines elsewhere."""
    if sys.stdout.isatty():
        filled = 40 * done // total
        sys.stdout.write(f"\r  [{'█' * filled}{'·' * (40 - filled)}] {done}/{total}")
        sys.stdout.flush()
    elif done % max(1, total // 10) == 0:
        say(f"  {done}/{total}")


def _kept(summary: Summary) -> dict[str, Any]:
    """What later starts say again."""
    return {
        "office": summary.office,
        "password": summary.password,
        "built_on": date.today().isoformat(),  # noqa: DTZ011 - of this machine, for a hint only
        "accounts": [[account.login, account.name, account.posts] for account in summary.accounts],
        "matters": summary.matters,
        "documents": summary.documents,
        "seconds": round(summary.seconds),
    }


def _say_accounts(kept: dict[str, Any]) -> None:
    say(f"演示单位：{kept['office']}，{kept['documents']}份文件，{kept['matters']}件事项。")
    age = (date.today() - date.fromisoformat(kept["built_on"])).days  # noqa: DTZ011
    if age >= OLD_DAYS:
        say(f"它建于{age}天前。要一份到今天为止的，请运行 huiyin demo --fresh。")
    say(f"口令都是：{kept['password']}")
    width = max(len(login) for login, _name, _posts in kept["accounts"])
    for login, name, posts in kept["accounts"]:
        say(f"  {login:<{width}}  {name}　{posts}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiyin demo", description="演示单位 / the demo office")
    parser.add_argument(
        "--listen",
        default="127.0.0.1:8000",
        metavar="HOST:PORT",
        help="监听地址，只能是本机 / loopback only",
    )
    parser.add_argument("--fresh", action="store_true", help="重新建一份 / build it anew")
    parser.add_argument("--build-only", action="store_true", help="只建不开 / build, do not serve")
    return parser
