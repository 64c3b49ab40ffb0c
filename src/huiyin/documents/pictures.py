"""Pictures of the pages of scans, kept beside the files and gone with them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def place(sha256: str, page: int) -> Path:
    """Where the picture of a page is kept."""
    return _folder(sha256) / f"{sha256}-{page}.png"


def forget(sha256: str) -> None:
    """No picture of any page of this file is left."""
    for path in _folder(sha256).glob(f"{sha256}-*.png"):
        path.unlink(missing_ok=True)


def _folder(sha256: str) -> Path:
    return Path(settings.FILES) / "pages" / sha256[:2]
