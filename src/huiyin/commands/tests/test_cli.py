"""The command itself."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from huiyin import cli


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_is_there_and_says_how_it_is_used(name, capsys):
    module = import_module(f"huiyin.commands.{name}")
    if name == "manage":
        return
    try:
        code = module.main(["--help"])
    except SystemExit as ended:
        code = ended.code
    assert code == 0
    assert capsys.readouterr().out


def test_no_command_and_an_unknown_one_end_with_two(capsys):
    assert cli.main([]) == 2
    assert cli.main(["fly"]) == 2
    assert "fly" in capsys.readouterr().err
    assert cli.main(["--help"]) == 0


def test_reading_never_loads_django():
    program = "import sys, huiyin.cli, huiyin.commands.read; sys.exit('django' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert done.returncode == 0
