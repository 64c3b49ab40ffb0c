"""One character for one character: traditional to simplified, full width to half, marks to one form.

Everything the engine recognises, it recognises in folded text; since folding keeps every offset,
what it finds can be quoted from the text as it was written.
"""

from __future__ import annotations

import re
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
    table |= {ord(mark): mark for mark in "，；：！？（）"}
    return {code: table.get(ord(new), new) for code, new in table.items() if chr(code) != new}


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in fold_table()) + "]")


_FEW = 60
"""Up to so many different characters it is quicker to replace one after the other."""


def fold(text: str) -> str:
    """The text in one form, every character where it was."""
    table, held = fold_table(), set(_foldable().findall(text))
    if len(held) > _FEW:
        return text.translate(table)
    for char in held:
        text = text.replace(char, table[ord(char)])
    return text
