"""The audit feature as a Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Label `audit`; the check of the ledger is registered as wanted work."""

    name = "huiyin.audit"
    label = "audit"

    def ready(self) -> None:
        import_module("huiyin.audit.work")
        import_module("huiyin.audit.actions")
