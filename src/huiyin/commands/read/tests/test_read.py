from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import huiyin
from huiyin.commands.read import batch, main, options, printing
from huiyin.reading.output import SCHEMA

TEXT = (
    "云川市防汛工作会议纪要\n2026年3月1日\n会议要求：\n"
    "一、市水务局于2026年6月底前完成堤防隐患排查20处。\n二、各县区要压实防汛责任。\n"
)
SOURCE = str(Path(huiyin.__file__).parent.parent)


@pytest.fixture
def office(tmp_path):
    (tmp_path / "纪要.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04broken")
    return tmp_path


def run(*words: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": SOURCE, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "huiyin", "read", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, env=environment, **more)  # type: ignore[call-overload,no-any-return]


def test_a_register_is_printed_for_people(office, capsys):
    assert main([str(office / "纪要.txt")]) == 0
    said = capsys.readouterr().out
    assert "云川市防汛工作会议纪要" in said
    assert "市水务局" in said
    assert "2026-06-30" in said


def test_every_line_of_the_register_is_equally_wide(office, capsys):
    from rich.cells import cell_len

    main([str(office / "纪要.txt")])
    lines = capsys.readouterr().out.splitlines()
    table = lines[next(n for n, line in enumerate(lines) if "序号" in line) :]
    assert {cell_len(line) for line in table if line.strip()} == {120}


def test_json_is_the_contract_on_standard_output(office):
    done = run("--json", office / "纪要.txt")
    value = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert value["schema"] == SCHEMA
    assert value["text"] == TEXT
    assert value["date"] == "2026-03-01"


def test_jsonl_is_a_line_for_each_file(office, capsysbinary):
    (office / "二.txt").write_text(TEXT, encoding="utf-8")
    assert main(["--jsonl", str(office / "纪要.txt"), str(office / "二.txt")]) == 0
    lines = capsysbinary.readouterr().out.splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == ["纪要.txt", "二.txt"]


def test_explain_shows_the_text_with_numbers_and_reasons(office, capsys):
    assert main(["--explain", str(office / "纪要.txt")]) == 0
    said = capsys.readouterr().out
    assert "【市水务局于2026年6月底前完成堤防隐患排查20处】〔1 任务〕" in said
    assert "图例：" in said
    assert said.index("〔1 任务〕") < said.index("依据：")
    assert "\x1b" not in said


def test_explain_is_coloured_where_a_terminal_shows_colour(office, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["--explain", str(office / "纪要.txt")]) == 0
    coloured = capsys.readouterr().out
    assert "\x1b[1;34m市水务局于2026年6月底前完成堤防隐患排查20处\x1b[0m" in coloured
    assert "【市水务局" not in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["--explain", str(office / "纪要.txt")]) == 0
    plain = capsys.readouterr().out
    assert "【市水务局于2026年6月底前完成堤防隐患排查20处】" in plain
    assert "34m" not in plain


def test_explain_marks_every_item_of_a_long_paper_in_no_time(tmp_path, capsys):
    paper = tmp_path / "长文.txt"
    paper.write_text(TEXT * 2000, encoding="utf-8")
    started = time.process_time()
    assert main(["--explain", str(paper)]) == 0
    assert time.process_time() - started < 30
    assert "〔1500 " in capsys.readouterr().out


def test_an_unreadable_file_is_named_and_the_others_are_done(office, capsys):
    assert main([str(office / "坏.docx"), str(office / "没有.txt"), str(office / "纪要.txt")]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        f"{office / '坏.docx'}：文件已损坏或不完整，请用原程序打开，重新另存后再导入。",
        f"{office / '没有.txt'}：没有这个文件，请核对路径。",
    ]
    assert "市水务局" in said.out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--json"],
        ["a.txt", "--date", "2026-02-30"],
        ["a.txt", "--date", "soon"],
        ["a.txt", "--jobs", "0"],
        ["a.txt", "--units", "missing.csv"],
        ["a.txt", "--json", "--jsonl"],
        ["a.txt", "b.txt", "--json"],
        ["a.txt", "--jsonl", "--out", "x"],
        ["a.txt", "--unknown"],
    ],
)
def test_bad_usage_exits_2(words, capsys):
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_help_exits_0(capsys):
    assert main(["--help"]) == 0


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path):
        inside = tmp_path / "文件" / "三月"
        inside.mkdir(parents=True)
        for name in ("甲.txt", "乙.txt"):
            (inside / name).write_text(TEXT + name, encoding="utf-8")
        (inside / ".隐藏").write_text("x", encoding="utf-8")
        (inside / "~$甲.docx").write_text("x", encoding="utf-8")
        return tmp_path / "文件"

    def test_each_file_becomes_a_json_named_after_it(self, folder, tmp_path, capsys):
        assert main([str(folder), "--out", str(tmp_path / "出")]) == 0
        written = sorted(path.name for path in (tmp_path / "出").iterdir())
        assert written == ["乙.json", "甲.json"]
        value = json.loads((tmp_path / "出" / "甲.json").read_text(encoding="utf-8"))
        assert value["source"]["name"] == "甲.txt"
        assert "已读2份" in capsys.readouterr().err

    def test_what_was_read_before_is_skipped_and_what_changed_is_not(
        self, folder, tmp_path, capsys
    ):
        out = str(tmp_path / "出")
        main([str(folder), "--out", out])
        (folder / "三月" / "甲.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "出" / "半.json").write_text("{", encoding="utf-8")
        capsys.readouterr()
        assert main([str(folder), "--out", out]) == 0
        assert "已读1份，先前已读、跳过1份" in capsys.readouterr().err

    def test_another_date_or_directory_means_reading_again(self, folder, tmp_path, capsys):
        out = str(tmp_path / "出")
        main([str(folder), "--out", out])
        main([str(folder), "--out", out, "--date", "2025-01-01"])
        assert "已读2份" in capsys.readouterr().err.splitlines()[-1]

    def test_two_files_of_one_name_both_keep_their_reading(self, folder, tmp_path, capsys):
        (folder / "甲.md").write_text(TEXT, encoding="utf-8")
        (folder / "甲.txt").write_text(TEXT, encoding="utf-8")
        main([str(folder), "--out", str(tmp_path / "出")])
        names = sorted(path.name for path in (tmp_path / "出").iterdir())
        assert names == ["乙.json", "甲.json", "甲.md.json", "甲.txt.json"]

    def test_an_empty_folder_is_bad_usage(self, tmp_path, capsys):
        (tmp_path / "空").mkdir()
        assert main([str(tmp_path / "空")]) == 2

    @pytest.mark.slow
    def test_several_processes_give_the_same_readings(self, folder, tmp_path):
        one = run(folder, "--out", tmp_path / "一", "--jobs", 1)
        two = run(folder, "--out", tmp_path / "二", "--jobs", 2)
        assert (one.returncode, two.returncode) == (0, 0)
        for path in (tmp_path / "一").iterdir():
            assert path.read_bytes() == (tmp_path / "二" / path.name).read_bytes()

    @pytest.mark.slow
    def test_several_processes_print_in_the_order_of_the_files(self, folder):
        done = run(folder / "三月" / "甲.txt", folder / "三月" / "乙.txt", "--jsonl", "--jobs", 2)
        lines = done.stdout.splitlines()
        assert [json.loads(line)["source"]["name"] for line in lines] == ["甲.txt", "乙.txt"]


@pytest.mark.slow
def test_a_file_that_brings_its_process_down_does_not_stop_the_others(office, monkeypatch):
    words = [str(office / "坏.docx"), str(office / "纪要.txt"), "--jobs", "2", "--jsonl"]
    monkeypatch.setattr(batch, "work", crash_on_broken)
    found = {outcome.path.name: outcome for outcome in batch.outcomes(options.parse(words))}
    assert found["坏.docx"].problem == "读取时程序中断，文件可能已损坏。"
    assert found["纪要.txt"].reading is not None


def crash_on_broken(job: batch.Job, given: options.Options) -> batch.Outcome:
    if job.path.name == "坏.docx":
        os._exit(139)
    return ORIGINAL(job, given)


ORIGINAL = batch.work


def test_the_directory_of_units_is_used_with_its_aliases(office):
    (office / "units.csv").write_bytes(
        "name,aliases\n云川市水务局,市水务局、水务局|水利局;市水利局\n,\n".encode("gb18030")
    )
    done = run("--json", "--units", office / "units.csv", office / "纪要.txt")
    value = json.loads(done.stdout)
    assert ["云川市水务局"] in [item["lead_units"] for item in value["items"]]


def test_a_directory_without_names_is_bad_usage(office, capsys):
    (office / "units.csv").write_text("单位,别名\n水务局,\n", encoding="utf-8")
    assert main([str(office / "纪要.txt"), "--units", str(office / "units.csv")]) == 2


def test_the_date_is_the_base_of_time_limits(office, capsysbinary):
    (office / "话.txt").write_text("市水务局要在年底前完成堤防排查。", encoding="utf-8")
    main(["--json", "--date", "2027-02-01", str(office / "话.txt")])
    value = json.loads(capsysbinary.readouterr().out)
    assert value["items"][0]["deadline"]["date"] == "2027-12-31"


def test_a_document_cannot_steer_the_terminal(office, capsys):
    (office / "毒.txt").write_text(
        "市水务局要于6月底前完成\x1b[2J排查\x9b1m。\n" * 9, encoding="utf-8"
    )
    for form in ([], ["--explain"]):
        main([*form, str(office / "毒.txt")])
        said = capsys.readouterr().out
        assert "\x1b[2J" not in said
        assert "\x9b" not in said
    assert printing.printable("a\u202eb\x07\r\n\t") == "a\ufffdb\ufffd\n\t"


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits there")
def test_with_limits_the_process_is_bounded(office):
    code = (
        "import sys, resource; from huiyin.cli import main; failed = main(sys.argv[1:]);"
        "space, time = (resource.getrlimit(r)[0] for r in (resource.RLIMIT_AS, resource.RLIMIT_CPU));"
        "sys.exit(failed or (space, time) != (1_500_000_000, 120))"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    command = [sys.executable, "-c", code, "read", "--json", "--limits", str(office / "纪要.txt")]
    done = subprocess.run(command, check=False, env=environment, capture_output=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == SCHEMA


def test_reading_never_loads_django(office):
    code = (
        "import sys; from huiyin.cli import main; main(['read', sys.argv[1]]);"
        "sys.exit(any(m.partition('.')[0] in {'django', 'ninja'} for m in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    command = [sys.executable, "-c", code, str(office / "纪要.txt")]
    assert (
        subprocess.run(command, check=False, env=environment, capture_output=True).returncode == 0
    )
