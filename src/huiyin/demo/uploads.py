"""Files of the demo, papers and evidence: small and true to their endings, so that they open."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import PurePath

import docx
import xlsxwriter
from docx.document import Document as DocxDocument

from huiyin.matters.evidence import EvidenceFile
from huiyin.web import uploads

NOTE = "演示材料，内容为虚构。"


def evidence(owner_id: int, name: str, title: str, text: str) -> list[EvidenceFile]:
    """Return the file of that name, brought by its owner, as a verb takes it; none for an empty name."""
    if not name:
        return []
    content = _MAKERS[PurePath(name).suffix](title, text)
    kept = uploads.keep(content, name, owner_id=owner_id)
    return [
        EvidenceFile(name=kept.name, sha256=kept.sha256, size=kept.size, media_type=kept.media_type)
    ]


def as_uploaded(name: str, text: str) -> bytes:
    """Return the bytes of a paper of that name: plain text, or a document with a line a paragraph."""
    if not name.endswith(".docx"):
        return text.encode()
    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(line)
    return _saved(paper)


def _saved(paper: DocxDocument) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _docx(title: str, text: str) -> bytes:
    paper = docx.Document()
    paper.add_heading(title, level=1)
    paper.add_paragraph(text)
    paper.add_paragraph(NOTE)
    return _saved(paper)


def _xlsx(title: str, text: str) -> bytes:
    """Return a table with one row for each statement of the report."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        sheet.write_row(0, 0, ["序号", "事项", "情况"])
        said = [part for part in text.replace("；", "。").split("。") if part]
        for row, part in enumerate(said, start=1):
            sheet.write_row(row, 0, [row, title, part])
        sheet.write(len(said) + 1, 0, NOTE)
    return out.getvalue()


def _png(title: str, text: str) -> bytes:
    """Return a plain picture of sky and ground; its colours follow the words, so no two are the same."""
    width, height = 480, 320
    seed = zlib.crc32(f"{title}{text}".encode())
    sky = bytes((150 + seed % 60, 180 + seed // 7 % 50, 205 + seed // 11 % 45))
    ground = bytes((90 + seed // 13 % 60, 100 + seed // 17 % 50, 80 + seed // 19 % 40))
    horizon = 130 + seed % 80
    rows = b"".join(b"\0" + (sky if y < horizon else ground) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_MAKERS = {".docx": _docx, ".xlsx": _xlsx, ".png": _png}
