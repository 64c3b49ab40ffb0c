"""The look and the shared behaviour of every screen; no business, a layer below all features."""

from __future__ import annotations
