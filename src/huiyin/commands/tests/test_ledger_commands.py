"""`verify`, `seal` and `token` at the terminal."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from huiyin.commands import seal, token, verify
from huiyin.errors import Refusal
from huiyin.people.models import ApiToken, Unit
from huiyin.people.tokens import actor_from_token

pytestmark = pytest.mark.django_db


def test_a_whole_ledger_ends_with_nought(cast, capsys):
    assert verify.main([]) == 0
    assert "台账完好" in capsys.readouterr().out


def test_a_change_past_the_system_ends_with_one_and_is_named(cast, unguarded, capsys):
    with unguarded():
        Unit.objects.filter(code="water").update(name="别的局")
    assert verify.main([]) == 1
    assert "people.unit表" in capsys.readouterr().out


def test_an_export_is_checked_on_another_machine_with_nothing_but_python(cast, tmp_path):
    sealed, exported = tmp_path / "seal.json", tmp_path / "ledger.jsonl"
    assert seal.main(["--out", str(sealed)]) == 0
    assert verify.main(["--export", str(exported), "--extends", str(sealed)]) == 0
    command = [sys.executable, "-I", "-S", "-c", _ALONE, str(exported), "--extends", str(sealed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


_ALONE = """
import runpy, sys, types, pathlib
sys.argv[0] = "proof"
alone = types.ModuleType("huiyin")
alone.__path__ = [%r]
sys.modules["huiyin"] = alone
runpy.run_module("huiyin.proof", run_name="__main__")
""" % verify.__file__.rpartition("/commands/")[0]  # noqa: UP031 - the text holds braces


def test_a_file_that_is_no_seal_ends_with_two(cast, tmp_path):
    path = tmp_path / "no-seal"
    path.write_text("{}")
    assert verify.main(["--extends", str(path)]) == 2
    assert verify.main(["--extends", str(tmp_path / "absent")]) == 2


def test_a_seal_is_printed_for_a_pipe(cast, capsys):
    assert seal.main([]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "huiyin.seal/1"


def test_an_unknown_jurisdiction_is_refused(cast):
    with pytest.raises(Refusal):
        verify.chosen("nowhere")
    assert verify.chosen("云") == cast.jurisdiction


def test_a_token_is_printed_once_and_opens_the_api_until_it_is_revoked(cast, capsys):
    assert token.main(["create", "water", "--name", "台账导出", "--days", "7"]) == 0
    raw = capsys.readouterr().out.strip()
    assert actor_from_token(raw).name == "秦川"
    assert raw not in str(list(ApiToken.objects.values()))
    assert token.main(["revoke", "water", "--name", "台账导出"]) == 0
    assert actor_from_token(raw) is None


def test_nobody_by_that_name_gets_no_token(cast):
    assert token.main(["create", "nobody"]) == 1
