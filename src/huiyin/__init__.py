"""Huiyin 回音: every matter lands somewhere, every matter is answered (件件有着落，事事有回音)."""

from __future__ import annotations

__version__ = "0.1.0"
