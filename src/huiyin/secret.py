"""The installation's secret key: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def key(data: Path) -> str:
    """The key of this data folder; a new one is written when there is none."""
    path = data / "secret-key"
    with contextlib.suppress(FileNotFoundError):
        return path.read_text("ascii").strip()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii").strip()
