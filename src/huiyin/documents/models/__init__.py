"""Tables of documents: the paper, its readings, the passages found in it, instructions of leaders."""

from __future__ import annotations

from huiyin.documents.models.document import Document, Reading
from huiyin.documents.models.instruction import Instruction
from huiyin.documents.models.passage import Passage, RequirementMatter

__all__ = ["Document", "Instruction", "Passage", "Reading", "RequirementMatter"]
