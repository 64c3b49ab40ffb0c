"""The people feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    """Label `people`."""

    name = "huiyin.people"
    label = "people"

    def ready(self) -> None:
        """The scheme of lights in force is read with everybody's posts."""
        from huiyin.people import queries
        from huiyin.rulebook import looks
        from huiyin.web.looks import register_looks

        queries.read_beside(looks.BESIDE, looks.digest_in_force)
        register_looks(looks.looks_of)
