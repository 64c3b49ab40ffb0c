"""The audit feature as a Django app."""
from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    """Label `audit`."""

    name = "huiyin.audit"
    label = "audit"
