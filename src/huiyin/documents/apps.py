"""The documents feature as a Django app."""
from __future__ import annotations

from django.apps import AppConfig


class Documents(AppConfig):
    """Label `documents`."""

    name = "huiyin.documents"
    label = "documents"
