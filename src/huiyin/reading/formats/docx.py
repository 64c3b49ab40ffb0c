"""Word documents: paragraphs with the numbers they show, tables, text boxes and notes, in order.

Tracked changes are read as accepted: what was deleted is left out, what was inserted is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from huiyin.reading.classification import classification
from huiyin.reading.formats import docx_inline as inline
from huiyin.reading.formats.docx_table import Grid, grid_of
from huiyin.reading.formats.numbering import Numbering, W
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.txt import without_nul
from huiyin.reading.formats.warnings import warning
from huiyin.reading.formats.writer import Writer
from huiyin.reading.formats.xml import Package
from huiyin.reading.types import Document

_WRAPPERS = {f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "body")}


def read(data: bytes, writer: Writer) -> Document:
    """Return the document of a docx file."""
    package = Package(data)
    path = next(iter(package.related("", "officeDocument")), "word/document.xml")
    root = package.tree(path)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise refusal("damaged")
    reader = _Reader(package, path, writer)
    reader.header_marks()
    reader.body(body)
    reader.notes()
    writer.warnings += _warnings(root)
    return writer.document()


def _warnings(root: ET.Element) -> list[str]:
    found = []
    if any(next(root.iter(f"{W}{name}"), None) is not None for name in ("del", "ins", "moveTo")):
        sentence = "文件带有修订痕迹，已按接受全部修订后的文字读取。"
        found.append(warning("tracked_changes", sentence))
    if next(root.iter(f"{W}altChunk"), None) is not None:
        sentence = "文件中嵌入了另一份文件，嵌入部分没有读取，请另行导入。"
        found.append(warning("embedded", sentence))
    return found


class _Reader:
    """Walks through the parts of one document and writes its text."""

    def __init__(self, package: Package, path: str, writer: Writer) -> None:
        self._package, self._path, self._writer = package, path, writer
        styles = package.first_related(path, "styles")
        numbering = package.first_related(path, "numbering")
        self._numbering = Numbering(numbering, styles)
        self._notes: list[tuple[str, str]] = []
        self._held = ""
        self._blank = True

    def header_marks(self) -> None:
        """Write the lines of page headers that bear a secrecy mark: it belongs to the paper."""
        for kind in ("header", "footer"):
            for path in self._package.related(self._path, kind):
                root = self._package.tree(path)
                lines = [] if root is None else list(self._lines(root))
                for line in lines:
                    if classification(line):
                        self._line(line)

    def body(self, body: ET.Element) -> None:
        """Write paragraphs and tables in the order of the document."""
        for block in self._blocks(body):
            if isinstance(block, str):
                self._line(block)
            else:
                self._table(block)

    def notes(self) -> None:
        """Write the footnotes and endnotes referred to, after the text, in order of reference."""
        for kind in ("footnote", "endnote"):
            wanted = [note for found, note in self._notes if found == kind]
            root = self._package.first_related(self._path, f"{kind}s") if wanted else None
            notes = {} if root is None else {n.get(f"{W}id"): n for n in root}
            for number, note in enumerate(wanted, start=1):
                if note in notes:
                    text = " ".join(line.strip() for line in self._lines(notes[note]))
                    self._line(f"注{number}：{text.strip()}")

    def _line(self, text: str) -> None:
        """Write one paragraph; of several empty ones in a row one is kept."""
        blank = not text.strip()
        if not (blank and self._blank):
            self._writer.line(without_nul(text.rstrip()))
        self._blank = blank

    def _table(self, table: ET.Element) -> None:
        grid: Grid = grid_of(table, text_of=lambda cell: "\n".join(self._cell_lines(cell)))
        if grid.cells:
            self._writer.table(grid.cells, grid.merges, header=grid.header)
            self._blank = False

    def _cell_lines(self, cell: ET.Element) -> Iterator[str]:
        return (without_nul(line.strip()) for line in self._lines(cell) if line.strip())

    def _lines(self, element: ET.Element) -> Iterator[str]:
        """Yield the lines of a cell, a note or a header; a table within gives a line per row."""
        for block in self._blocks(element):
            if isinstance(block, str):
                yield block
            else:
                inner = grid_of(block, text_of=lambda cell: " ".join(self._cell_lines(cell)))
                yield from (" ".join(filter(None, row)) for row in inner.cells)

    def _blocks(self, element: ET.Element) -> Iterator[str | ET.Element]:
        """Yield the text of each paragraph and each table element, in order."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield child
            elif child.tag == f"{W}sdt":
                if not inline.is_contents(child):
                    yield from self._blocks(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)
            elif child.tag == inline.ALTERNATE:
                yield from self._blocks(inline.chosen(child))

    def _paragraph(self, paragraph: ET.Element) -> Iterator[str | ET.Element]:
        """Yield the paragraph's text, then what its text boxes hold."""
        properties = paragraph.find(f"{W}pPr")
        found = inline.content_of(paragraph)
        self._notes += found.notes
        if self._is_contents_line(properties):
            return
        if _mark_is_deleted(properties):
            self._held += found.text
        else:
            text = self._held + found.text
            self._held = ""
            number = self._numbering.next(properties) if text.strip() else ""
            yield number + (text.lstrip() if number else text)
        for box in found.boxes:
            yield from self._blocks(box)

    def _is_contents_line(self, properties: ET.Element | None) -> bool:
        """Whether the paragraph is a line of a generated table of contents (style TOC 1 …)."""
        style = self._numbering.style_of(properties)
        for element in self._numbering.style_chain(style)[:1]:
            name = element.find(f"{W}name")
            return name is not None and name.get(f"{W}val", "").lower().startswith("toc ")
        return False


def _mark_is_deleted(properties: ET.Element | None) -> bool:
    """Whether a tracked change joins the paragraph to the next one."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None
