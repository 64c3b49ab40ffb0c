"""The kinds of file that are known, what people call them, and their media types."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """A kind of file that can be read."""

    TXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"

    @property
    def label(self) -> str:
        """What an official calls it."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """The media type of the original."""
        return _MEDIA_TYPES[self]


_LABELS = {
    FileKind.TXT: "纯文本",
    FileKind.HTML: "网页",
    FileKind.DOCX: "Word文档",
    FileKind.PDF: "PDF",
    FileKind.XLSX: "Excel表格",
    FileKind.XLS: "Excel表格",
    FileKind.ODS: "ODS表格",
}

_MEDIA_TYPES = {
    FileKind.TXT: "text/plain",
    FileKind.HTML: "text/html",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}

SUFFIXES = {
    "txt": FileKind.TXT,
    "text": FileKind.TXT,
    "md": FileKind.TXT,
    "csv": FileKind.TXT,
    "html": FileKind.HTML,
    "htm": FileKind.HTML,
    "shtml": FileKind.HTML,
    "docx": FileKind.DOCX,
    "docm": FileKind.DOCX,
    "pdf": FileKind.PDF,
    "xlsx": FileKind.XLSX,
    "xlsm": FileKind.XLSX,
    "xls": FileKind.XLS,
    "et": FileKind.XLS,
    "ods": FileKind.ODS,
}
"""What a name promises; the bytes decide."""
