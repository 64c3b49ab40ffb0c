"""An office in a database of its own that several processes work on at once."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Office:
    """Where it lies, and how to send processes at it."""

    environment: dict[str, str]
    office: int
    units: list[int]

    def start(self, *words: Any) -> subprocess.Popen[str]:
        return _start(self.environment, "tests.contract.office", *words)

    def rivals(self, *runs: tuple[Any, ...]) -> list[tuple[int, str, str]]:
        """Everybody at once; (exit code, output, errors) of each."""
        out, err = _done(self.start("rivals", json.dumps(runs)))
        assert out, err
        return json.loads(out)

    def stage(self, what: str) -> Any:
        """What the rivals fight over is made ready; its ids."""
        return json.loads(_done(self.start("stage", what))[0])

    def told(self, what: str) -> Any:
        """What stands afterwards."""
        return json.loads(_done(self.start("told", what))[0])

    def faults(self) -> str:
        """What `huiyin verify` finds wrong."""
        process = self.start("verify")
        out, err = process.communicate(timeout=120)
        return out + err


def _done(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out, err


def _start(environment: dict[str, str], module: str, *words: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="session")
def founded(tmp_path_factory) -> Office:
    """A founded office that nobody works in; each test has a copy of it."""
    environment = {"HUIYIN_DATA": str(tmp_path_factory.mktemp("founded") / "data")}
    if os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = _database("")
    out, _err = _done(_start(environment, "tests.contract.office", "found"))
    return Office(environment=environment, **json.loads(out))


@pytest.fixture
def rival_office(founded, tmp_path) -> Office:
    """A founded office: a SQLite file, or a database of its own on the PostgreSQL of this run."""
    environment = {"HUIYIN_DATA": str(tmp_path / "data")}
    shutil.copytree(founded.environment["HUIYIN_DATA"], environment["HUIYIN_DATA"])
    if "DATABASE_URL" in founded.environment:
        template = urlsplit(founded.environment["DATABASE_URL"]).path.strip("/")
        environment["DATABASE_URL"] = _database(f'TEMPLATE "{template}"')
    return replace(founded, environment=environment)


def _database(template: str) -> str:
    """The address of a new database on the PostgreSQL of this run."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = f"contract_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {template}')
    return urlsplit(url)._replace(path=f"/{name}").geturl()
