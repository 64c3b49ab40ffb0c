"""Follows the ledger and puts into people's inboxes what concerns them."""

from __future__ import annotations
