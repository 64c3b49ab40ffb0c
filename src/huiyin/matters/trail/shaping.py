"""Parts, merges, splits, reopenings and take-overs told."""

from __future__ import annotations

from huiyin.matters.trail.told import Tellers

TELLERS: Tellers = {}
