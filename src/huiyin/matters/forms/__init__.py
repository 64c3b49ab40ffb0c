"""HTML input turned into typed values, one form a verb or filter."""

from __future__ import annotations
