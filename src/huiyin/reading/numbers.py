"""Numbers as papers write them: 83, 1,736.1, 三十五, 两百, 千亿, 3.5亿, 一百二十三万."""

from __future__ import annotations

import re

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
HAN = r"[零〇一二两三四五六七八九十百千]+"


def han(written: str) -> int:
    """The value of a Chinese number below 10¹²; 千 alone is 1000."""
    total = section = digit = 0
    for char in written:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            total = (total + section + digit or 1) * _LARGE[char]
            section = digit = 0
    return total + section + digit


_PARTING = str.maketrans("", "", ",， ")
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")


def value(written: str) -> float | int:
    """The value of figures or of a Chinese number, whole numbers as int."""
    plain = written.translate(_PARTING)
    if _FIGURES.fullmatch(plain):
        number = float(plain)
        return int(number) if number == int(number) else number
    return han(plain)
