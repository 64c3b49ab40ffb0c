"""The product used as a person uses it: a browser, the real server, an office of its own a journey."""

from __future__ import annotations
