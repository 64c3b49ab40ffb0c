from __future__ import annotations

import pytest

from huiyin.reading.formats.counting import number_text

WRITTEN = [
    ("decimal", {1: "1", 12: "12"}),
    ("decimalZero", {1: "01", 12: "12"}),
    ("upperRoman", {1: "I", 4: "IV", 1999: "MCMXCIX", 4000: "4000"}),
    ("lowerRoman", {9: "ix"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
    ("lowerLetter", {2: "b"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一〇五"}),
    (
        "chineseCountingThousand",
        {
            0: "零",
            1: "一",
            10: "十",
            19: "十九",
            21: "二十一",
            100: "一百",
            105: "一百零五",
            110: "一百一十",
            1001: "一千零一",
            1010: "一千零一十",
            10000: "一万",
            10001: "一万零一",
            100000: "100000",
        },
    ),
    ("japaneseCounting", {3: "三", 12: "十二"}),
    ("chineseLegalSimplified", {1: "壹", 10: "拾", 26: "贰拾陆"}),
    ("ideographDigital", {10: "一〇", 21: "二一"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
    ("ideographZodiac", {1: "子", 12: "亥"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
    ("decimalEnclosedCircleChinese", {3: "③"}),
    ("decimalEnclosedParen", {2: "⑵"}),
    ("decimalEnclosedFullstop", {2: "⒉", 21: "21"}),
    ("decimalFullWidth", {12: "１２"}),
    ("none", {1: ""}),
    ("bullet", {1: ""}),
    ("somethingNew", {7: "7"}),
]


@pytest.mark.parametrize(
    ("number_format", "value", "text"),
    [(name, value, text) for name, table in WRITTEN for value, text in table.items()],
)
def test_a_number_is_written_as_word_writes_it(number_format, value, text):
    assert number_text(value, number_format) == text


@pytest.mark.parametrize("number_format", [name for name, _ in WRITTEN])
@pytest.mark.parametrize("value", [-1, 0, 1, 10**4, 10**9])
def test_no_number_is_too_strange(number_format, value):
    assert isinstance(number_text(value, number_format), str)
