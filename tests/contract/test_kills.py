"""SIGKILL in the middle of verbs through the API: the ledger is whole, and what was answered is kept.

`HUIYIN_DRILL_KILLS` says how often (2 in CI, 20 in `make drill`); on PostgreSQL a worker of its own dies with the server.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("HUIYIN_DRILL_KILLS", "2"))
CLIENTS = 3


@dataclass
class Clients:
    """Officials at work through the API until the server is gone; what was answered to them."""

    address: str
    tokens: dict[str, str]
    matters: list[int]
    assignments: list[int]
    units: list[int]
    round: int
    answered: list[tuple[int, str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str, dict[str, Any], str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def work(self, number: int) -> None:
        chance = Random(f"{self.round}/{number}")
        for count in itertools.count():
            path, by, given = self._deed(chance)
            key = f"kill-{self.round}-{number}-{count}"
            try:
                said = self.ask(path, by, given, key)
            except (OSError, ValueError):
                self.unanswered.append((path, by, given, key))
                return
            if said is not None:
                self.answered.append((said["position"], said["action"], key))

    def ask(self, path: str, by: str, given: dict[str, Any], key: str) -> dict[str, Any] | None:
        """What the API answered; None when it refused."""
        request = urllib.request.Request(
            f"{self.address}/api{path}",
            data=json.dumps(given).encode(),
            headers={
                "Authorization": f"Bearer {self.tokens[by]}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            told = f"{refused.code} {path}: {refused.read()[:200]!r}"
            (self.refused if refused.code < 500 else self.failed).append(told)
            return None

    def _deed(self, chance: Random) -> tuple[str, str, dict[str, Any]]:
        """A random verb: address, by whom, with what."""
        matter, part = chance.choice(self.matters), chance.choice(self.assignments)
        unit, number = chance.choice(self.units), chance.randrange(1000)
        new = {"title": f"加固山塘 {number}", "nature": "task", "origin": "own"}
        return chance.choice(
            [
                ("/matter/register", "office", {**new, "source_kind": "own", "lead": unit}),
                (f"/matter/{matter}/check", "office", {"finding": f"看过 {number}"}),
                (f"/matter/{matter}/consult", "water", {"units": [unit], "question": "意见"}),
                (f"/matter/{matter}/ask_coordination", "water", {"question": f"用地 {number}"}),
                (f"/matter/{matter}/remind", "office", {"words": "请抓紧", "anyway": "汛期"}),
                (f"/assignment/{part}/report_progress", "water", {"text": f"进展 {number}"}),
                (f"/matter/{matter}/suspend", "office", {"reason": "待批", "until": "2099-01-01"}),
                (f"/matter/{matter}/resume", "office", {}),
                (f"/matter/{matter}/add_supporting", "office", {"unit": unit}),
                ("/draw/make", "office", {"size": 1}),
            ]
        )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def started(office: Any, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "huiyin", *words],
        env={**os.environ, **office.environment, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def answers(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def one_kill(office: Any, at_work: Clients, after: float) -> None:
    """A server, its clients in the middle of their verbs, and SIGKILL."""
    servers = [started(office, "serve", "--listen", at_work.address.removeprefix("http://"))]
    if "DATABASE_URL" in office.environment:
        servers.append(started(office, "work"))
    try:
        answers(at_work.address)
        threads = [threading.Thread(target=at_work.work, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(after)
    finally:
        for process in servers:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=20)
    for thread in threads:
        thread.join(timeout=60)


def test_what_was_answered_is_kept_whenever_the_server_dies(rival_office):
    ids = rival_office.stage("many")["matters"]
    tokens = json.loads(rival_office.start("tokens").communicate(timeout=60)[0])
    parts, kept = rival_office.told("assignments"), 0
    for number in range(KILLS):
        at_work = Clients(
            address=f"http://127.0.0.1:{free_port()}",
            tokens=tokens,
            matters=ids,
            assignments=parts,
            units=rival_office.units[2:5],
            round=number,
        )
        one_kill(rival_office, at_work, after=0.4 + Random(number).random() * 2)
        assert rival_office.faults() == ""
        events = {(p, action, key) for p, action, key in rival_office.told("events")}
        assert set(at_work.answered) <= events
        assert at_work.answered, at_work.refused
        assert at_work.failed == []
        kept += len(at_work.answered)
    print(f"\n{KILLS} kills, {kept} answers, all of them kept")
