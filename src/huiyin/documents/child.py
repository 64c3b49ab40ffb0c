"""What is done to a stranger's file in a process of its own: it may crash or hang, the office does not.

`python -m huiyin.documents.child screen FILE`     prints its mark of secrecy, or why it is unreadable
`python -m huiyin.documents.child pages FILE`      prints how many pages a PDF has
`python -m huiyin.documents.child page FILE N OUT` writes page N as a PNG
Standard library and `huiyin.reading` only; Django is never loaded here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

MEMORY = 3 * 2**30
"""Bytes of address space; a 200 MB file and its text fit many times over."""
WIDTH = 1240
"""Pixels of a page: A4 at 150 dots an inch."""


def main(argv: list[str]) -> int:
    """Do one thing to one file; 1 when it cannot be read."""
    _limit_memory()
    verb, path, *rest = argv
    try:
        return {"screen": _screen, "pages": _pages, "page": _page}[verb](
            Path(path).read_bytes(), rest
        )
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is said in one line
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


def _limit_memory() -> None:
    """What a file can take is bounded; Windows has no such limit, the caller's time limit remains."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _screen(data: bytes, rest: list[str]) -> int:
    from huiyin.reading.classification import classification
    from huiyin.reading.errors import Unreadable
    from huiyin.reading.formats import to_document

    name = rest[0] if rest else "file"
    answer: dict[str, object] = {}
    try:
        found = classification(to_document(data, name).text)
        answer = {"words": found.words, "forbids": found.forbids} if found else {}
    except Unreadable as why:
        answer = {"unreadable": why.sentence}
    sys.stdout.write(json.dumps(answer))
    return 0


def _pages(data: bytes, _rest: list[str]) -> int:
    from huiyin.reading.formats.pages import page_count

    sys.stdout.write(str(page_count(data)))
    return 0


def _page(data: bytes, rest: list[str]) -> int:
    from huiyin.reading.formats.pages import render_page

    Path(rest[1]).write_bytes(render_page(data, int(rest[0]), width=WIDTH))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
