"""Draws, effect checks, strike-offs told."""

from __future__ import annotations

from huiyin.matters.trail.told import Tellers

TELLERS: Tellers = {}
