"""Says what a file is by its first bytes; its name is only compared, and believed for nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final

from huiyin.reading.formats.kinds import SUFFIXES, FileKind
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.warnings import warning

_IMAGES: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
)
_ARCHIVES: Final = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TAG: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span|a|h[1-6]|br)\b[^<]*>",
    re.IGNORECASE,
)
_MHTML: Final = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n|[ \t][^\n]*\n)*?content-type:\s*multipart/", re.IGNORECASE
)


def kind_of(data: bytes) -> FileKind:
    """Return the kind of the file; raise Unreadable, saying what to do, for what cannot be read."""
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    _refuse_known(data)
    return FileKind.HTML if _looks_like_html(data[:8192]) else FileKind.TXT


def misnamed(name: str, kind: FileKind) -> list[str]:
    """Return a warning when the name promises another kind of file."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    promised = SUFFIXES.get(suffix)
    if suffix == "" or promised is kind or (promised is None and suffix not in {"doc", "wps"}):
        return []
    sentence = f"文件名以.{suffix}结尾，内容实为{kind.label}，已按{kind.label}读取。"
    return [warning("misnamed", sentence)]


def _refuse_known(data: bytes) -> None:
    head = data[:512]
    if head.startswith(_IMAGES) and _is_image(head):
        raise refusal("scan_image")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise refusal("scan_image")
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"avif"}:
        raise refusal("scan_image")
    if head.startswith(_ARCHIVES):
        raise refusal("archive")
    if head.startswith(b"{\\rtf"):
        raise refusal("rtf")
    if _MHTML.match(head) or b"Word.Document" in head:
        raise refusal("doc")


def _is_image(head: bytes) -> bool:
    """Two letters make no bitmap: the header's length of a BMP has to be one that exists."""
    return not head.startswith(b"BM") or head[14:18] in {
        b"\x28\0\0\0",
        b"\x6c\0\0\0",
        b"\x7c\0\0\0",
    }


def _kind_of_ole(data: bytes) -> FileKind:
    """Tell what lies in an OLE container by the names in its directory (UTF-16)."""
    if _has_stream(data, "EncryptedPackage"):
        raise refusal("encrypted")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return FileKind.XLS
    if _has_stream(data, "WordDocument"):
        raise refusal("doc")
    raise refusal("ole")


def _has_stream(data: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in data


def _kind_of_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.replace("\\", "/") for info in archive.infolist()}
            mimetype = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refusal("damaged") from error
    return _kind_of_names(names, mimetype)


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(200).decode("ascii", "replace").strip()


def _kind_of_names(names: set[str], mimetype: str) -> FileKind:
    folders = {name.partition("/")[0] for name in names}
    if "word" in folders:
        return FileKind.DOCX
    if "xl" in folders:
        return FileKind.XLSX
    if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return FileKind.ODS
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        raise refusal("odt")
    if "OFD.xml" in names:
        raise refusal("ofd")
    if "ppt" in folders:
        raise refusal("pptx")
    raise refusal("archive")


def _looks_like_html(head: bytes) -> bool:
    """A page starts as one, or is full of tags; a paper that mentions a tag is not a page."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:300].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head")):
        return True
    if start.startswith((b"<?xml", b"<!--")) and b"<html" in head.lower():
        return True
    return start.startswith(b"<") and len(_TAG.findall(head)) >= 3
