from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin import proof
from huiyin.proof import seals
from huiyin.proof.check import check_export, main
from huiyin.proof.export import BadExport, End, Event, Header, read
from huiyin.proof.seals import BadSeal, Seal
from huiyin.proof.tests.ledgers import UID, entries, event, export, seal

CHAIN = entries(6)
EVENTS = [event(entry) for entry in CHAIN]
SEALS = [seal(CHAIN, 2), seal(CHAIN, 5)]
FILE = export(EVENTS, SEALS)


def faults(data: bytes, *, extends: Seal | None = None) -> list[str]:
    return check_export(io.BytesIO(data), extends=extends).faults


def test_an_export_reads_back_as_it_was_written():
    records = list(read(io.BytesIO(FILE)))
    assert isinstance(records[0], Header)
    assert records[1:7] == EVENTS
    assert records[7:9] == SEALS
    assert isinstance(records[-1], End)
    assert records[-1].count == 6


def test_an_export_is_whole_and_counts_its_texts():
    result = check_export(io.BytesIO(FILE))
    assert result.whole
    assert (result.count, result.seals, result.texts, result.withdrawn) == (6, 2, 6, 0)


def test_an_empty_ledger_is_whole():
    assert faults(export([])) == []


@given(st.data())
def test_any_changed_byte_of_the_file_is_found(data):
    index = data.draw(st.integers(0, len(FILE) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != FILE[index]))
    try:
        found = faults(FILE[:index] + bytes([byte]) + FILE[index + 1 :])
    except BadExport:
        return
    # Only a line end or space can still spell the same last line.
    assert found or index > FILE.rindex(b'{"end"')


def test_a_changed_word_is_named_by_place_act_and_time():
    found = faults(FILE.replace("堤防".encode(), "道路".encode(), 1))
    assert found[0] == (
        "第1条（matter.report_progress，2026-03-02T01:30:00Z）内容与散列值不符，记录被改动过。"
    )


def test_a_broken_line_does_not_hide_the_lines_after_it():
    lines = FILE.split(b"\n")
    lines[2] = lines[2][:50]
    lines[5] = lines[5].replace("堤防".encode(), "道路".encode())
    found = faults(b"\n".join(lines))
    assert found[0] == "导出文件第3行：不是导出文件的一行，或已损坏，本行未能核验。"
    assert any(fault.startswith("第5条（") for fault in found)


@pytest.mark.parametrize("line", range(1, 10))
def test_a_line_taken_out_is_found(line):
    lines = FILE.splitlines(keepends=True)
    assert faults(b"".join([*lines[:line], *lines[line + 1 :]]))


def test_a_file_cut_off_is_said_to_be_incomplete():
    assert "没有结束行" in faults(FILE[: FILE.rindex(b'{"end"')])[-1]


def test_a_changed_text_is_named_and_a_withdrawn_one_is_not_a_fault():
    changed = [event(CHAIN[0], "另一句话"), event(CHAIN[1], None), *EVENTS[2:]]
    result = check_export(io.BytesIO(export(changed)))
    assert result.faults == ["第1条的文字“report”与记录中的摘要不符，文字被改动过。"]
    assert result.withdrawn == 1


def test_a_text_left_out_is_named():
    assert faults(export([replace(EVENTS[0], texts=()), *EVENTS[1:]])) == [
        "第1条缺少文字“report”。"
    ]


def test_bytes_that_are_no_text_are_exported_as_they_are():
    broken = Event(position=1, hash=CHAIN[0].hash, body=b"\xff\xfe")
    data = export([broken])
    assert b'"body64"' in data
    assert list(read(io.BytesIO(data)))[1] == broken


def test_a_ledger_extends_every_earlier_seal():
    for size in range(7):
        assert faults(FILE, extends=seal(CHAIN, size)) == []


def test_a_rewritten_ledger_does_not_extend_the_seal():
    rewritten = entries(6, uid=UID)
    kept = seal([*rewritten[:3], *entries(4, uid="other")[3:]], 4)
    assert faults(FILE, extends=kept) == [
        "台账与2026-03-31T16:00:00Z的封存（4条）不符：封存之前的记录被改动过。"
    ]


def test_a_shorter_ledger_does_not_extend_the_seal():
    (fault,) = faults(export(EVENTS[:3]), extends=seal(CHAIN, 5))
    assert "还短" in fault


def test_a_seal_of_another_office_proves_nothing():
    (fault,) = faults(FILE, extends=replace(seal(CHAIN, 5), jurisdiction="other"))
    assert "另一个机关" in fault


def test_a_wrong_seal_inside_the_file_is_found():
    assert len(faults(export(EVENTS, [replace(SEALS[0], root="0" * 64)]))) == 1


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]\n", b'{"schema":"huiyin.ledger/2"}\n'])
def test_what_is_no_export_is_refused(data):
    with pytest.raises(BadExport):
        faults(data)


def test_a_seal_file_reads_back():
    assert seals.load(seals.dump(SEALS[0])) == SEALS[0]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"schema": "huiyin.seal/1", "jurisdiction": "x", "size": -1}']
)
def test_what_is_no_seal_is_refused(data):
    with pytest.raises(BadSeal):
        seals.load(data)


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "台账.jsonl"
        path.write_bytes(FILE)
        return path

    def test_it_says_in_two_languages_that_all_is_whole(self, file, tmp_path, capsys):
        kept = tmp_path / "seal.json"
        kept.write_bytes(seals.dump(SEALS[1]))
        assert main([str(file), "--extends", str(kept)]) == 0
        said = capsys.readouterr().out
        assert "完好" in said
        assert "Extends the seal" in said

    def test_it_exits_1_and_names_the_event(self, file, capsys):
        file.write_bytes(FILE.replace("堤防".encode(), "道路".encode(), 1))
        assert main([str(file)]) == 1
        assert "第1条" in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["missing.jsonl", "other.txt"])
    def test_it_exits_2_when_there_is_nothing_to_check(self, name, tmp_path, capsys):
        (tmp_path / "other.txt").write_text("hello", encoding="utf-8")
        assert main([str(tmp_path / name)]) == 2
        assert "无法核验" in capsys.readouterr().err

    def test_many_faults_are_counted_rather_than_listed(self, file, capsys):
        chain = entries(80)
        events = [event(replace(entry, hash="0" * 64)) for entry in chain]
        file.write_bytes(export(events))
        assert main([str(file)]) == 1
        assert "另有30处未列出" in capsys.readouterr().out

    @pytest.mark.parametrize("as_module", [True, False])
    def test_the_folder_copied_alone_runs_on_a_bare_python(self, file, tmp_path, as_module):
        home = tmp_path / "usb" / "huiyin"
        shutil.copytree(Path(proof.__file__).parent, home / "proof")
        command = ["-m", "huiyin.proof"] if as_module else [str(home / "proof")]
        done = subprocess.run(
            [sys.executable, "-S", *command, str(file)],
            check=False,
            cwd=tmp_path / "usb",
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PYTHONUTF8": "1"},
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "完好" in done.stdout


def test_the_file_can_be_read_by_eye():
    header = json.loads(FILE.splitlines()[0])
    assert header["name"] == "云川市"
    assert "云川市".encode() in FILE
