"""XML parts of an Office file as trees, with the names of both editions of the standard made one."""

from __future__ import annotations

import io
import zipfile
from posixpath import dirname, join, normpath
from typing import Final
from xml.etree import ElementTree as ET

# The strict edition of ISO 29500 names the same elements differently.
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An Office file opened: its parts by path, and which part another one refers to by kind.

    The parts are read directly rather than through python-docx, which gives up on references to
    parts that are not there; WPS writes such references.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower(): name for name in self._archive.namelist()}

    def bytes_of(self, path: str) -> bytes | None:
        """Return the bytes of a part, or None when it is not there."""
        name = self._names.get(path.lower().lstrip("/"))
        return self._archive.read(name) if name else None

    def tree(self, path: str) -> ET.Element | None:
        """Return the root of an XML part, or None when it is not there."""
        data = self.bytes_of(path)
        return None if data is None else parse(data)

    def related(self, path: str, kind: str) -> list[str]:
        """Return the paths of the parts that `path` ("" for the package) names as this kind."""
        folder, _, name = path.rpartition("/")
        root = self.tree(join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            normpath(join(dirname(path), target)) if not target.startswith("/") else target[1:]
            for relation in root.iter(_RELATION)
            if relation.get("Type", "").endswith(f"/{kind}")
            and (target := relation.get("Target", ""))
            and relation.get("TargetMode") != "External"
        ]

    def first_related(self, path: str, kind: str) -> ET.Element | None:
        """Return the root of the first part of this kind, or None."""
        for target in self.related(path, kind):
            root = self.tree(target)
            if root is not None:
                return root
        return None


def parse(data: bytes) -> ET.Element:
    """Return the root element. Document types were refused before (zipguard): no entities here."""
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(strict, transitional)
    return ET.fromstring(data)  # noqa: S314 - zipguard refuses every DOCTYPE
