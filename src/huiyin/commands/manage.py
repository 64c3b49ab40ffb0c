"""`huiyin manage …`: Django's own management commands with our settings."""

from __future__ import annotations

import os

from django.core.management import ManagementUtility


def main(argv: list[str]) -> int:
    """Run one of Django's commands; it ends the process itself when it fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
    ManagementUtility(["huiyin manage", *argv]).execute()
    return 0
