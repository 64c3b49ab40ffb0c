"""Tests of the web layer."""

from __future__ import annotations
