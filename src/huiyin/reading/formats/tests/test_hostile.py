from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, limits, to_document, zipguard
from huiyin.reading.formats.refusals import SENTENCES
from huiyin.reading.formats.tests.makers import paragraphs, pdf_file, raw_docx, zip_file
from huiyin.reading.formats.tests.test_xlsx import task_table, workbook
from huiyin.reading.types import Document

DOCX = paragraphs("关于防汛的通知", "市水务局牵头，于6月底前完成。")
PARTS = {"word/document.xml": "<a/>"}


def refused_as(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        to_document(data, name)
    assert refused.value.sentence == SENTENCES[refused.value.code]
    return refused.value.code


class TestBombs:
    def test_a_member_that_swells_is_refused_before_it_is_unpacked(self):
        assert refused_as(zip_file({**PARTS, "word/media/a.bin": b"\0" * 50_000_000})) == "zip_bomb"

    def test_many_members_are_refused(self):
        members = {f"word/{n}.bin": "" for n in range(zipguard.MAX_MEMBERS + 1)}
        assert refused_as(zip_file(members)) == "zip_bomb"

    def test_a_member_that_lies_about_its_size_is_refused(self):
        """The directory declares 100 bytes with the right checksum of those; 5 MB follow."""
        data = bytearray(zip_file({"word/document.xml": b" " * 5_000_000}))
        checksum = zlib.crc32(b" " * 100)
        for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
            start = data.index(signature)
            data[start + at : start + at + 4] = struct.pack("<I", checksum)
            data[start + at + 8 : start + at + 12] = struct.pack("<I", 100)
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            assert len(archive.read("word/document.xml")) == 100
        assert refused_as(bytes(data)) == "zip_bomb"

    def test_members_that_share_their_bytes_are_refused(self):
        data = zip_file({"word/document.xml": b"x" * 2000}, method=zipfile.ZIP_STORED)
        start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
        entry = data[start:end]
        tail = bytearray(data[end:])
        tail[8:12] = struct.pack("<HH", 40, 40)
        tail[12:16] = struct.pack("<I", len(entry) * 40)
        assert refused_as(data[:start] + entry * 40 + bytes(tail)) == "zip_bomb"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
    def test_entities_are_refused(self, encoding):
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
        assert (
            refused_as(zip_file({**PARTS, "word/styles.xml": bomb.encode(encoding)})) == "entities"
        )

    def test_a_declaration_split_between_two_pieces_is_still_seen(self):
        filler = random.Random(1).randbytes(zipguard._PIECE - 4)
        data = zip_file({**PARTS, "word/x.xml": filler + b"<!DOCTYPE a>"})
        assert refused_as(data) == "entities"

    def test_an_encrypted_member_is_refused(self):
        data = bytearray(zip_file(PARTS))
        for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + at] |= 1
        assert refused_as(bytes(data)) == "encrypted"


class TestKinds:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty"),
            (b"\x89PNG\r\n\x1a\n" + bytes(50), "scan_image"),
            (b"\xff\xd8\xff\xe0" + bytes(50), "scan_image"),
            (b"II*\x00" + bytes(50), "scan_image"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "scan_image"),
            (b"\0\0\0\x18ftypheic" + bytes(20), "scan_image"),
            (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
            (b"Rar!\x1a\x07\x01\x00", "archive"),
            (b"{\\rtf1\\ansi text}", "rtf"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "doc"),
            (zip_file({"readme.txt": "x"}), "archive"),
            (zip_file({"OFD.xml": "<x/>"}), "ofd"),
            (zip_file({"ppt/presentation.xml": "<x/>"}), "pptx"),
            (zip_file({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
            (b"PK\x03\x04garbage", "damaged"),
            (b"%PDF-1.7\n%%EOF", "damaged"),
        ],
    )
    def test_each_kind_is_refused_with_its_next_step(self, data, code):
        assert refused_as(data, "文件") == code

    @pytest.mark.parametrize(
        ("stream", "code"),
        [
            ("WordDocument", "doc"),
            ("EncryptedPackage", "encrypted"),
            ("Else", "ole"),
            ("Workbook", "damaged"),
        ],
    )
    def test_an_old_office_file_is_told_by_its_streams(self, stream, code):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + (stream + "\0").encode("utf-16-le")
        assert refused_as(ole, "a.doc") == code

    @pytest.mark.parametrize(
        ("data", "name", "media"),
        [
            (DOCX, "通知.doc", "wordprocessingml"),
            (DOCX, "通知.pdf", "wordprocessingml"),
            (workbook(task_table), "台账.docx", "spreadsheetml"),
            ("市水务局牵头。".encode(), "通知.docx", "text/plain"),
            (pdf_file([["市水务局要于六月底前完成堤防隐患排查，形成清单。"]]), "a.txt", "pdf"),
        ],
    )
    def test_a_wrongly_named_file_is_read_as_what_it_is(self, data, name, media):
        document = to_document(data, name)
        assert media in document.media_type
        assert [code_of(warning) for warning in document.warnings] == ["misnamed"]

    @pytest.mark.parametrize("name", ["通知.docx", "通知.DOCX", "通知", "通知.docm"])
    def test_a_right_name_or_none_is_no_warning(self, name):
        assert to_document(DOCX, name).warnings == ()


class TestSize:
    def test_running_out_of_memory_is_said_as_such(self, monkeypatch):
        def hungry(self, text: str) -> tuple[int, int]:
            raise MemoryError

        monkeypatch.setattr("huiyin.reading.formats.writer.Writer.write", hungry)
        assert refused_as("市水务局".encode(), "a.txt") == "out_of_memory"

    def test_a_file_over_the_limit_is_refused_unread(self, monkeypatch):
        monkeypatch.setattr(limits, "MAX_INPUT", 100)
        assert refused_as(b"x" * 101) == "too_large"

    def test_a_text_over_the_limit_is_refused(self, monkeypatch):
        monkeypatch.setattr("huiyin.reading.formats.writer.MAX_TEXT", 100)
        assert refused_as(("水" * 101).encode(), "a.txt") == "too_long"

    def test_a_web_page_over_its_limit_is_refused_untaken_apart(self):
        page = b"<html>" + b"<p>x</p>" * (limits.MAX_HTML // 8)
        assert refused_as(page, "a.html") == "page_too_large"

    def test_the_sentences_name_the_limits(self):
        assert str(limits.MAX_INPUT // 1_000_000) in SENTENCES["too_large"]
        assert f"{limits.MAX_HTML // 1_000_000}MB" in SENTENCES["page_too_large"]
        assert str(limits.MAX_TEXT // 10_000) in SENTENCES["too_long"]


def document_or_refusal(data: bytes) -> None:
    """Whatever the bytes: a document whose places lie within its text, or an Unreadable."""
    try:
        document = to_document(data, "文件")
    except Unreadable:
        return
    assert isinstance(document, Document)
    assert "\0" not in document.text
    for place in document.places:
        assert 0 <= place.start <= place.end <= len(document.text)
    for table in document.tables:
        assert all(0 <= a <= b <= len(document.text) for row in table.rows for a, b in row)


HEADS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"<html><body>",
    b"\xff\xfe",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]


@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_refusal(head, data):
    document_or_refusal(head + data)


SAMPLES = {
    "docx": DOCX,
    "xlsx": workbook(task_table),
    "pdf": pdf_file([["市水务局要于六月底前完成堤防隐患排查，形成清单。"] * 3]),
    "html": b"<html><table><tr><td>a<td rowspan=2>b<tr><td>c</table><ol><li>x</ol></html>",
    "raw": raw_docx(
        "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>", numbering=""
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_sound_file_damaged_anywhere_is_a_document_or_a_refusal(kind, data):
    sample = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(sample) - 1))
        sample[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    document_or_refusal(bytes(sample[: data.draw(st.integers(0, len(sample)))]))
    document_or_refusal(bytes(sample))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/wptrcbl :='\"0129abc", max_size=300))
def test_any_xml_inside_a_word_file_is_a_document_or_a_refusal(inner):
    document_or_refusal(raw_docx(inner, numbering=inner, styles=inner))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td colspan=3 rowspan=9>",
                "<td>",
                "</td>",
                "</tr>",
                "</table>",
                "<ol>",
                "<li>",
                "</ol>",
                "<p>",
                "</p>",
                "<br>",
                "<div class=view>",
                "</div>",
                "水务局",
                "<script>",
                "</script>",
                "<h1>",
                "<caption>",
            ]
        ),
        max_size=40,
    )
)
def test_any_heap_of_tags_is_a_document_or_a_refusal(tags):
    document_or_refusal(("<html>" + "".join(tags)).encode())
