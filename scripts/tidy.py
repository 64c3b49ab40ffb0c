"""Refuse trailing whitespace, a missing line end, conflict marks, and files over 500 kB (pictures too)."""

from __future__ import annotations

import sys
from pathlib import Path

LARGEST = 500_000
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".yaml", ".txt", ".tsv", ".json", ".po", ""}
GENERATED = {"requirements.lock", "requirements-dev.lock", "openapi.json"}


def complaints(path: Path) -> list[str]:
    """What is wrong with one file."""
    if not path.is_file() or path.is_symlink():
        return []
    found = []
    if path.stat().st_size > LARGEST and path.name not in GENERATED:
        found.append(f"{path}: over {LARGEST // 1000} kB")
    if path.suffix in TEXT:
        found += _of_text(path, path.read_bytes())
    return found


def _of_text(path: Path, data: bytes) -> list[str]:
    found = []
    lines = data.split(b"\n")
    if data and lines[-1]:
        found.append(f"{path}: no line end at the end")
    for number, line in enumerate(lines, start=1):
        if line.rstrip(b" \t") != line and path.suffix not in {".md", ".tsv"}:
            found.append(f"{path}:{number}: trailing whitespace")
        if line.startswith((b"<<<<<<< ", b">>>>>>> ")):
            found.append(f"{path}:{number}: conflict mark")
    return found


def main(names: list[str]) -> int:
    """1 when a file has something wrong, each said on its line."""
    found = [line for name in names for line in complaints(Path(name))]
    for line in found:
        print(line)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
