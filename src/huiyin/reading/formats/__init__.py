"""Files of every kind an office sends, turned into text with positions that lead back to them."""

from __future__ import annotations

from huiyin.reading.formats.convert import to_document
from huiyin.reading.formats.sniff import kind_of
from huiyin.reading.formats.warnings import code_of, sentence_of

__all__ = ["code_of", "kind_of", "sentence_of", "to_document"]
