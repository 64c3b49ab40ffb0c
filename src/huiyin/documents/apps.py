"""The documents feature as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse


class Documents(AppConfig):
    """Label `documents`; matters learn where their words can be read again."""

    name = "huiyin.documents"
    label = "documents"

    def ready(self) -> None:
        """The kinds of source this feature holds are registered with `matters`."""
        from huiyin.documents import actions, work  # noqa: F401
        from huiyin.documents.queries.sources import matters_of
        from huiyin.matters.sources import register_document_sources, register_source_url

        register_source_url("passage", lambda pk: reverse("documents:passage", args=[pk]))
        register_source_url("instruction", lambda pk: reverse("documents:instruction", args=[pk]))
        register_document_sources(matters_of)
