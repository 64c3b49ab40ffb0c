from __future__ import annotations

from time import process_time

from huiyin.reading import read
from huiyin.reading.formats import to_document
from huiyin.reading.formats.tests.makers import table_pdf
from huiyin.reading.types import Document

HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    HEADER,
    ["1", "建设城东小学，新增学位900个", "县教育局", "县住建局、县财政局", "2024年8月底前"],
    ["2", "修订防汛应急预案，并报县政府备案，组织一次全县范围的演练", "县应急管理局", "", "长期"],
]
WIDTHS = (40, 160, 80, 90, 90)


def table_of(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[document.text[a:b] for a, b in row] for row in table.rows]


def test_a_ruled_table_is_read_cell_by_cell():
    document = to_document(
        table_pdf("任务分解表", ROWS, widths=WIDTHS, after="以上请落实。"), "a.pdf"
    )
    assert table_of(document) == ROWS
    assert document.tables[0].header == 0
    assert document.text.splitlines()[0] == "任务分解表"
    assert document.text.splitlines()[-1] == "以上请落实。"


def test_each_row_of_a_task_table_is_one_item():
    reading = read(
        table_pdf("2024年重点任务分解表", ROWS, widths=WIDTHS), "a.pdf", date="2024-03-01"
    )
    assert [(i.kind, i.lead, i.co, i.deadline and i.deadline.date) for i in reading.items] == [
        ("task", ("县教育局",), ("县住建局", "县财政局"), "2024-08-31"),
        ("task", ("县应急管理局",), (), None),
    ]
    assert all(i.quote == reading.source.text[i.start : i.end] for i in reading.items)


def test_a_merged_cell_speaks_for_all_its_rows():
    rows = [HEADER, ROWS[1], ["2", "修缮河堤20处", "", "县财政局", "年底前"]]
    data = table_pdf("任务分解表", rows, widths=WIDTHS, spans=[((2, 1), (2, 2))])
    assert [row[2] for row in table_of(to_document(data, "a.pdf"))] == [
        "牵头单位",
        "县教育局",
        "县教育局",
    ]


def test_a_table_over_several_pages_is_one():
    rows = [HEADER, *([str(n), f"整治第{n}处隐患", "县水利局", "", "年底前"] for n in range(1, 81))]
    for repeat in (0, 1):
        document = to_document(table_pdf("清单", rows, widths=WIDTHS, repeat=repeat), "a.pdf")
        assert table_of(document) == rows
        assert len(document.places) > 1
        starts = [place.start for place in document.places]
        assert starts == sorted(starts)
        assert [document.text[start] for start in starts[1:]] != [""] * (len(starts) - 1)


def test_a_page_of_squared_paper_costs_little():
    rows = [["" for _ in range(20)] for _ in range(120)]
    data = table_pdf(
        "这几页是方格纸，方格里没有字，只有这一句足够长的话。" * 3, rows, widths=[20] * 20
    )
    started = process_time()
    assert "方格纸" in to_document(data, "a.pdf").text
    assert process_time() - started < 10
