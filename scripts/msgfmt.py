"""Compile a gettext catalogue (.po) to its binary form (.mo) with the standard library alone.

Fuzzy and untranslated messages are left out, so that their Chinese source is shown.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CONTEXT = "\x04"
KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")


def compile_file(source: str, target: str) -> None:
    """`target` holds the compiled catalogue; it is replaced in one step."""
    with Path(source).open(encoding="utf-8") as file:
        data = compiled(parse(file))
    temporary = Path(target + ".new")
    temporary.write_bytes(data)
    temporary.replace(target)


def parse(lines: Iterable[str]) -> dict[str, str]:
    """Message id -> translation, with contexts and plural forms as .mo writes them."""
    reader = _Reader()
    for line in lines:
        reader.take(line.strip())
    reader.keep()
    return reader.found


class _Reader:
    """Reads line by line; an entry ends where the next one begins."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.entry: dict[str, str] = {}
        self.field = ""
        self.fuzzy = False
        self.next_fuzzy = False

    def take(self, line: str) -> None:
        if line.startswith("#,"):
            self.next_fuzzy = "fuzzy" in line
        if not line or line.startswith("#"):
            return
        keyword = next((word for word in KEYWORDS if line.startswith(word)), "")
        if keyword in {"msgctxt", "msgid"} and "msgstr" in self.entry:
            self.keep()
        if keyword:
            self._begin(keyword)
            line = line.partition(" ")[2]
        self.entry[self.field] += ast.literal_eval(line)

    def _begin(self, keyword: str) -> None:
        """A field begins; the second and later msgstr[n] are joined with NUL."""
        if not self.entry:
            self.fuzzy, self.next_fuzzy = self.next_fuzzy, False
        self.field = keyword
        self.entry[keyword] = self.entry[keyword] + "\0" if keyword in self.entry else ""

    def keep(self) -> None:
        """The entry is added, unless it is fuzzy or has no translation."""
        entry, self.entry = self.entry, {}
        if self.fuzzy or not entry.get("msgstr", "").replace("\0", ""):
            return
        key = entry.get("msgid", "")
        if "msgctxt" in entry:
            key = entry["msgctxt"] + CONTEXT + key
        if "msgid_plural" in entry:
            key += "\0" + entry["msgid_plural"]
        self.found[key] = entry["msgstr"]


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of the .mo file: header, two tables sorted by id, the strings."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    ids = b"".join(key + b"\0" for key, _text in pairs)
    texts = b"".join(text + b"\0" for _key, text in pairs)
    first = 7 * 4 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    offsets = [first, first + len(ids)]
    for pair in pairs:
        for side in (0, 1):
            tables[side] += [len(pair[side]), offsets[side]]
            offsets[side] += len(pair[side]) + 1
    header = [0x950412DE, 0, len(pairs), 28, 28 + len(pairs) * 8, 0, first]
    numbers = header + tables[0] + tables[1]
    return struct.pack(f"<{len(numbers)}I", *numbers) + ids + texts


if __name__ == "__main__":
    compile_file(sys.argv[1], sys.argv[2])
