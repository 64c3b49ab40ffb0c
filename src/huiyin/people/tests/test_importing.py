"""A table of units: what is read, and what is wrong with it, row by row."""

from __future__ import annotations

import io

import openpyxl
import pytest

from huiyin.errors import Refusal
from huiyin.people.importing import HEAD, check, guessed_kind, read_file, read_text, resolved
from huiyin.people.tables import template_table

KNOWN = {"云溪市人民政府": "云溪市人民政府", "市政府": "云溪市人民政府", "水利局": "云溪市水利局"}


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_read_by_its_header_in_any_order():
    data = xlsx(("序号", "类型", "单位名称", "别名"), (1, "部门", "云溪市林业局", "林业局、林草局"))
    row = read_file(data, "x.xlsx")[0]
    assert (row.line, row.name, row.kind) == (2, "云溪市林业局", "部门")
    assert row.aliases == ("林业局", "林草局")


def test_a_heading_above_the_header_and_empty_rows_are_passed_over():
    data = xlsx(("单位名录",), HEAD, (None,), ("云溪市林业局",))
    assert [(row.line, row.name) for row in read_file(data, "x.xlsx")] == [(4, "云溪市林业局")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_offices_use(encoding):
    text = ",".join(HEAD) + "\n云溪市林业局,市林业局,林草局,,部门\n"
    assert read_file(text.encode(encoding), "单位.csv")[0].aliases == ("林草局",)


def test_lines_pasted_from_a_spreadsheet_or_typed_by_hand_are_read():
    assert read_text("云溪市林业局\t市林业局\t林草局")[0].short_name == "市林业局"
    assert read_text("云溪市林业局，市林业局")[0].short_name == "市林业局"
    assert read_text("云溪市林业局\n松鸣镇人民政府")[1].name == "松鸣镇人民政府"


def test_the_template_can_be_imported():
    assert [row.name for row in read_file(template_table(), "t.xlsx")] == [
        "云岭市教育局",
        "松鸣镇人民政府",
    ]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04 not really", "a.xlsx"),
        (b"\x00\x01\x02", "a.csv"),
        (b"hello", "a.xlsx"),
        (b"", "a.csv"),
        (b"\xff\xff\xff\xff", "a.csv"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data, name):
    with pytest.raises(Refusal):
        read_file(data, name)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("林", 1, "二至八十个字"),
        ("云溪市林业局\n云溪市林业局", 2, "同名"),
        ("林业站,,,林业局", 1, "上级单位“林业局”不在"),
        ("林业局,,,,衙门", 1, "不认识类型“衙门”"),
        ("云溪市水务局,水利局", 1, "已经指云溪市水利局"),
        ("林业局,林,,林业局", 1, "不在名录里"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason(text, line, words):
    problems = check(read_text(text), KNOWN)
    assert [p.line for p in problems] == [line]
    assert words in problems[0].sentence


def test_a_superior_may_stand_in_an_earlier_row_under_any_name():
    rows = read_text("云溪市林业局,林业局\n林业站,,,林业局\n气象站")
    assert not check(rows, KNOWN)
    assert [row["parent"] for row in resolved(rows, KNOWN)] == ["", "云溪市林业局", ""]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("松鸣镇人民政府", "town"),
        ("城关街道办事处", "town"),
        ("云溪市人民政府", "government"),
        ("云溪经济开发区管委会", "park"),
        ("云溪市人民政府办公室", "office"),
        ("云溪市水文站", "station"),
        ("云溪市水利局", "bureau"),
    ],
)
def test_a_kind_left_open_is_guessed_from_the_name(name, kind):
    assert guessed_kind(name) == kind
