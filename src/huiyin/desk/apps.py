"""The desk feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """Label `desk`."""

    name = "huiyin.desk"
    label = "desk"
