"""The demo stays in its own folder and on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.commands import demo

SRC = Path(__file__).resolve().parents[3]


def test_everybody_knows_its_password_so_it_listens_on_loopback_only(
    capsys: pytest.CaptureFixture[str],
):
    assert demo.main(["--listen", "0.0.0.0:8000"]) == 2
    assert "只能在本机上打开" in capsys.readouterr().err


def run(code: str, data: Path) -> subprocess.CompletedProcess[str]:
    """A Python of its own, with the data folder given."""
    environment = {**os.environ, "HUIYIN_DATA": str(data), "PYTHONPATH": str(SRC)}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
    )


FOUND = """
from huiyin.commands.terminal import start_django
start_django()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from huiyin.people.actions import found_office
found_office(name="真县人民政府", short="真")
"""
DEMO = (
    "import sys; from huiyin.commands import demo; sys.exit(demo.main(['--build-only', '--fresh']))"
)


@pytest.mark.slow
def test_a_real_office_is_never_overwritten(tmp_path: Path):
    founded = run(FOUND, tmp_path)
    assert founded.returncode == 0, founded.stderr
    before = (tmp_path / "huiyin.sqlite3").stat().st_size
    refused = run(DEMO, tmp_path)
    assert refused.returncode == 1
    assert "正式单位的数据" in refused.stderr
    assert (tmp_path / "huiyin.sqlite3").stat().st_size >= before
