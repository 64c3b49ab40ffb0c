"""The rulebook feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Rulebook(AppConfig):
    """Label `rulebook`."""

    name = "huiyin.rulebook"
    label = "rulebook"
