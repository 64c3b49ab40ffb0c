"""The ledger feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Ledger(AppConfig):
    """Label `ledger`."""

    name = "huiyin.ledger"
    label = "ledger"
