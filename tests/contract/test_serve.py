"""The server as a user starts it: set-up address, pages, background work, memory, a clean stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
MOST_MEMORY = 250 * 2**20


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """A server on a new data folder; killed at the end if it has not stopped."""
    address = f"127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "HUIYIN_DATA": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "huiyin", "serve", "--listen", address],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process, f"http://{address}", tmp_path
    if process.poll() is None:
        process.kill()
    process.communicate()  # closes its pipe too


def status(url):
    """The status of a page, waiting up to 20 s for the server to be there."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


def test_it_starts_on_nothing_leads_to_the_set_up_and_stops_when_told(server):
    process, address, folder = server
    said = ""
    while "token=" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    opening = re.search(r"http://\S+token=\S+", said)[0]
    assert status(f"{address}/setup/") == 200
    assert status(opening) == 200
    used = sum(
        p.memory_info().rss
        for p in [psutil.Process(process.pid), *psutil.Process(process.pid).children()]
    )
    assert used < MOST_MEMORY, f"{used / 2**20:.0f} MB"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["data"]


def test_an_address_in_use_is_refused_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {
            **os.environ,
            "HUIYIN_DATA": str(tmp_path / "data"),
            "PYTHONPATH": str(ROOT / "src"),
        }
        environment.pop("DATABASE_URL", None)
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "huiyin", "serve", "--listen", address]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "不能在" in done.stderr
    assert not (tmp_path / "data" / "huiyin.sqlite3").exists()


if os.environ.get("DATABASE_URL"):

    def test_on_postgres_only_migrate_migrates_and_two_at_once_do_no_harm(tmp_path):
        from tests.contract.conftest import _database, _start

        environment = {"HUIYIN_DATA": str(tmp_path / "empty"), "DATABASE_URL": _database("")}
        address = f"127.0.0.1:{free_port()}"
        refused = _start(environment, "huiyin", "serve", "--listen", address)
        assert "huiyin migrate" in refused.communicate(timeout=60)[1]
        assert refused.returncode == 1
        both = [_start(environment, "huiyin", "migrate") for _ in range(2)]
        said = [process.communicate(timeout=120) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        server = _start(environment, "huiyin", "serve", "--listen", address)
        try:
            assert status(f"http://{address}/setup/") == 200
        finally:
            server.terminate()
            server.communicate(timeout=60)
        assert server.returncode == 0
