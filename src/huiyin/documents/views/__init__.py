"""Pages of documents and instructions: parse, perform or query, render."""

from __future__ import annotations

from huiyin.documents.views.echo import about, act, echo, original, passage
from huiyin.documents.views.instructions import instruction, instructions, new_instruction
from huiyin.documents.views.intake import documents, paste, progress, rows, upload
from huiyin.documents.views.pages import page_image, pages
from huiyin.documents.views.reviewing import decide, review

__all__ = [
    "about",
    "act",
    "decide",
    "documents",
    "echo",
    "instruction",
    "instructions",
    "new_instruction",
    "original",
    "page_image",
    "pages",
    "passage",
    "paste",
    "progress",
    "review",
    "rows",
    "upload",
]
