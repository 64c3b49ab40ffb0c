from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, to_document
from huiyin.reading.formats.tests.makers import (
    add_list,
    append_xml,
    docx_file,
    numbered,
    paragraphs,
    raw_docx,
    set_number,
    zip_file,
)

OFFICIAL: list[dict[str, object]] = [
    {"numFmt": "chineseCountingThousand", "lvlText": "%1、"},
    {"numFmt": "chineseCounting", "lvlText": "（%2）"},
    {"numFmt": "decimal", "lvlText": "%3."},
    {"numFmt": "decimalEnclosedCircleChinese", "lvlText": "%4"},
]


def lines(data: bytes) -> list[str]:
    return to_document(data, "文件.docx").text.splitlines()


def test_paragraphs_come_in_order():
    document = to_document(paragraphs("关于防汛的通知", "各单位：", "请抓好落实。"), "a.docx")
    assert document.text == "关于防汛的通知\n各单位：\n请抓好落实。\n"
    assert document.media_type.endswith("wordprocessingml.document")


def test_of_several_empty_paragraphs_one_is_kept():
    assert lines(paragraphs("一", "", " ", "", "二")) == ["一", "", "二"]


class TestNumbering:
    def test_the_numbers_of_an_official_paper_are_text(self):
        def build(document):
            number = add_list(document, OFFICIAL)
            for level, text in [
                (0, "防汛"),
                (1, "排查"),
                (2, "堤防"),
                (3, "险段"),
                (2, "水库"),
                (1, "整改"),
                (2, "涵闸"),
                (0, "抗旱"),
                (1, "水源"),
            ]:
                numbered(document, text, number, level)

        assert lines(docx_file(build)) == [
            "一、防汛",
            "（一）排查",
            "1.堤防",
            "①险段",
            "2.水库",
            "（二）整改",
            "1.涵闸",
            "二、抗旱",
            "（一）水源",
        ]

    def test_a_style_numbers_its_paragraphs(self):
        def build(document):
            number = add_list(document, [{**OFFICIAL[0], "pStyle": "Heading1"}, OFFICIAL[1]])
            style = document.styles["Heading 1"].element
            set_number(style.get_or_add_pPr(), number, None)
            document.add_heading("防汛", 1)
            document.add_heading("抗旱", 1)

        assert lines(docx_file(build)) == ["一、防汛", "二、抗旱"]

    def test_a_paragraph_may_switch_its_style_number_off(self):
        def build(document):
            number = add_list(document, OFFICIAL)
            set_number(document.styles["Heading 1"].element.get_or_add_pPr(), number)
            document.add_heading("防汛", 1)
            off = document.add_heading("不编号", 1)
            set_number(off._p.get_or_add_pPr(), 0, None)
            document.add_heading("抗旱", 1)

        assert lines(docx_file(build)) == ["一、防汛", "不编号", "二、抗旱"]

    def test_two_lists_of_one_definition_count_on_unless_a_start_is_set(self):
        def build(document):
            add_list(document, OFFICIAL, number=90)
            add_list(document, OFFICIAL, number=91, abstract=90)
            add_list(document, OFFICIAL, number=92, abstract=90, starts={0: 1})
            for number in (90, 91, 92, 92):
                numbered(document, "事项", number)

        assert lines(docx_file(build)) == ["一、事项", "二、事项", "一、事项", "二、事项"]

    def test_a_level_may_start_elsewhere_and_not_restart(self):
        levels: list[dict[str, object]] = [
            OFFICIAL[0],
            {"start": 5, "numFmt": "decimal", "lvlRestart": 0, "lvlText": "%2."},
        ]

        def build(document):
            number = add_list(document, levels)
            for level in (0, 1, 1, 0, 1):
                numbered(document, "项", number, level)

        assert lines(docx_file(build)) == ["一、项", "5.项", "6.项", "二、项", "7.项"]

    def test_figures_in_latin_style_are_parted_from_the_words(self):
        levels: list[dict[str, object]] = [
            {"numFmt": "decimal", "lvlText": "%1"},
            {"numFmt": "decimal", "lvlText": "%1.%2"},
        ]

        def build(document):
            number = add_list(document, levels)
            numbered(document, "总则", number, 0)
            numbered(document, "目标", number, 1)

        assert lines(docx_file(build)) == ["1 总则", "1.1 目标"]

    def test_legal_numbering_writes_upper_levels_in_figures(self):
        levels: list[dict[str, object]] = [
            OFFICIAL[0],
            {"numFmt": "decimal", "isLgl": 1, "lvlText": "%1.%2、"},
        ]

        def build(document):
            number = add_list(document, levels)
            numbered(document, "总则", number, 0)
            numbered(document, "目标", number, 1)

        assert lines(docx_file(build)) == ["一、总则", "1.1、目标"]

    def test_bullets_and_empty_paragraphs_take_no_number(self):
        def build(document):
            bullets = add_list(document, [{"numFmt": "bullet", "lvlText": "\uf0b7"}], number=80)
            number = add_list(document, OFFICIAL, number=81)
            numbered(document, "要点", bullets)
            numbered(document, "", number)
            numbered(document, "防汛", number)

        assert lines(docx_file(build)) == ["要点", "", "一、防汛"]

    def test_a_list_without_definition_is_no_number(self):
        def build(document):
            numbered(document, "防汛", 4711, 3)

        assert lines(docx_file(build)) == ["防汛"]

    def test_numbered_paragraphs_in_a_table_count_too(self):
        def build(document):
            number = add_list(document, OFFICIAL)
            numbered(document, "防汛", number)
            cell = document.add_table(1, 1).cell(0, 0)
            cell.paragraphs[0].add_run("抗旱")
            set_number(cell.paragraphs[0]._p.get_or_add_pPr(), number)

        assert lines(docx_file(build)) == ["一、防汛", "二、抗旱"]


class TestChanges:
    def test_deleted_words_are_gone_and_inserted_ones_are_there(self):
        def build(document):
            paragraph = document.add_paragraph("市水务局")
            append_xml(
                paragraph,
                "<w:del><w:r><w:delText>配合</w:delText></w:r></w:del>"
                "<w:ins><w:r><w:t>牵头</w:t></w:r></w:ins>"
                "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
            )

        document = to_document(docx_file(build), "a.docx")
        assert document.text == "市水务局牵头\n"
        assert [code_of(w) for w in document.warnings] == ["tracked_changes"]

    def test_a_deleted_paragraph_end_joins_two_paragraphs(self):
        body = (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>市水务局</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>牵头</w:t></w:r></w:p>"
        )
        assert lines(raw_docx(body)) == ["市水务局牵头"]


class TestInline:
    @pytest.mark.parametrize(
        ("xml", "text"),
        [
            ("<w:r><w:t>前</w:t><w:br/><w:t>后</w:t></w:r>", "前\n后"),
            ("<w:r><w:t>前</w:t><w:tab/><w:t>后</w:t></w:r>", "前\t后"),
            ("<w:r><w:t>前</w:t><w:br w:type='page'/></w:r>", "前"),
            (
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r>",
                "可见",
            ),
            ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
            ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
            ("<w:fldSimple><w:r><w:t>2026</w:t></w:r></w:fldSimple>年", "2026"),
            ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t></w:r>", "页"),
            ("<w:r><w:sym w:font='宋体' w:char='3007'/><w:t>年</w:t></w:r>", "〇年"),
            ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t></w:r>", "是"),
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>水</w:t></w:r></w:rubyBase></w:ruby></w:r>",
                "水",
            ),
        ],
    )
    def test_what_a_reader_sees_is_the_text(self, xml, text):
        assert to_document(raw_docx(f"<w:p>{xml}</w:p>"), "a.docx").text == text + "\n"

    def test_a_text_box_follows_its_paragraph(self):
        box = (
            "<w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict>"
        )
        body = f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{box}</w:r></w:p><w:p><w:r><w:t>下文</w:t></w:r></w:p>"
        assert lines(raw_docx(body)) == ["正文", "框内", "下文"]

    def test_a_text_box_given_in_two_forms_is_read_once(self):
        def build(document):
            paragraph = document.add_paragraph("正文")
            box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
            append_xml(
                paragraph,
                "<w:r><mc:AlternateContent>"
                f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
                f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            )

        assert lines(docx_file(build)) == ["正文", "框内"]

    def test_footnotes_stand_after_the_text(self):
        body = (
            "<w:p><w:r><w:t>完成率</w:t><w:footnoteReference w:id='2'/><w:t>95%</w:t></w:r></w:p>"
        )
        notes = (
            "<w:footnote w:id='0'><w:p/></w:footnote>"
            "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>按户数计算。</w:t></w:r></w:p></w:footnote>"
        )
        assert lines(raw_docx(body, footnotes=notes)) == ["完成率95%", "注1：按户数计算。"]

    def test_a_table_of_contents_is_left_out(self):
        def build(document):
            document.add_paragraph("正文")
            paragraph = document.add_paragraph("一、防汛……1")
            style = parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
            )
            document.styles.element.append(style)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:pStyle {nsdecls("w")} w:val="10"/>')
            )

        assert lines(docx_file(build)) == ["正文"]

    def test_a_secrecy_mark_in_the_page_header_is_text(self):
        def build(document):
            document.sections[0].header.paragraphs[0].text = "机密★1年"
            document.add_paragraph("关于防汛的报告")

        assert lines(docx_file(build)) == ["机密★1年", "关于防汛的报告"]


class TestTables:
    @pytest.fixture
    def document(self):
        def build(document):
            document.add_paragraph("任务分解表")
            table = document.add_table(4, 3)
            rows = [
                ["序号", "工作任务", "责任单位"],
                ["1", "排查堤防", "市水务局"],
                ["2", "检修涵闸", ""],
                ["合计", "", "2项"],
            ]
            for at, row in enumerate(rows):
                for column, text in enumerate(row):
                    table.cell(at, column).text = text
            table.cell(1, 2).merge(table.cell(2, 2)).text = "市水务局"
            table.cell(3, 0).merge(table.cell(3, 1)).text = "合计"
            document.add_paragraph("完")

        return to_document(docx_file(build), "a.docx")

    def test_rows_are_lines_and_cells_are_parted_by_tabs(self, document):
        assert document.text == (
            "任务分解表\n序号\t工作任务\t责任单位\n1\t排查堤防\t市水务局\n2\t检修涵闸\t\n合计\t\t2项\n完\n"
        )

    def test_a_merged_cell_is_written_once_and_stands_in_every_row(self, document):
        (table,) = document.tables
        cells = [[document.text[start:end] for start, end in row] for row in table.rows]
        assert cells == [
            ["序号", "工作任务", "责任单位"],
            ["1", "排查堤防", "市水务局"],
            ["2", "检修涵闸", "市水务局"],
            ["合计", "合计", "2项"],
        ]
        assert table.header == 0

    def test_paragraphs_of_a_cell_are_lines_within_it(self):
        def build(document):
            cell = document.add_table(1, 2).cell(0, 0)
            cell.text = "排查"
            cell.add_paragraph("整改")

        document = to_document(docx_file(build), "a.docx")
        (start, end) = document.tables[0].rows[0][0]
        assert document.text[start:end] == "排查\n整改"

    def test_a_table_in_a_table_is_read_into_its_cell(self):
        def build(document):
            cell = document.add_table(1, 1).cell(0, 0)
            cell.text = "外"
            inner = cell.add_table(1, 2)
            inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "层"

        assert lines(docx_file(build)) == ["外", "内 层"]


def test_the_strict_edition_of_the_standard_is_read():
    data = raw_docx("<w:p><w:r><w:t>严格格式</w:t></w:r></w:p>")
    assert lines(data) == ["严格格式"]
    strict = zip_file(
        {
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
            "<w:body><w:p><w:r><w:t>严格格式</w:t></w:r></w:p></w:body></w:document>"
        }
    )
    assert lines(strict) == ["严格格式"]


def test_a_reference_to_a_missing_part_does_no_harm():
    data = raw_docx("<w:p><w:r><w:t>正文</w:t></w:r></w:p>", numbering="", styles="")
    assert lines(data) == ["正文"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw_docx("<w:p/>"), "no_text"),
        (zip_file({"word/document.xml": "<broken"}), "damaged"),
        (zip_file({"word/other.xml": "<a/>"}), "damaged"),
        (paragraphs("正文")[:-40], "damaged"),
        (paragraphs("正文")[:2000], "damaged"),
        (raw_docx("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"),
    ],
)
def test_a_broken_file_is_refused(data, code):
    with pytest.raises(Unreadable) as refused:
        to_document(data, "a.docx")
    assert refused.value.code == code
