"""Files on their way in: stored under their hash, remembered for the person who brought them.

A hash grants nothing: a verb that names a file asks `brought_by` whether its actor uploaded it.
"""

from __future__ import annotations

import mimetypes
from typing import BinaryIO

from huiyin import clock, files
from huiyin.files import Readable
from huiyin.web.models import Upload


def keep(
    stream: Readable | BinaryIO | bytes, name: str, *, owner_id: int, limit: int | None = None
) -> Upload:
    """The file lies in the store and is known as brought by its owner; a Refusal when it is too big."""
    stored = files.store(stream, limit=limit)
    clean = name.replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1].strip() or "file"
    return Upload.objects.create(
        owner_id=owner_id,
        sha256=stored.sha256,
        size=stored.size,
        name=clean[-200:],
        media_type=mimetypes.guess_type(clean)[0] or "application/octet-stream",
        uploaded_at=clock.now(),
    )


def brought_by(owner_id: int | None, sha256: str) -> bool:
    """Whether that person uploaded a file with this hash."""
    return owner_id is not None and Upload.objects.filter(owner_id=owner_id, sha256=sha256).exists()
