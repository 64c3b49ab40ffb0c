"""The notices feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Notices(AppConfig):
    """Label `notices`; the verb 催办 gets its page and its place in the story of a matter."""

    name = "huiyin.notices"
    label = "notices"

    def ready(self) -> None:
        """What the features below leave room for is registered."""
        from huiyin.notices import parts

        parts.register()
