"""`huiyin work`: the background worker alone, beside servers on a PostgreSQL database."""

from __future__ import annotations

import argparse
import signal
import threading

from huiyin.commands import upgrade
from huiyin.commands.terminal import complain, say
from huiyin.ledger.worker import Worker


def main(argv: list[str]) -> int:
    """Work until told to stop (Ctrl-C, SIGTERM); the piece in hand is ended first."""
    parser = argparse.ArgumentParser(prog="huiyin work", description="后台工作 / the worker alone")
    parser.parse_args(argv)
    if upgrade.pending():
        complain("数据库尚未升级，请先运行 huiyin migrate。")
        return 1
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    worker = Worker()
    worker.start()
    say("后台工作已启动，按Ctrl-C停止。")
    stop.wait()
    worker.stop(timeout=60)
    return 0
