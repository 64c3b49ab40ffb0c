"""The text inside one Word paragraph: runs, fields, breaks; and the text boxes and notes met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from huiyin.reading.formats.numbering import W

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE: Final = f"{_MC}AlternateContent"

_SKIPPED: Final = {
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "sdtPr",
        "sdtEndPr", "rt", "rubyPr", "annotationRef", "txbxContent",
    )
}  # fmt: skip
_SIGNS: Final = {f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}


@dataclass(slots=True)
class Content:
    """What a paragraph holds: its text, the text boxes anchored in it, the notes it refers to."""

    parts: list[str] = field(default_factory=list)
    boxes: list[ET.Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's own text."""
        return "".join(self.parts)


def content_of(paragraph: ET.Element) -> Content:
    """Return the content of a w:p; deleted and hidden text and field codes are left out."""
    content = Content()
    _collect(paragraph, content)
    return content


def chosen(alternate: ET.Element) -> ET.Element:
    """Return the branch of mc:AlternateContent that holds text, preferring the first choice."""
    branches = [child for child in alternate if child.tag in {f"{_MC}Choice", f"{_MC}Fallback"}]
    with_text = (branch for branch in branches if next(branch.iter(f"{W}t"), None) is not None)
    return next(with_text, branches[0] if branches else alternate)


def is_contents(control: ET.Element) -> bool:
    """Whether a w:sdt holds a generated table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _collect(element: ET.Element, content: Content) -> None:
    for child in element:
        if child.tag in {f"{W}t", _MATH_TEXT}:
            content.parts.append(child.text or "")
        elif child.tag == f"{W}txbxContent":
            content.boxes.append(child)
        elif child.tag == ALTERNATE:
            _collect(chosen(child), content)
        elif child.tag == f"{W}r":
            if not _hidden(child):
                _collect(child, content)
        elif child.tag not in _SKIPPED:
            _sign(child, content)
            _collect(child, content)


def _sign(element: ET.Element, content: Content) -> None:
    if element.tag == f"{W}br":
        content.parts.append("" if element.get(f"{W}type") in {"page", "column"} else "\n")
    elif element.tag == f"{W}sym":
        content.parts.append(_symbol(element.get(f"{W}char", "")))
    elif element.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
        kind = element.tag.removeprefix(W).removesuffix("Reference")
        content.notes.append((kind, element.get(f"{W}id", "")))
    else:
        content.parts.append(_SIGNS.get(element.tag, ""))


def _symbol(code: str) -> str:
    """Return the character of a w:sym; signs of symbol fonts (U+F000 on) have no text."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() else ""


def _hidden(run: ET.Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in {"0", "false", "off"}
