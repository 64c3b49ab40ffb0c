"""How large a file may be before it is refused rather than read."""

from __future__ import annotations

from typing import Final

from huiyin.reading.formats.refusals import refusal

MAX_INPUT: Final = 200_000_000
"""Bytes of a file."""

MAX_HTML: Final = 10_000_000
"""Bytes of a web page: taking it apart costs about a second for each million."""

MAX_TEXT: Final = 20_000_000
"""Characters of the text that comes out; about fifty times the longest plan ever printed."""

MAX_CELLS: Final = 5_000_000
"""Cells of one sheet, counted as the rectangle that a reader of sheets has to lay out."""


def check_input(data: bytes) -> None:
    """Refuse an empty or an oversized file before anything looks at it."""
    if not data:
        raise refusal("empty")
    if len(data) > MAX_INPUT:
        raise refusal("too_large")
