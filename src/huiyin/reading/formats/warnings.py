"""Warnings of a document: `code: sentence`, so that programs test the code and people read on."""

from __future__ import annotations


def warning(code: str, sentence: str) -> str:
    """Return the warning as it stands in `Document.warnings`."""
    return f"{code}: {sentence}"


def code_of(text: str) -> str:
    """Return the code of a warning, as `scan` of `scan: …`."""
    return text.partition(": ")[0]


def sentence_of(text: str) -> str:
    """Return what a warning says to people."""
    return text.partition(": ")[2] or text
