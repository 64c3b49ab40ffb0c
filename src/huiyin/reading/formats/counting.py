"""How Word writes the number of an automatically numbered paragraph: 一, （二）, 3., Ⅳ, ⑤, 甲 …

The formats are those of ISO 29500-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def number_text(value: int, number_format: str) -> str:
    """Return the number as this format writes it; an unknown format counts in Arabic figures."""
    write = _FORMATS.get(number_format, str)
    return write(value) if value >= 0 else str(value)


def counted(value: int, digits: str = "零一二三四五六七八九", units: str = "十百千万") -> str:
    """Return the number as it is read: 十, 十一, 二十, 一百零五; from 100000 on in figures."""
    if value == 0:
        return digits[0]
    if value >= 100_000:
        return str(value)
    if value >= 10_000:
        head, rest = divmod(value, 10_000)
        between = digits[0] if 0 < rest < 1000 else ""
        tail = _below_ten_thousand(rest, digits, units) if rest else ""
        return counted(head, digits, units) + units[3] + between + tail
    text = _below_ten_thousand(value, digits, units)
    return text[1:] if text.startswith(digits[1] + units[0]) and value < 20 else text


def _below_ten_thousand(value: int, digits: str, units: str) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += digits[0] * gap + digits[digit] + (units[power - 1] if power else "")
            gap = False
        elif text:
            gap = True
    return text


def _digit_by_digit(value: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(value))


def _ten_counting(value: int) -> str:
    """Return 一 … 十 … 十九 … 二十 and from 100 on digit by digit (chineseCounting)."""
    return counted(value) if value < 100 else _digit_by_digit(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        text += sign * times
    return text


def _letters(value: int) -> str:
    """Return A … Z, AA, BB …, as Word counts on."""
    if not 0 < value <= 26 * 30:
        return str(value)
    times, index = divmod(value - 1, 26)
    return chr(ord("A") + index) * (times + 1)


def _in_turn(signs: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        return signs[(value - 1) % len(signs)] if value else "0"

    return write


def _block(first: str, last: int, *, zero: str = "0") -> Callable[[int], str]:
    """Return a writer for signs that Unicode holds in a row, figures beyond the last one."""

    def write(value: int) -> str:
        if value == 0:
            return zero
        return chr(ord(first) + value - 1) if value <= last else str(value)

    return write


def _circled(value: int) -> str:
    if value == 0:
        return "⓪"
    for low, high, first in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if low <= value <= high:
            return chr(ord(first) + value - low)
    return str(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(value))


def _legal(value: int) -> str:
    return counted(value, _LEGAL, "拾佰仟万")


def _legal_traditional(value: int) -> str:
    return counted(value, _LEGAL_TRADITIONAL, "拾佰仟萬")


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _ten_counting,
    "chineseCountingThousand": counted,
    "chineseLegalSimplified": _legal,
    "taiwaneseCounting": _ten_counting,
    "taiwaneseCountingThousand": counted,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseCounting": counted,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "japaneseLegal": _legal_traditional,
    "ideographDigital": _digit_by_digit,
    "ideographTraditional": _in_turn(_STEMS),
    "ideographZodiac": _in_turn(_BRANCHES),
    "ideographLegalTraditional": _legal_traditional,
    "ideographEnclosedCircle": _block("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _block("⒈", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "bullet": lambda _: "",
}
