"""The matters feature as a Django app."""
from __future__ import annotations

from django.apps import AppConfig


class Matters(AppConfig):
    """Label `matters`."""

    name = "huiyin.matters"
    label = "matters"
