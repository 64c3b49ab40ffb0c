"""Pages of documents and instructions: parse, perform or query, render."""

from __future__ import annotations
