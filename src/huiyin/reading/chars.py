"""One character for one character: traditional to simplified, full width to half, marks to one form.

Everything the engine recognises, it recognises in folded text; since folding keeps every offset,
what it finds can be quoted from the text as it was written.
"""

from __future__ import annotations

from functools import cache

from huiyin.reading.lexicon import rows

CJK = "\u3400-\u4dbf\u4e00-\u9fff〇"
DIGITS = "零〇一二三四五六七八九十百千万亿两"
_MARKS = {
    ",": "，",
    ";": "；",
    ":": "：",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
    "丶": "、",
    "﹐": "，",
    "﹑": "、",
    "﹔": "；",
    "﹕": "：",
    "︰": "：",
    "﹙": "（",
    "﹚": "）",
    "｡": "。",
    "､": "、",
    "○": "〇",
    "Ｏ": "O",
    "％": "%",
    "﹪": "%",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "〈": "《",
    "〉": "》",
    "﹒": ".",
    "～": "~",
    "－": "-",
    "–": "—",
    "―": "—",
    "─": "—",
}
_BLANKS = "\t\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\ufeff\r\x00\x0b"
_BREAKS = "\x0c\x85\u2028\u2029"


@cache
def fold_table() -> dict[int, str]:
    """The table of single characters; built once."""
    table = {ord(old): row[0] for row in rows("traditional") for old in row[1]}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(blank): " " for blank in _BLANKS} | {ord(brk): "\n" for brk in _BREAKS}
    table |= {ord(old): new for old, new in _MARKS.items()}
    return table | {ord(mark): mark for mark in "，；：！？（）"}


def fold(text: str) -> str:
    """The text in one form, every character where it was."""
    return text.translate(fold_table())
