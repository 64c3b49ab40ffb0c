"""Pages of a PDF as pictures, for the scan that is read beside its picture."""

from __future__ import annotations

import struct
import zlib
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from huiyin.reading.formats.limits import check_input
from huiyin.reading.formats.pdf import opened
from huiyin.reading.formats.refusals import refusal

MAX_WIDTH: Final = 4000
MAX_HEIGHT: Final = 12_000
"""Pixels; a hostile page may claim to be a kilometre long."""


def page_count(data: bytes) -> int:
    """Return how many pages a PDF has."""
    check_input(data)
    with opened(data) as document:
        return len(document)


def render_page(data: bytes, page: int, *, width: int) -> bytes:
    """Return page number `page` (from 1) as a PNG of `width` pixels, in greyscale.

    Raises IndexError for a page that is not there, Unreadable for a file that cannot be opened.
    """
    check_input(data)
    with opened(data) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"no page {page}")
        return _render(document, page - 1, min(max(width, 1), MAX_WIDTH))


def _render(document: pdfium.PdfDocument, index: int, width: int) -> bytes:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise refusal("damaged") from error
    try:
        scale = (width - 0.5) / max(page.get_width(), 1.0)  # pdfium rounds up
        scale = min(scale, MAX_HEIGHT / max(page.get_height(), 1.0))
        bitmap = page.render(scale=scale, grayscale=True)
        return _png(bitmap)
    finally:
        page.close()


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """Return the PNG of an 8-bit grey bitmap (PNG specification, 11.2)."""
    if bitmap.format != pdfium_c.FPDFBitmap_Gray:
        raise TypeError("the page was not rendered in grey")
    buffer = bytes(bitmap.buffer)
    rows = b"".join(
        b"\0" + buffer[at : at + bitmap.width]
        for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
