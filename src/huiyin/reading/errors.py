"""Why a file cannot be read: a stable code, a sentence for people, and what to do next."""

from __future__ import annotations


class Unreadable(Exception):
    """A file that cannot be read; `code` is stable, `str(error)` is one sentence in Chinese."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
