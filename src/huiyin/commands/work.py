"""`huiyin work`: the background worker alone, beside servers on a PostgreSQL database."""

from __future__ import annotations

import argparse
import signal
import threading

from huiyin.commands import upgrade
from huiyin.commands.terminal import complain, say
from huiyin.ledger import followers, work
from huiyin.ledger.worker import Worker, load_handlers


def main(argv: list[str]) -> int:
    """Work until told to stop (Ctrl-C, SIGTERM); the piece in hand is ended first."""
    parser = argparse.ArgumentParser(prog="huiyin work", description="后台工作 / the worker alone")
    parser.add_argument(
        "--retry",
        action="store_true",
        help="重试没有做成的，做完即止 / try again what failed, and end",
    )
    retry = parser.parse_args(argv).retry
    if upgrade.pending():
        complain("数据库尚未升级，请先运行 huiyin migrate。")
        return 1
    return _retry() if retry else _until_stopped()


def _until_stopped() -> int:
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    worker = Worker()
    worker.start()
    say("后台工作已启动，按Ctrl-C停止。")
    stop.wait()
    worker.stop(timeout=60)
    return 0


def _retry() -> int:
    """Parked events are read again, and failed work is wanted again; 1 when something failed again."""
    load_handlers()
    again = [followers.retry(row) for row in followers.parked()]
    for row in work.failed():
        work.want(row.kind, row.subject_id, row.jurisdiction_id)
    work.do_all()
    left = [f"{event}：{event.reason}" for event in followers.parked()]
    left += [f"{row}：{row.reason}" for row in work.failed()]
    for line in left:
        complain(line)
    say(f"重试完毕：事件{sum(again)}条补读，仍有{len(left)}项没有做成。")
    return int(bool(left))
