"""Pages of matters: parse, perform or query, render."""

from __future__ import annotations
