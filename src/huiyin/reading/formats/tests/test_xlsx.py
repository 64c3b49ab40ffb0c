from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, to_document
from huiyin.reading.formats.tests.makers import zip_file


def workbook(build) -> bytes:
    book = openpyxl.Workbook()
    build(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def task_table(book) -> None:
    sheet = book.active
    sheet.title = "任务分解"
    rows = [
        ["2026年防汛重点任务分解表", None, None, None],
        ["序号", "工作任务", "责任单位", "完成时限"],
        [1, "排查堤防", "市水务局", dt.date(2026, 6, 30)],
        [2, "检修涵闸", None, "2026年汛前"],
        [None, None, None, None],
        [3, "投资\n进度", "市发展改革委", 0.5],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C3:C4")


@pytest.fixture
def document():
    return to_document(workbook(task_table), "任务.xlsx")


def test_rows_are_lines_and_empty_ones_are_left_out(document):
    assert document.text == (
        "2026年防汛重点任务分解表\t\t\t\n"
        "序号\t工作任务\t责任单位\t完成时限\n"
        "1\t排查堤防\t市水务局\t2026年6月30日\n"
        "2\t检修涵闸\t\t2026年汛前\n"
        "3\t投资\n进度\t市发展改革委\t0.5\n"
    )


def test_a_merged_cell_stands_in_every_row_it_covers(document):
    (table,) = document.tables
    cells = [[document.text[start:end] for start, end in row] for row in table.rows]
    assert cells[0] == ["2026年防汛重点任务分解表"] * 4
    assert cells[3] == ["2", "检修涵闸", "市水务局", "2026年汛前"]
    assert table.header == 1
    assert table.sheet == "任务分解"


def test_every_row_is_a_place_with_its_number_in_the_sheet(document):
    assert [(place.sheet, place.row) for place in document.places] == [
        ("任务分解", row) for row in (1, 2, 3, 4, 6)
    ]
    place = document.places[2]
    assert document.text[place.start : place.end] == "1\t排查堤防\t市水务局\t2026年6月30日\n"


def test_every_visible_sheet_is_read_and_a_hidden_one_is_named():
    def build(book):
        task_table(book)
        book.create_sheet("空表")
        book.create_sheet("Sheet3").append(["第三张"])
        book.create_sheet("字典").append(["选项"])
        book["字典"].sheet_state = "hidden"

    document = to_document(workbook(build), "a.xlsx")
    assert document.text.startswith("任务分解\n2026年")
    assert document.text.endswith("第三张\n")
    assert "选项" not in document.text
    assert [code_of(warning) for warning in document.warnings] == ["hidden_sheets"]
    assert "字典" in document.warnings[0]


def test_a_table_away_from_the_corner_keeps_its_row_numbers():
    def build(book):
        book.active["D7"], book.active["E8"] = "任务", "单位"
        book.active.merge_cells("D7:E7")

    document = to_document(workbook(build), "a.xlsx")
    assert document.text == "任务\t\n\t单位\n"
    assert [place.row for place in document.places] == [7, 8]
    assert document.tables[0].rows[0][0] == document.tables[0].rows[0][1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (3.0, "3"),
        (12345678, "12345678"),
        (0.125, "0.125"),
        (dt.datetime.fromisoformat("2026-03-01T09:30"), "2026年3月1日09:30"),
        (dt.time(9, 30), "09:30:00"),
        ("  市水务局 ", "市水务局"),
    ],
)
def test_values_are_written_as_a_person_reads_them(value, text):
    def build(book):
        book.active.append(["前", value])

    assert to_document(workbook(build), "a.xlsx").text == f"前\t{text}\n"


def test_a_sheet_that_claims_the_whole_universe_is_refused():
    def build(book):
        book.active["A1"], book.active["XFD1048576"] = "一", "二"

    with pytest.raises(Unreadable) as refused:
        to_document(workbook(build), "a.xlsx")
    assert refused.value.code == "too_many_cells"


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">
<table:table-row%s><table:table-cell office:value-type="string"%s><text:p>市水务局</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(row: str = "", cell: str = "") -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zip_file(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.replace("\n", "") % (row, cell),
            "META-INF/manifest.xml": manifest,
        }
    )


def test_an_ods_table_is_read():
    document = to_document(ods(), "a.ods")
    assert document.text == "市水务局\t3\n"


def test_an_ods_table_that_repeats_a_cell_without_end_is_refused():
    bomb = ods(' table:number-rows-repeated="1000000"', ' table:number-columns-repeated="16000"')
    with pytest.raises(Unreadable) as refused:
        to_document(bomb, "a.ods")
    assert refused.value.code == "too_many_cells"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(keep):
    data = workbook(task_table)
    with pytest.raises(Unreadable) as refused:
        to_document(data[: int(len(data) * keep)], "a.xlsx")
    assert refused.value.code == "damaged"


def test_an_empty_workbook_is_refused():
    with pytest.raises(Unreadable) as refused:
        to_document(workbook(lambda book: None), "a.xlsx")
    assert refused.value.code == "no_text"
