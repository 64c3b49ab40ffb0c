from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.proof.canonical import MAX_DEPTH, NotCanonical, decode, digest, encode

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)

FORMS: list[tuple[object, bytes]] = [
    (None, b"null"),
    (True, b"true"),
    (0, b"0"),
    (-7, b"-7"),
    (2**80, b"1208925819614629174706176"),
    ("", b'""'),
    ("水务局", '"水务局"'.encode()),
    ('a"b\\c/', b'"a\\"b\\\\c/"'),
    ("\n\t\x00\x1f\x7f", b'"\\n\\t\\u0000\\u001f\x7f"'),
    ("\u2028𠀀", '"\u2028𠀀"'.encode()),
    ([], b"[]"),
    ({}, b"{}"),
    ({"b": [1, None], "a": "x"}, b'{"a":"x","b":[1,null]}'),
    ({"é": 1, "z": 2, "Z": 3}, '{"Z":3,"z":2,"é":1}'.encode()),
    ({"\uffff": 1, "\U00010000": 2}, '{"\uffff":1,"\U00010000":2}'.encode()),
]


@pytest.mark.parametrize(("value", "form"), FORMS)
def test_a_value_has_exactly_this_form(value, form):
    assert encode(value) == form
    assert decode(form) == value


@given(values)
def test_decoding_gives_the_value_back(value):
    assert decode(encode(value)) == value


@given(st.dictionaries(texts, st.integers(), min_size=2))
def test_the_order_of_writing_does_not_matter(value):
    assert encode(dict(reversed(value.items()))) == encode(value)


def test_two_spellings_of_one_word_stay_two_texts():
    assert encode("\u00e9") != encode("e\u0301")


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        b"x",
        (1,),
        {1: "a"},
        {"a": {1, 2}},
        "\ud800",
        {"\udfff": 1},
        pytest.param(10**5000, id="long"),
    ],
)
def test_what_has_no_form_is_refused(value):
    with pytest.raises(NotCanonical):
        encode(value)


def test_a_value_nested_too_deeply_is_refused():
    value: list[object] = []
    for _ in range(MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(NotCanonical):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"1.0",
        b"1e3",
        b"NaN",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b"-0",
        b"[" * 100_000,
        b'{"a": 1}',
    ],
)
def test_any_other_spelling_is_refused(data):
    with pytest.raises(NotCanonical):
        decode(data)


@given(st.binary(max_size=40))
def test_bytes_are_canonical_or_refused(data):
    try:
        value = decode(data)
    except NotCanonical:
        return
    assert encode(value) == data


def test_a_digest_needs_the_salt_and_every_character():
    assert digest(b"abc", "") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"1", "已完成") != digest(b"2", "已完成")
    assert digest(b"1", "已完成") != digest(b"1", "已完成。")
