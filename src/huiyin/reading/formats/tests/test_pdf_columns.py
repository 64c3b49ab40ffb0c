"""Tables on pages of a PDF that have no rules, or only rules across."""

from __future__ import annotations

from collections.abc import Sequence
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.reading import read, tables
from huiyin.reading.formats import pdf, pdf_headings, to_document
from huiyin.reading.formats.tests.makers import placed_pdf, set_pdf, table_pdf
from huiyin.reading.types import Document

HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    HEADER,
    ["1", "建设城东小学，新增学位900个", "县教育局", "县住建局、县财政局", "2024年8月底前"],
    ["2", "修订防汛应急预案，并报县政府备案，组织一次全县范围的演练", "县应急管理局", "", "长期"],
    ["3", "修缮河堤20处", "县水利局", "各乡镇人民政府", "年底前"],
]
WIDTHS = (40, 160, 80, 90, 110)
AFTER = "以上任务由各责任单位抓好落实，县政府督查室每季度通报进展情况，年底组织验收，对进展缓慢的予以督办。"


def tables_of(document: Document) -> list[list[list[str]]]:
    return [
        [[document.text[a:b] for a, b in row] for row in table.rows] for table in document.tables
    ]


def said(data: bytes) -> list[tuple[object, ...]]:
    reading = read(data, "a.pdf", date="2024-03-01")
    assert all(i.quote == reading.source.text[i.start : i.end] for i in reading.items)
    return [(i.kind, i.lead, i.co, i.deadline and i.deadline.date) for i in reading.items]


SAID = [
    ("task", ("县教育局",), ("县住建局", "县财政局"), "2024-08-31"),
    ("task", ("县应急管理局",), (), None),
    ("task", ("县水利局",), ("各乡镇人民政府",), "2024-12-31"),
]


@pytest.mark.parametrize("drawn", ["", "three", "across"])
@pytest.mark.parametrize("stand", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("padding", [0, 3])
def test_a_table_is_read_cell_by_cell_however_its_cells_stand(drawn, stand, padding):
    data = table_pdf(
        "任务分解表", ROWS, widths=WIDTHS, after=AFTER, drawn=drawn, stand=stand, padding=padding
    )
    document = to_document(data, "a.pdf")
    assert tables_of(document) == [ROWS]
    assert document.tables[0].header == 0
    assert document.text.splitlines()[0] == "任务分解表"
    assert document.text.splitlines()[-1] == AFTER


@pytest.mark.parametrize("drawn", ["", "three", "across"])
def test_each_row_is_one_item_with_who_and_by_when(drawn):
    assert said(table_pdf("重点任务分解表", ROWS, widths=WIDTHS, drawn=drawn)) == SAID


def test_a_table_is_read_without_a_column_of_numbers():
    rows = [row[1:] for row in ROWS]
    data = table_pdf("任务分解表", rows, widths=WIDTHS[1:], after=AFTER, drawn="", stand="TOP")
    assert tables_of(to_document(data, "a.pdf")) == [rows]
    assert said(data)[:3] == SAID


def test_names_of_columns_in_two_lines_are_put_together():
    widths = (40, 160, 40, 90, 90)
    data = table_pdf("任务分解表", ROWS, widths=widths, drawn="", stand="MIDDLE")
    assert tables_of(to_document(data, "a.pdf")) == [ROWS]


@pytest.mark.parametrize("repeat", [0, 1])
@pytest.mark.parametrize("drawn", ["", "three"])
def test_a_table_over_several_pages_is_one(repeat, drawn):
    rows = [HEADER, *([str(n), f"整治第{n}处隐患", "县水利局", "", "年底前"] for n in range(1, 81))]
    data = table_pdf("清单", rows, widths=WIDTHS, repeat=repeat, drawn=drawn, after=AFTER)
    document = to_document(data, "a.pdf")
    assert tables_of(document) == [rows]
    assert document.text.splitlines()[-1] == AFTER
    starts = [place.start for place in document.places]
    assert len(starts) > 1
    assert starts == sorted(starts)
    assert len(said(data)) >= 80


def test_numbers_of_pages_do_not_come_into_a_table_over_them():
    rows = [[f"{n}", f"整治第{n}处隐患", "县水利局", "年底前"] for n in range(60)]
    pages = [
        [(f"— {page + 1} —", 280, 30), *_rows(rows[20 * page : 20 * page + 20], top=700)]
        for page in range(3)
    ]
    pages[0] += _rows([["序号", "工作任务", "牵头单位", "完成时限"]], top=740)
    (table,) = tables_of(to_document(placed_pdf(pages), "a.pdf"))
    assert [row[0] for row in table[1:]] == [str(n) for n in range(60)]


def _rows(
    rows: Sequence[Sequence[str]], *, top: float, left: float = 60
) -> list[tuple[str, float, float]]:
    lefts = (left, left + 60, left + 220, left + 320)
    return [
        (cell, x, top - 30 * at)
        for at, row in enumerate(rows)
        for x, cell in zip(lefts, row, strict=False)
        if cell
    ]


def test_a_row_that_breaks_over_the_page_is_one_row():
    first = _rows(
        [["序号", "工作任务", "牵头单位", "完成时限"], ["1", "整治河道三处", "县水利局", "年底前"]],
        top=110,
    )
    cut = _rows([["2", "修订防汛应急预案，并报", "县应急管理局", "长期"]], top=50)
    rest = [
        ("县政府备案", 120, 780),
        *_rows([["3", "建设小学一所", "县教育局", "年底前"]], top=750),
    ]
    data = placed_pdf([first + cut, rest])
    (table,) = tables_of(to_document(data, "a.pdf"))
    assert table[1:] == [
        ["1", "整治河道三处", "县水利局", "年底前"],
        ["2", "修订防汛应急预案，并报县政府备案", "县应急管理局", "长期"],
        ["3", "建设小学一所", "县教育局", "年底前"],
    ]


def test_a_unit_said_once_leads_the_rows_below_as_if_merged():
    rows = [
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "建设小学一所", "县教育局", "年底前"],
        ["2", "修缮校舍三处", "", "6月底前"],
        ["3", "整治河道三处", "县水利局", ""],
    ]
    data = placed_pdf([_rows(rows, top=700)])
    (table,) = tables_of(to_document(data, "a.pdf"))
    assert [row[2] for row in table[1:]] == ["县教育局", "县教育局", "县水利局"]
    assert said(data) == [
        ("task", ("县教育局",), (), "2024-12-31"),
        ("task", ("县教育局",), (), "2024-06-30"),
        ("task", ("县水利局",), (), None),
    ]


def test_the_name_of_a_section_does_not_end_a_table_nor_become_an_item():
    head = [
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "建设小学一所", "县教育局", "年底前"],
    ]
    section = [("二、农业农村和水利方面", 60, 640)]
    rest = [["2", "整治河道三处", "县水利局", "年底前"], ["3", "新修水渠一条", "县水利局", "长期"]]
    data = placed_pdf([_rows(head, top=700) + section + _rows(rest, top=610)])
    assert [item[1] for item in said(data)] == [("县教育局",), ("县水利局",), ("县水利局",)]
    assert "二、农业农村和水利方面" in to_document(data, "a.pdf").text


def test_units_below_one_another_are_told_apart():
    words = _rows([["序号", "工作任务", "责任单位名单如下", "完成时限"]], top=700)
    words = [(text.replace("名单如下", ""), x, y) for text, x, y in words]
    words += _rows([["1", "建设小学一所", "县教育局", "年底前"]], top=670)
    words += [("县自然资源局", 280, 650)]
    words += _rows([["2", "整治河道三处", "县水利局", "年底前"]], top=610)
    assert said(placed_pdf([words]))[0][1] == ("县教育局", "县自然资源局")


def test_prose_above_and_below_a_table_stays_text():
    above = [
        f"各乡镇人民政府要压实责任，第{n}批任务按时完成，不得拖延，有关部门要加强督促。"
        for n in range(4)
    ]
    words = [(line, 60, 780 - 20 * at) for at, line in enumerate(above)]
    table = [
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "建设小学一所", "县教育局", "年底前"],
    ]
    words += _rows(table, top=660)
    words += [(line, 60, 600 - 20 * at) for at, line in enumerate(above)]
    document = to_document(placed_pdf([words]), "a.pdf")
    assert tables_of(document) == [table]
    lines = document.text.splitlines()
    assert lines[0] == lines[-1][: len(lines[0])] == "".join(above)


COLUMN = "各乡镇人民政府要压实责任，按时完成任务"
NO_TABLES = {
    "prose in two columns": [
        (text, x, 780 - 20 * at) for at in range(30) for text, x in ((COLUMN, 40), (COLUMN, 320))
    ],
    "an address list": _rows(
        [["单位", "地址", "联系人", "电话"]]
        + [[f"县水利局{n}科", f"人民路{n}号", "王小明", f"010-555{n:02d}"] for n in range(15)],
        top=700,
    ),
    "a letter head": [
        ("云川市人民政府", 60, 780),
        ("云政函〔2024〕3号", 60, 740),
        ("签发人：李明", 400, 740),
        ("关于抓好重点任务落实的函", 180, 690),
        ("县水利局牵头，县财政局配合，于年底前完成河道整治任务。", 92, 650),
    ],
    "a contents page": [
        (text, x, 740 - 30 * at)
        for at, name in enumerate(["总体目标", "重点任务", "责任单位", "完成时限", "保障措施"])
        for text, x in ((f"{at + 1}、", 60), (name, 100), ("……………………", 200), (str(at), 500))
    ],
    "a signature block": [
        ("请各责任单位按照完成时限抓好任务落实，遇有重大问题及时报告。", 92, 700),
        ("云川市人民政府办公室", 340, 620),
        ("2024年3月1日", 380, 590),
    ],
    "names of columns with prose below": [
        *_rows([["序号", "工作任务", "牵头单位", "完成时限"]], top=740),
        *((COLUMN * 2, 60, 700 - 20 * at) for at in range(10)),
    ],
    "a form with labels": [
        (text, x, 740 - 30 * at)
        for at in range(5)
        for text, x in (
            ("工作任务：河道整治", 60),
            ("牵头单位：县水利局", 240),
            ("完成时限：年底", 420),
        )
    ],
    "rows that nothing tells apart": [
        *_rows([["工作内容", "工作任务", "牵头单位", "完成时限"]], top=740),
        *((text, 60 + 45 * (at % 5), 710 - 9 * at) for at, text in enumerate(["县水利局"] * 30)),
    ],
}


@pytest.mark.parametrize("words", NO_TABLES.values(), ids=NO_TABLES.keys())
def test_what_only_looks_like_a_table_stays_text(words):
    document = to_document(placed_pdf([words]), "a.pdf")
    assert document.tables == ()
    together = "".join(document.text.split())
    assert all("".join(text.split()) in together for text, _, _ in words if len(text) > 3)


def test_pages_of_prose_are_not_looked_at_twice(monkeypatch):
    monkeypatch.setattr(pdf, "_with_words", None)
    prose = set_pdf(
        ["关于抓好任务落实的通知", "责任单位要按照完成时限抓好任务，牵头单位负总责。" * 60]
    )
    assert to_document(prose, "a.pdf").tables == ()


@pytest.mark.parametrize(
    "name",
    [
        "重点事项",
        "工作任务",
        "主要目标",
        "牵头单位",
        "责任单位（部门）",
        "责任部门",
        "配合单位",
        "协办单位",
        "完成时限",
        "办结时间",
        "存在问题",
    ],
)
def test_names_are_those_that_rows_of_tables_are_read_by(name):
    assert pdf_headings.Name(name, 0, 1).sort
    assert any(pattern.search(name) for _, pattern in tables._COLUMNS)


CELL = st.text("县水利局教育整治河道学校三五七", min_size=1, max_size=8)
TABLES = st.integers(1, 12).flatmap(
    lambda rows: st.lists(st.tuples(CELL, CELL, CELL), min_size=rows, max_size=rows)
)


@given(
    cells=TABLES, size=st.sampled_from([9.0, 10.5, 12.0]), step=st.sampled_from([20.0, 26.0, 40.0])
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_table_of_short_cells_with_gaps_is_read_back_cell_for_cell(cells, size, step):
    header = ["序号", "工作任务", "牵头单位", "完成时限"]
    rows = [header, *([f"{at}", *row] for at, row in enumerate(cells, start=1))]
    lefts = (60, 110, 250, 390)
    words = [
        (cell, x, 780 - step * at)
        for at, row in enumerate(rows)
        for x, cell in zip(lefts, row, strict=True)
    ]
    data = placed_pdf([[("任务分解表，以下各项都要抓好落实", 60, 815), *words]], size=size)
    assert tables_of(to_document(data, "a.pdf")) == [rows]


class TestAUnitSaidOnceForSeveralRows:
    NAMES = ["序号", "工作任务", "牵头单位", "完成时限"]
    TASKS = [[f"{n}", f"整治第{n}处隐患", "", "年底前"] for n in range(1, 7)]

    def leads(self, said: dict[float, str], step: float) -> list[str]:
        words = _rows([self.NAMES], top=740)
        words += [
            (cell, x, 700 - step * at)
            for at, row in enumerate(self.TASKS)
            for x, cell in zip((60, 120, 280, 380), row, strict=True)
            if cell
        ]
        words += [(unit, 280, 700 - step * at) for at, unit in said.items()]
        (table,) = tables_of(to_document(placed_pdf([words]), "a.pdf"))
        assert [row[:2] for row in table[1:]] == [row[:2] for row in self.TASKS]
        return [row[2] for row in table[1:]]

    @pytest.mark.parametrize("step", [16, 20, 30, 45])
    def test_in_the_middle_of_an_odd_number_of_rows(self, step):
        leads = self.leads({1: "县教育局", 4: "县水利局"}, step)
        assert leads == ["县教育局"] * 3 + ["县水利局"] * 3

    @pytest.mark.parametrize("step", [16, 20, 30, 45])
    def test_in_the_middle_of_an_even_number_of_rows(self, step):
        leads = self.leads({0.5: "县教育局", 3.5: "县水利局"}, step)
        assert leads == ["县教育局"] * 2 + ["县水利局"] * 4

    @pytest.mark.parametrize("step", [16, 20, 30, 45])
    def test_in_the_first_of_its_rows(self, step):
        leads = self.leads({0: "县教育局", 2: "县水利局"}, step)
        assert leads == ["县教育局"] * 2 + ["县水利局"] * 4

    def test_when_both_may_be_meant_nobody_is_named_that_one_would_not_name(self):
        leads = self.leads({0: "县教育局", 3: "县水利局"}, 30)
        assert leads == ["县教育局", "", "", "县水利局", "县水利局", "县水利局"]


def test_a_page_crowded_with_lines_costs_little():
    row = ["整治河道处", "县水利局", "长期"]
    words = [
        (cell, x, 830 - 2 * at)
        for at in range(380)
        for x, cell in zip(
            (110, 250, 390), HEADER[1:3] + HEADER[4:] if at == 0 else row, strict=True
        )
    ]
    data = placed_pdf([words], size=1.8)
    started = process_time()
    assert "县水利局" in to_document(data, "a.pdf").text
    assert process_time() - started < 10


def test_commas_above_one_another_are_no_gaps_between_columns():
    prose = "各级各部门要提高认识，压实责任，按照任务分工，抓好落实，确保完成。"
    words = _rows([HEADER[1:3] + HEADER[4:]], top=740, left=60)
    words += [(prose, 60, 710 - 18 * at) for at in range(12)]
    assert to_document(placed_pdf([words]), "a.pdf").tables == ()
