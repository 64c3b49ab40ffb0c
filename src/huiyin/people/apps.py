"""The people feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    """Label `people`."""

    name = "huiyin.people"
    label = "people"
