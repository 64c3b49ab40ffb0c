"""Referrals, joint handling, consultations, coordination told: whose hands it went through."""

from __future__ import annotations

from huiyin.matters.trail.told import Tellers

TELLERS: Tellers = {}
