"""`huiyin serve`: the whole office in one command — pages, API and background work."""

from __future__ import annotations

import argparse
import os
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from huiyin.commands import machine, upgrade
from huiyin.commands.terminal import complain, say
from huiyin.errors import Refusal
from huiyin.ledger.worker import Worker
from huiyin.people import setup

THREADS = 8
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat files, never read back


def main(argv: list[str]) -> int:
    """Serve until stopped (Ctrl-C, SIGTERM: requests and the piece of work in hand are ended first)."""
    arguments = _parser().parse_args(argv)
    return run(arguments.listen, threads=arguments.threads)


def run(listen: str, *, threads: int = THREADS) -> int:
    """Prepare the database, say the address (and on an empty one the set-up address), and serve."""
    _check_free(listen)
    _prepare_database()
    address = f"http://{listen}"
    say(f"回音已启动：{address} （按Ctrl-C停止）")
    if setup.is_needed():
        say("本机还没有设立单位。请在浏览器打开下面的一次性地址：")
        say(f"  {address}/setup/?token={setup.issue_token()}")
    connections.close_all()  # no connection outlives the fork
    Server(listen, threads=threads).run()
    return 0


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn inside this process: one worker process with threads, and the background worker in it."""

    def __init__(self, listen: str, *, threads: int) -> None:
        self.listen = listen
        self.threads = threads
        self.background: Worker | None = None
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told; nothing is read from its files or variables."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """The application, in the worker process."""
        return get_wsgi_application()

    def _options(self) -> dict[str, Any]:
        return {
            "bind": self.listen,
            "workers": 1,
            "worker_class": "gthread",
            "threads": self.threads,
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
            "post_worker_init": self._start_background,
            "worker_exit": self._stop_background,
        }

    def _start_background(self, _worker: Any) -> None:
        self.background = Worker()
        self.background.start()

    def _stop_background(self, _server: Any, _worker: Any) -> None:
        if self.background is not None:
            self.background.stop()


def _check_free(listen: str) -> None:
    """Refuse an address that cannot be listened on, before the database is touched."""
    host, _colon, port = listen.rpartition(":")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), int(port)))
    except (OSError, ValueError, OverflowError) as error:
        raise Refusal(
            f"不能在{listen}监听（{error}）。",
            code="cannot_listen",
            next_step="请检查是否已有程序占用，或用 --listen HOST:PORT 另选地址。",
        ) from error


def _prepare_database() -> None:
    """SQLite is brought up to date here; PostgreSQL only by `huiyin migrate`, on purpose."""
    upgrade.check_not_newer()
    if not upgrade.is_postgres():
        machine.refuse_network_folder(Path(settings.DATA))
        upgrade.bring_up_to_date(say)
    elif upgrade.pending():
        complain("数据库尚未升级。请先备份，再运行 huiyin migrate。")
        raise SystemExit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiyin serve", description="启动系统 / start the server")
    parser.add_argument(
        "--listen",
        default=os.environ.get("HUIYIN_LISTEN", "127.0.0.1:8000"),
        metavar="HOST:PORT",
        help="监听地址，默认127.0.0.1:8000 / where to listen",
    )
    parser.add_argument("--threads", type=int, default=THREADS, help="线程数 / threads")
    return parser
