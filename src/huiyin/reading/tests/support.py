"""Tables of phrases and documents made of text, for the tests of the engine."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from huiyin.reading import pipeline
from huiyin.reading.types import Document, Reading


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of one table, as wide as its first line."""
    lines = (Path(__file__).parent / "tables" / f"{name}.tsv").read_text("utf-8").splitlines()
    width = len(lines[0].split("\t"))
    return [tuple((line.split("\t") + [""] * width)[:width]) for line in lines[1:] if line]


def read_text(text: str, **more: object) -> Reading:
    """The reading of a text as a decoded txt file gives it."""
    digest = sha256(text.encode()).hexdigest()
    document = Document(name="t.txt", sha256=digest, media_type="text/plain", text=text)
    return pipeline.run(document, **more)  # type: ignore[arg-type]
