"""The characters of a PDF page as pdfium gives them: runs that make a line, boxes, words apart."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

import pypdfium2.raw as pdfium_c

from huiyin.reading.formats.pdf_lines import Word
from huiyin.reading.formats.txt import without_nul

LINE_ENDS: Final = frozenset("\r\n")
SOFT_HYPHENS: Final = frozenset(("\x02", "\ufffe", "\xad"))
_APART: Final = 0.3
"""Heights of a character from which a gap parts two words."""
_OFF_LINE: Final = 0.3
"""Heights of a character by which the next one stands off the line of the one before."""

Run = list[tuple[str, int]]
"""Characters that follow one another in one line, each with its index on the page."""


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float
    right: float
    ink: tuple[float, float]
    base: float
    height: float


def runs(handle: pdfium_c.FPDF_TEXTPAGE) -> Iterator[Run]:
    """Yield the characters of each line, soft hyphens left out; only lines with something visible."""
    run: Run = []
    for index in range(pdfium_c.FPDFText_CountChars(handle) + 1):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if char not in LINE_ENDS and char:
            if char not in SOFT_HYPHENS:
                run.append((char, index))
            continue
        if any(not char.isspace() for char, _ in run):
            yield run
        run = []


def box(handle: pdfium_c.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    """Return (left, right, height, top) of a character in points."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return left.value, right.value, abs(top.value - bottom.value), top.value


def words(handle: pdfium_c.FPDF_TEXTPAGE) -> list[tuple[Word, ...]]:
    """The words of each line of a page in the order of `runs`, parted wherever there is a gap."""
    lines = [_chars(handle, run) for run in runs(handle)]
    wide = [char.height for line in lines for char in line if char.text > "\u2e80"]
    em = median(wide or [char.height for line in lines for char in line])
    return [tuple(_words(line, em)) for line in lines]


def _chars(handle: pdfium_c.FPDF_TEXTPAGE, run: Run) -> list[_Char]:
    x, y, room = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
    found = []
    for char, index in run:
        if char.isspace():
            continue
        ink_left, ink_right, height, _ = box(handle, index)
        # The room a character takes up and not its ink, or there were gaps beside every comma.
        pdfium_c.FPDFText_GetLooseCharBox(handle, index, room)
        pdfium_c.FPDFText_GetCharOrigin(handle, index, x, y)
        found.append(
            _Char(without_nul(char), room.left, room.right, (ink_left, ink_right), y.value, height)
        )
    return found


def _words(chars: list[_Char], em: float) -> Iterator[Word]:
    held: list[_Char] = []
    for char in chars:
        if held and _apart(held[-1], char, em):
            yield _word(held)
            held = []
        held.append(char)
    if held:
        yield _word(held)


def _apart(before: _Char, char: _Char, em: float) -> bool:
    gap = char.left - before.right
    return not -em < gap < _APART * em or abs(char.base - before.base) > _OFF_LINE * em


def _word(chars: list[_Char]) -> Word:
    return Word(
        text="".join(char.text for char in chars),
        left=min(char.ink[0] for char in chars),
        right=max(char.ink[1] for char in chars),
        base=chars[0].base,
        height=max(char.height for char in chars),
    )
