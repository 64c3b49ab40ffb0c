"""The words: tab-separated tables whose first line names the columns; README.md explains each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[list[str]]:
    """The rows of one table, without its first line, blank lines and comments."""
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def words(name: str, group: str | None = None) -> tuple[str, ...]:
    """The first column of a table; with `group`, only rows whose second column is that group."""
    found = {row[0] for row in rows(name) if group is None or row[1] == group}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def alternation(name: str, group: str | None = None) -> str:
    """The words as a regular expression, longest first."""
    return "(?:" + "|".join(words(name, group)) + ")"
