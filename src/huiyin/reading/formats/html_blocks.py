"""The lines and tables of an HTML element, as a browser would set them, without its decoration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from huiyin.reading.formats.html_table import is_data_table, table_of
from huiyin.reading.formats.writer import Cells, Merges, Writer

_BLOCK: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "figure",
        "figcaption",
        "address",
        "hr",
        "body",
        "html",
        "caption",
        "fieldset",
        "details",
    ]
)
_SPACES: Final = re.compile(r"[ \t\r\n\f\v\u00a0\u2002\u2003\u3000\u200b\ufeff]+")
_CJK: Final = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_BETWEEN: Final = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]\s*(?=[{_CJK}])")
_NUMBERED: Final = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳])")
MAX_DEPTH: Final = 2000
"""Nesting of elements beyond which a page is not read on: real ones stay under 60."""


class Blocks:
    """Collects lines and tables in document order."""

    def __init__(self, *, is_chrome: Callable[[str], bool]) -> None:
        self._is_chrome = is_chrome
        self._blocks: list[str | tuple[Cells, Merges]] = []
        self._line: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self._blocks

    def begins_with(self, title: str) -> bool:
        """Whether the title stands among the first lines already."""
        head = "".join(block for block in self._blocks[:6] if isinstance(block, str))
        return _bare(title) in _bare(head)

    def walk(self, root: LexborNode) -> None:
        """Collect everything below the element."""
        for node, leaving in _steps(root):
            if node.tag == "-text":
                self._line.append(_text_of(node))
            elif node.tag == "br":
                self._break()
            elif node.tag in _BLOCK:
                self._break()
                if node.tag == "li" and not leaving:
                    self._number(node)
            if node.tag == "table" and not leaving and is_data_table(node):
                self._table(node)
        self._break()

    def write_to(self, writer: Writer) -> None:
        """Write what was collected."""
        for block in self._blocks:
            if isinstance(block, str):
                writer.line(block)
            else:
                writer.table(*block)

    def _break(self) -> None:
        if not self._line:
            return
        line = _joined(self._line)
        self._line = []
        if line and not self._is_chrome(line):
            self._blocks.append(line)

    def _table(self, table: LexborNode) -> None:
        caption = table.css_first("caption")
        if caption is not None:
            self._line.append(caption.text())
            self._break()
        self._blocks.append(table_of(table, text_of=cell_text))

    def _number(self, item: LexborNode) -> None:
        """Put the figure that a browser shows before an item of an ordered list."""
        parent = item.parent
        text = item.text() or ""
        if parent is None or parent.tag != "ol" or _NUMBERED.match(text) or not text.strip():
            return
        first = parent.attributes.get("start") or "1"
        before = sum(1 for node in _before(item) if node.tag == "li")
        self._line.append(f"{(int(first) if first.isdecimal() else 1) + before}.")


def cell_text(cell: LexborNode) -> str:
    """Return the text of a table cell, its paragraphs as lines."""
    blocks = Blocks(is_chrome=lambda _: False)
    blocks.walk(cell)
    return "\n".join(block for block in blocks._blocks if isinstance(block, str))  # noqa: SLF001


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node below `root` when entered and, if it is an element, when left.

    Without recursion: the depth of a hostile page must not be the depth of our stack. Data tables
    are not entered.
    """
    path = [root]
    node = root.first_child
    while path:
        if node is None:
            left = path.pop()
            if path:
                yield left, True
                node = left.next
            continue
        yield node, False
        inside = None if node.tag == "table" and is_data_table(node) else node.first_child
        if inside is not None and len(path) < MAX_DEPTH:
            path.append(node)
            node = inside
        else:
            if node.tag != "-text":
                yield node, True
            node = node.next


def _before(node: LexborNode) -> Iterator[LexborNode]:
    earlier = node.prev
    while earlier is not None:
        yield earlier
        earlier = earlier.prev


def _text_of(node: LexborNode) -> str:
    return node.text_content or ""


def _joined(parts: list[str]) -> str:
    """Return one line: blanks folded, and none where a line of the source broke between 汉字."""
    text = _BETWEEN.sub("", "".join(parts))
    return _SPACES.sub(" ", text).strip()


def _bare(text: str) -> str:
    return _SPACES.sub("", text)
