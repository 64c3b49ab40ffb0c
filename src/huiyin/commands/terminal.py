"""What commands share: lines on the terminal, and starting Django."""

from __future__ import annotations

import os
import sys


def start_django() -> None:
    """Django is set up with our settings; harmless when it was before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
    import django

    django.setup()


def say(text: object = "") -> None:
    """One line on the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: object) -> None:
    """One line where errors go."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
