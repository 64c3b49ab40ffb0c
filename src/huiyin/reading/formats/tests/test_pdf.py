from __future__ import annotations

import contextlib
import io
import struct
import zlib

import pytest
from reportlab.lib import pdfencrypt

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, to_document
from huiyin.reading.formats.pages import page_count, render_page
from huiyin.reading.formats.tests.makers import pdf_file, set_pdf

PARAGRAPHS = [
    "云川市人民政府关于防汛工作的通知",
    "一、强化责任落实",
    *(
        f"（{figure}）各县（市、区）要压实防汛责任，市水务局牵头，市应急管理局、市住房和城乡建设局配合，"
        f"于2026年6月30日前完成第{figure}批堤防隐患排查，形成清单并报市政府办公室。对发现的问题要逐项整改、"
        "对账销号，确保度汛安全。"
        for figure in "一二三四五六七八九十"
    ),
    "二、严肃工作纪律",
    "对工作不力的单位，由市政府督查室予以通报。",
]


@pytest.fixture(scope="module")
def paper() -> bytes:
    return set_pdf(PARAGRAPHS, header="云川市人民政府公报")


def test_lines_are_joined_to_the_paragraphs_that_were_set(paper):
    document = to_document(paper, "通知.pdf")
    assert document.text.splitlines() == PARAGRAPHS
    assert document.warnings == ()


def test_a_header_in_two_parts_across_the_page_is_taken_out():
    data = set_pdf(PARAGRAPHS, header="云川市人民政府公报", right="2026年第3期")
    assert to_document(data, "a.pdf").text.splitlines() == PARAGRAPHS


def test_a_secrecy_mark_is_kept_on_whatever_pages_it_stands():
    text = to_document(set_pdf(PARAGRAPHS, header="机密★1年"), "a.pdf").text
    assert text.count("机密★1年") >= 2


def test_every_page_is_a_place_and_together_they_are_the_text(paper):
    document = to_document(paper, "通知.pdf")
    assert [place.page for place in document.places] == list(range(1, page_count(paper) + 1))
    assert document.places[0].start == 0
    assert document.places[-1].end == len(document.text)
    assert all(a.end == b.start for a, b in zip(document.places, document.places[1:], strict=False))


def test_a_place_holds_the_words_printed_on_its_page():
    data = pdf_file(
        [
            ["第一页上的文字内容在这里，并不太短，足够二十个字。"],
            ["第二页上的文字内容在那里，也不太短，足够二十个字。"],
        ]
    )
    document = to_document(data, "a.pdf")
    first, second = document.places
    assert document.text[first.start : first.end].startswith("第一页上")
    assert document.text[second.start : second.end].startswith("第二页上")


def test_latin_words_at_a_line_end_are_parted():
    data = set_pdf(
        ["Title of a paper in English", "The county office shall report every month. " * 8]
    )
    assert "office shall report every month. The county" in to_document(data, "a.pdf").text


def test_a_scan_has_no_text_but_a_place_for_each_page():
    document = to_document(pdf_file([["1"], [], ["3"]]), "扫描件.pdf")
    assert document.text == ""
    assert [place.page for place in document.places] == [1, 2, 3]
    assert [code_of(warning) for warning in document.warnings] == ["scan"]


def test_a_page_without_text_among_others_is_named():
    full = ["市水务局要于六月底前完成堤防隐患排查，形成问题清单。"] * 4
    document = to_document(pdf_file([full, [], full]), "a.pdf")
    assert [code_of(warning) for warning in document.warnings] == ["pages_without_text"]
    assert "第2页" in document.warnings[0]
    assert len(document.places) == 3
    assert document.places[1].start == document.places[1].end


def test_an_encrypted_file_is_refused_and_a_merely_protected_one_is_read():
    text = [["市水务局要于六月底前完成堤防隐患排查，形成问题清单。"]]
    locked = pdf_file(text, encrypt=pdfencrypt.StandardEncryption("secret"))
    with pytest.raises(Unreadable) as refused:
        to_document(locked, "a.pdf")
    assert refused.value.code == "encrypted"
    protected = pdf_file(text, encrypt=pdfencrypt.StandardEncryption("", "owner", canModify=0))
    assert "堤防隐患排查" in to_document(protected, "a.pdf").text


@pytest.mark.parametrize("cut", [20, 300, 900])
def test_a_truncated_file_is_read_or_refused(paper, cut):
    with contextlib.suppress(Unreadable):
        assert to_document(paper[:cut], "a.pdf").places


class TestPages:
    def test_a_page_becomes_a_png_of_the_width_asked_for(self, paper):
        png = render_page(paper, 1, width=400)
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", png[16:24])
        assert width == 400
        assert 550 <= height <= 580

    def test_the_picture_shows_ink_on_paper(self, paper):
        png = render_page(paper, 1, width=300)
        size = struct.unpack(">I", png[33:37])[0]
        pixels = zlib.decompress(png[41 : 41 + size])
        assert pixels.count(b"\xff") > len(pixels) / 2
        assert min(pixels[1:]) < 128

    def test_any_picture_program_opens_it(self, paper):
        image = pytest.importorskip("PIL.Image")
        picture = image.open(io.BytesIO(render_page(paper, 2, width=333)))
        picture.load()
        assert picture.size[0] == 333

    @pytest.mark.parametrize("page", [0, -1, 99])
    def test_a_page_that_is_not_there_is_an_index_error(self, paper, page):
        with pytest.raises(IndexError):
            render_page(paper, page, width=100)

    def test_what_is_no_pdf_is_refused(self):
        with pytest.raises(Unreadable):
            page_count(b"%PDF-1.4 nothing")
