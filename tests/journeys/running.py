"""An office as it runs: a data folder of its own, the real server, and the people at their browsers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD

ROOT = Path(__file__).parents[2]
STARTING = 90  # seconds a server may take on a busy machine
WHOLE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CLONES: list[str] = []
DJANGO = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"
django.setup()
"""
ONE_PASSWORD = """
from functools import lru_cache
from django.contrib.auth import base_user
base_user.make_password = lru_cache(base_user.make_password)  # one password, hashed once
"""


def environment(data: Path, database: str) -> dict[str, str]:
    """The environment of a command of this installation, and of no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    kept.pop("DATABASE_URL", None)
    if database:
        kept["DATABASE_URL"] = database
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return kept | {"HUIYIN_DATA": str(data), "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}


@dataclass(slots=True, kw_only=True)
class Place:
    """Where an installation keeps its state: a folder, and on PostgreSQL a database (else "")."""

    data: Path
    database: str = ""

    def run(
        self, *words: str, code: str = "", check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """A command as the administrator types it (`huiyin WORDS…`), or a few lines of Python."""
        command = ["-m", "huiyin", *words] if words else ["-c", code]
        done = subprocess.run(
            [sys.executable, *command],
            env=environment(self.data, self.database),
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout + done.stderr
        return done

    def prepare(self) -> None:
        """The database is made."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.run("migrate")

    def found(self) -> None:
        """The whole cast is there."""
        build = "from tests.cast import build; build(is_demo=False)"
        self.run(code=DJANGO + ONE_PASSWORD + build)

    def live(self) -> None:
        """The cast has been at work: see `living`."""
        self.run(code=DJANGO + "from tests.journeys.living import build; build()")

    def age(self) -> None:
        """The cast is there and half a year has passed: see `days`."""
        build = "from tests.journeys.days import build; build()"
        self.run(code=DJANGO + ONE_PASSWORD + build)

    def copied(self, data: Path) -> Place:
        """An installation of its own that begins as this one stands."""
        shutil.copytree(self.data, data)
        return Place(data=data, database=clone(self.database) if self.database else "")


def clone(address: str, template: str = "") -> str:
    """A new PostgreSQL database made from the one at `address`; its address."""
    import psycopg

    parts = urlsplit(address)
    name = f"journey_{uuid4().hex[:12]}"
    with psycopg.connect(_server(address), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or parts.path[1:]}"')
    made = urlunsplit(parts._replace(path=f"/{name}"))
    CLONES.append(made)
    return made


def drop_clones() -> None:
    """Every database that `clone` made is gone again."""
    import psycopg

    while CLONES:
        address = CLONES.pop()
        with psycopg.connect(_server(address), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{urlsplit(address).path[1:]}" WITH (FORCE)')


def _server(address: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path="/postgres"))


@dataclass(kw_only=True)  # no slots: Playwright hangs its own names on whoever listens
class Office:
    """A running installation; `complaints` is what no browser and no log may ever show."""

    place: Place
    browser: Browser
    address: str = ""
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    log: Path = Path()
    _people: dict[str, Page] = field(default_factory=dict)

    def open(self) -> None:
        """The server runs and answers."""
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = self.place.data / "server.log"
        with self.log.open("ab") as log:
            self.process = self._started(port, log)
        self._wait()

    def _started(self, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "huiyin", "serve", "--listen", f"127.0.0.1:{port}"]
        env = environment(self.place.data, self.place.database)
        return subprocess.Popen(command, env=env, cwd=self.place.data, stdout=log, stderr=log)

    def _wait(self) -> None:
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.said
            try:
                with urllib.request.urlopen(f"{self.address}/sign-in/", timeout=20):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)  # the port is not open yet
        raise AssertionError(self.said)

    def close(self) -> None:
        """Only this server is ended, and its browsers are closed."""
        for context in self.contexts:
            context.close()
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)

    @property
    def said(self) -> str:
        """Everything the server printed."""
        return self.log.read_text("utf-8", "replace")

    def visitor(self, viewport: Mapping[str, int] = WHOLE, **options: Any) -> Page:
        """A browser of somebody who has not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=viewport,
            **options,
        )
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("console", self._hear)
        context.on("response", self._see)
        self.contexts.append(context)
        return context.new_page()

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(f"console: {message.text}")

    def _see(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")
        if response.url.startswith("http") and not response.url.startswith(self.address):
            self.complaints.append(f"left the machine: {response.url}")

    def person(self, key: str, password: str = PASSWORD, **options: Any) -> Page:
        """The browser of one of the cast, signed in; the same one each time unless options are given."""
        if not options and key in self._people:
            return self._people[key]
        page = self.visitor(**options)
        sign_in(page, key, password)
        if not options:
            self._people[key] = page
        return page


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def sign_in(page: Page, username: str, password: str) -> None:
    """The sign-in page, filled as a person fills it."""
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
