"""The notices feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Notices(AppConfig):
    """Label `notices`; what other features leave room for is registered at start, pages with the addresses."""

    name = "huiyin.notices"
    label = "notices"

    def ready(self) -> None:
        """What the features below leave room for is registered."""
        from huiyin.notices import parts

        parts.register()
