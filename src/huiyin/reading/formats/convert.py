"""The one way from bytes to a document: sniff, guard, read by the format's own reader."""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol, cast

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import limits, sniff, zipguard
from huiyin.reading.formats.kinds import FileKind
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.writer import Writer
from huiyin.reading.types import Document

_READERS: Final = {
    FileKind.TXT: "txt",
    FileKind.HTML: "html",
    FileKind.DOCX: "docx",
    FileKind.PDF: "pdf",
    FileKind.XLSX: "xlsx",
    FileKind.XLS: "xlsx",
    FileKind.ODS: "xlsx",
}
_ZIPPED: Final = {FileKind.DOCX, FileKind.XLSX, FileKind.ODS}


class _Reader(Protocol):
    def read(self, data: bytes, writer: Writer) -> Document: ...


def to_document(data: bytes, name: str) -> Document:
    """Return the text of a file with the places it came from; raise Unreadable, and nothing else.

    What the file is, its bytes say; a name that promises something else becomes a warning.
    """
    limits.check_input(data)
    kind = sniff.kind_of(data)
    if kind in _ZIPPED:
        zipguard.check(data)
    writer = Writer(data, name, kind.media_type)
    writer.warnings += sniff.misnamed(name, kind)
    return _read(kind, data, writer)


def _read(kind: FileKind, data: bytes, writer: Writer) -> Document:
    """Let the format's reader read; whatever else a parser raises means the file is damaged."""
    # Readers are loaded when first needed: a text file should not wait for a pdf library.
    reader = cast("_Reader", import_module(f"huiyin.reading.formats.{_READERS[kind]}"))
    try:
        return reader.read(data, writer)
    except Unreadable:
        raise
    except MemoryError as error:
        raise refusal("out_of_memory") from error
    except Exception as error:
        raise refusal("damaged") from error
    except BaseException as error:
        # A panic of a parser written in Rust is no Exception, yet says no more than "damaged".
        if type(error).__name__ == "PanicException":
            raise refusal("damaged") from error
        raise
