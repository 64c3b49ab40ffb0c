"""PDF with a text layer: paragraphs joined from lines, each page a place. A scan has no text.

pdfium gives the characters of a page in reading order with a box for each. Lines of Chinese text
break anywhere, also inside a name, so putting them together again is our work (`pdf_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from huiyin.reading.formats import pdf_chars, pdf_tables
from huiyin.reading.formats.pdf_chars import box
from huiyin.reading.formats.pdf_columns import with_columns
from huiyin.reading.formats.pdf_headings import may_go_on, may_name_columns
from huiyin.reading.formats.pdf_lines import Line, PageTable, Paragraph, Word, paragraphs_of
from huiyin.reading.formats.pdf_tables import grids, long_rules
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.txt import without_nul
from huiyin.reading.formats.warnings import warning
from huiyin.reading.formats.writer import Writer
from huiyin.reading.types import Document, Place

SCAN_BELOW: Final = 20
"""Characters a page, on average, below which a file is taken for a scan."""
_GARBLED: Final = 0.3
_STRANGE: Final = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF and close it at the end; a password or damage is a refusal."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        asks_password = "password" in str(error).lower() or "security" in str(error).lower()
        raise refusal("encrypted" if asks_password else "damaged") from error
    try:
        yield document
    finally:
        document.close()


def read(data: bytes, writer: Writer) -> Document:
    """Return the document of a PDF; of a scan, one with empty text and a place for each page."""
    with opened(data) as document:
        count = len(document)
        if count == 0:
            raise refusal("damaged")
        pages: list[list[Line]] = []
        for index in range(count):
            pages.append(_lines_of(document, index, after=pages[-1] if pages else []))
    text = "".join(line.text for lines in pages for line in lines)
    visible = len("".join(text.split()))
    if visible < SCAN_BELOW * count:
        return _scan(writer, count, "scan", "这是扫描件，没有文字可读，请逐页查看、对照登记。")
    if len(_STRANGE.findall(text)) > _GARBLED * visible:
        sentence = "这份PDF的文字层是乱码，请逐页查看、对照登记，或用原程序另存为.docx后导入。"
        return _scan(writer, count, "garbled", sentence)
    return _text(writer, pages)


def _scan(writer: Writer, pages: int, code: str, sentence: str) -> Document:
    writer.places += [Place(start=0, end=0, page=number) for number in range(1, pages + 1)]
    writer.warnings.append(warning(code, sentence))
    return writer.finished("")


def _text(writer: Writer, pages: list[list[Line]]) -> Document:
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if empty:
        named = "、".join(map(str, empty[:20])) + ("等" if len(empty) > 20 else "")
        sentence = f"第{named}页没有文字（可能是扫描页或空白页），请对照原件。"
        writer.warnings.append(warning("pages_without_text", sentence))
    starts = _write(writer, paragraphs_of(with_columns(pages)), len(pages))
    document = writer.document()
    ends = [*starts[1:], len(document.text)]
    writer.places += [
        Place(start=start, end=end, page=number)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    return writer.finished(document.text)


def _write(writer: Writer, paragraphs: list[Paragraph], pages: int) -> list[int]:
    """Write the paragraphs and return where each page begins in the text."""
    starts = [-1] * pages
    for paragraph in paragraphs:
        if paragraph.table is not None:
            _write_table(writer, paragraph.table, starts)
            continue
        for page, piece in paragraph.pieces:
            start, _ = writer.write(piece)
            if starts[page] < 0:
                starts[page] = start
        writer.write("\n")
    following = writer.length
    for page in reversed(range(pages)):
        following = starts[page] = starts[page] if starts[page] >= 0 else following
    return starts


def _write_table(writer: Writer, table: PageTable, starts: list[int]) -> None:
    writer.table(table.rows, table.merges)
    for page, row in zip(table.pages, writer.tables[-1].rows, strict=True):
        if starts[page] < 0:
            starts[page] = row[0][0]


def _lines_of(document: pdfium.PdfDocument, index: int, *, after: list[Line]) -> list[Line]:
    """Return the lines of a page, `after` those of the one before; one that cannot be opened is empty."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return []
    try:
        text_page = page.get_textpage()
        try:
            width = page.get_width()
            printed = [_line(text_page.raw, run, width) for run in pdf_chars.runs(text_page.raw)]
            lines = _with_tables(printed, page.raw, text_page.raw, index)
            if may_name_columns(lines) or (_has_words(after) and may_go_on(lines)):
                apart = pdf_chars.words(text_page.raw)
                words = {id(line): of for line, of in zip(printed, apart, strict=True)}
                lines = _with_words(lines, words, page.raw)
            return lines
        finally:
            text_page.close()
    except pdfium.PdfiumError:
        return []
    finally:
        page.close()


def _has_words(lines: list[Line]) -> bool:
    return any(line.words for line in lines)


def _with_words(
    lines: list[Line], words: dict[int, tuple[Word, ...]], page: pdfium_c.FPDF_PAGE
) -> list[Line]:
    """The lines with their words apart and the long rules of the page; tables as they are."""
    rules = tuple(long_rules(page, lines[0].width))
    return [
        line if line.table else replace(line, words=words[id(line)], rules=rules) for line in lines
    ]


def _with_tables(
    lines: list[Line], page: pdfium_c.FPDF_PAGE, handle: pdfium_c.FPDF_TEXTPAGE, index: int
) -> list[Line]:
    """The lines with each ruled table in place of the lines that stand in it."""
    for ruled in grids(page) if len(lines) > 1 else ():
        inside = [line for line in lines if ruled.holds(line.left + 1, line.top - line.height / 2)]
        if not inside:
            continue
        rows = cells_of(handle, ruled)
        table = PageTable(rows, [index] * len(rows), ruled.merged, tuple(ruled.xs))
        text = "".join(cell for row in rows for cell in row)
        marker = replace(inside[0], text=text, top=ruled.ys[0], table=table)
        at = next(i for i, line in enumerate(lines) if line is inside[0])
        taken = set(map(id, inside))
        kept = [line for line in lines if id(line) not in taken]
        lines = [*kept[:at], marker, *kept[at:]]
    return lines


def cells_of(handle: pdfium_c.FPDF_TEXTPAGE, ruled: pdf_tables.Grid) -> list[list[str]]:
    """The words of each cell; the lines of a cell go on in one."""
    rows = [["" for _ in ruled.xs[1:]] for _ in ruled.ys[1:]]
    last: dict[tuple[int, int], float] = {}
    for index in range(pdfium_c.FPDFText_CountChars(handle)):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        char = chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not char or char in pdf_chars.SOFT_HYPHENS or char.isspace():
            continue
        left, right, height, top = box(handle, index)
        middle = top - height / 2
        if not ruled.holds((left + right) / 2, middle):
            continue
        row, column = ruled.place((left + right) / 2, middle)
        words = rows[row][column]
        gap = left - last.get((row, column), left) > 0.2 * height
        latin = words[-1:].isascii() and words[-1:].isalnum() and char.isascii() and char.isalnum()
        rows[row][column] = f"{words} {char}" if latin and gap else words + char
        last[row, column] = right
    return [[without_nul(cell) for cell in row] for row in rows]


def _line(handle: pdfium_c.FPDF_TEXTPAGE, run: pdf_chars.Run, width: float) -> Line:
    """The line of a run: where it begins and ends on the page, in points."""
    visible = [index for char, index in run if not char.isspace()]
    left, right = box(handle, visible[0]), box(handle, visible[-1])
    text = without_nul("".join(char for char, _ in run)).strip()
    return Line(text=text, left=left[0], right=right[1], height=left[2], top=left[3], width=width)
