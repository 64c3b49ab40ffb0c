"""Makes files of every kind for the tests, as an office's programs would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_file(build: Callable[[Any], None]) -> bytes:
    """A Word file; `build` gets the python-docx document."""
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(*texts: str) -> bytes:
    def build(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text)

    return docx_file(build)


def add_list(
    document: Any,
    levels: Sequence[Mapping[str, object]],
    *,
    number: int = 90,
    starts: Mapping[int, int] | None = None,
    abstract: int | None = None,
) -> int:
    """Define a list in numbering.xml and return its numId; `abstract` shares a definition."""
    root = document.part.numbering_part.element
    key = number if abstract is None else abstract
    if abstract is None:
        inner = "".join(_level(at, level) for at, level in enumerate(levels))
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inner}</w:abstractNum>'
        root.insert(0, parse_xml(xml))
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for at, start in (starts or {}).items()
    )
    xml = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{key}"/>{overrides}</w:num>'
    root.append(parse_xml(xml))
    return number


def _level(at: int, level: Mapping[str, object]) -> str:
    members = "".join(
        f'<w:{name} w:val="{value}"/>' for name, value in {"start": 1, **level}.items()
    )
    return f'<w:lvl w:ilvl="{at}">{members}</w:lvl>'


def numbered(document: Any, text: str, number: int, level: int = 0) -> Any:
    paragraph = document.add_paragraph(text)
    set_number(paragraph._p.get_or_add_pPr(), number, level)
    return paragraph


def set_number(properties: Any, number: int, level: int | None = 0) -> None:
    depth = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}>{depth}<w:numId w:val="{number}"/></w:numPr>')
    )


def append_xml(paragraph: Any, xml: str) -> None:
    """Append runs written as XML (prefix w) to a paragraph."""
    wrapped = parse_xml(f'<w:p {nsdecls("w")} xmlns:mc="{MC_NS}">{xml}</w:p>')
    for child in list(wrapped):
        paragraph._p.append(child)


def zip_file(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def raw_docx(body: str, **parts: str) -> bytes:
    """A Word file of bare parts: the XML of the body, and further parts by name (numbering=…)."""
    root = f'<w:{{0}} xmlns:w="{W_NS}">{{1}}</w:{{0}}>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    relations = "".join(
        f'<Relationship Id="r{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": types,
        "word/document.xml": root.format("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{namespace}">{relations}</Relationships>',
    }
    for name, inner in parts.items():
        members[f"word/{name}.xml"] = root.format(name, inner)
    return zip_file(members)


def pdf_file(pages: Sequence[Sequence[str]], **options: object) -> bytes:
    """A PDF that sets each string as a line of its own, from the top of its page."""
    from reportlab.pdfgen import canvas

    font = song()
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, **options)
    for lines in pages:
        sheet.setFont(font, 16)
        for at, line in enumerate(lines):
            sheet.drawString(72, 760 - 28 * at, line)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def placed_pdf(pages: Sequence[Sequence[tuple[str, float, float]]], *, size: float = 12) -> bytes:
    """A PDF that sets each string where it is told to: so far from the left, so far from below."""
    from reportlab.pdfgen import canvas

    font = song()
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream)
    for words in pages:
        sheet.setFont(font, size)
        for text, left, base in words:
            sheet.drawString(left, base, text)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def set_pdf(
    texts: Sequence[str], *, header: str = "", right: str = "", width: float = 595.0
) -> bytes:
    """A PDF set as an official paper: indented paragraphs, page numbers below, a header above."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    font = song()
    style = ParagraphStyle(
        "body", fontName=font, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK"
    )
    title = ParagraphStyle("title", fontName=font, fontSize=22, leading=40, alignment=1)

    def around(sheet: Any, template: Any) -> None:
        sheet.setFont(font, 10)
        sheet.drawCentredString(width / 2, 30, f"— {template.page} —")
        sheet.drawString(72, 810, header)
        sheet.drawRightString(width - 72, 810, right)

    stream = io.BytesIO()
    story = [Paragraph(text, style if at else title) for at, text in enumerate(texts)]
    SimpleDocTemplate(stream, pagesize=(width, 842.0)).build(
        story, onFirstPage=around, onLaterPages=around
    )
    return stream.getvalue()


_RULES: Mapping[str, Sequence[tuple[Any, ...]]] = {
    "": (),
    "grid": (("GRID", (0, 0), (-1, -1)),),
    "three": (
        ("LINEABOVE", (0, 0), (-1, 0)),
        ("LINEBELOW", (0, 0), (-1, 0)),
        ("LINEBELOW", (0, -1), (-1, -1)),
    ),
    "across": (("LINEABOVE", (0, 0), (-1, 0)), ("LINEBELOW", (0, 0), (-1, -1))),
}


def table_pdf(
    title: str,
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    spans: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
    after: str = "",
    repeat: int = 0,
    drawn: str = "grid",
    stand: str = "BOTTOM",
    padding: float = 3,
) -> bytes:
    """A PDF with a title, a table whose cells wrap, and a paragraph behind it.

    `drawn`: all rules ("grid"), three of them ("three"), one below each row ("across"), or none ("").
    `stand`: where short cells stand in a row: TOP, MIDDLE or BOTTOM.
    """
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

    body = ParagraphStyle("cell", fontName=song(), fontSize=12, leading=16, wordWrap="CJK")
    marks: list[Any] = [(*rule, 0.5, "black") for rule in _RULES[drawn]]
    marks += [("SPAN", one, other) for one, other in spans]
    marks += [("VALIGN", (0, 0), (-1, -1), stand)]
    marks += [(f"{side}PADDING", (0, 0), (-1, -1), padding) for side in ("TOP", "BOTTOM")]
    cells = [[Paragraph(cell, body) for cell in row] for row in rows]
    table = Table(cells, colWidths=list(widths), repeatRows=repeat, style=TableStyle(marks))
    story: list[Flowable] = [Paragraph(title, body), table]
    story += [Paragraph(after, body)] if after else []
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build(story)
    return stream.getvalue()


def song() -> str:
    """The name of a Chinese font that every PDF reader has to know, registered."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


__all__ = [
    "add_list",
    "append_xml",
    "docx_file",
    "numbered",
    "paragraphs",
    "pdf_file",
    "placed_pdf",
    "qn",
    "raw_docx",
    "set_number",
    "set_pdf",
    "table_pdf",
    "zip_file",
]
