"""Template tags of the web layer, built into every template by the settings."""

from __future__ import annotations
