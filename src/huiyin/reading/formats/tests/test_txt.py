from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, to_document

SIMPLIFIED = "各县（市、区）要压实防汛责任，市水务局牵头，于6月底前完成堤防隐患排查。\r\n\u3000\u3000二是加强监管。\n"
TRADITIONAL = (
    "各縣市應壓實防汛責任，由水務局主辦，於六月底前完成堤防檢查。\r\n\u3000\u3000二是加強監管。\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_the_text_is_the_file_unchanged(text, encoding):
    document = to_document(text.encode(encoding), "讲话.txt")
    assert document.text == text
    assert document.warnings == ()
    assert document.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_is_not_taken_for_gb18030(encoding):
    assert to_document(TRADITIONAL.encode(encoding), "函.txt").text == TRADITIONAL


@pytest.mark.parametrize("words", ["水务局", "云川市", "督办", "防汛工作要点"])
def test_a_few_words_in_gb18030_are_read(words):
    assert to_document(words.encode("gb18030"), "a.txt").text == words


def test_a_byte_order_mark_is_not_text_but_one_inside_is():
    data = codecs.BOM_UTF8 + "一、\ufeff工作".encode()
    assert to_document(data, "a.txt").text == "一、\ufeff工作"


def test_nul_becomes_the_replacement_character_one_for_one():
    assert to_document("一\0二\0".encode(), "a.txt").text == "一\ufffd二\ufffd"


def test_astral_characters_count_as_one():
    assert to_document("𠀀局".encode(), "a.txt").text == "𠀀局"


def test_a_few_damaged_bytes_are_replaced_and_said():
    data = SIMPLIFIED.encode() * 20
    document = to_document(data[:100] + b"\xff" + data[100:], "a.txt")
    assert "\ufffd" in document.text
    assert [code_of(warning) for warning in document.warnings] == ["undecodable"]


def test_an_odd_byte_at_the_end_of_utf_16_is_replaced_and_said():
    document = to_document(SIMPLIFIED.encode("utf-16") + b"\x00", "a.txt")
    assert document.text.startswith(SIMPLIFIED)
    assert document.warnings


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (bytes(range(1, 32)) * 50, "not_text"),
        (bytes(range(128, 256)) * 3 + b"\xff\x80", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data, code):
    with pytest.raises(Unreadable) as refused:
        to_document(data, "a.txt")
    assert refused.value.code == code


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_in_utf_8_comes_out_as_it_went_in(text):
    try:
        document = to_document(codecs.BOM_UTF8 + text.encode("utf-8", "ignore"), "a.txt")
    except Unreadable:
        return
    assert document.text == text.encode("utf-8", "ignore").decode().replace("\0", "\ufffd")
