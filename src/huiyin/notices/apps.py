"""The notices feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Notices(AppConfig):
    """Label `notices`; what other features leave room for is registered at start."""

    name = "huiyin.notices"
    label = "notices"
