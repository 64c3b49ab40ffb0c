"""Files by content: bytes are written, synced and renamed under their SHA-256 before an event names them.

A hash never grants access: whoever serves a file has asked first whether the reader may see the
thing it belongs to. Layout: FILES/ab/cd/<sha256>; a file withdrawn leaves nothing but its hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.errors import NotFound, Refusal

CHUNK = 256 * 1024
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file that is on the disk for good: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


class Readable(Protocol):
    """What `store` reads from: an open binary file, or Django's UploadedFile."""

    def read(self, size: int = ..., /) -> bytes: ...


def store(stream: Readable | bytes, *, limit: int | None = None) -> Stored:
    """The bytes lie under their hash, on the disk for good; the same bytes twice are kept once.

    `limit` is in bytes (settings.MAX_UPLOAD when None); one byte more is a Refusal `file_too_big`,
    and nothing is kept.
    """
    most = settings.MAX_UPLOAD if limit is None else limit
    folder = _root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            stored = _copy(_chunks(stream), file, most)
        _settle(temporary, path_of(stored.sha256))
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    return stored


def open_stored(sha256: str) -> BinaryIO:
    """The stored file, open for reading; raises NotFound when it was withdrawn or never stored."""
    try:
        return cast("BinaryIO", path_of(sha256).open("rb"))
    except FileNotFoundError:
        raise NotFound(_("文件已经撤除，或者从未保存。"), code="file_not_found") from None


def read_stored(sha256: str) -> bytes:
    """All bytes of a stored file; raises NotFound as `open_stored` does."""
    with open_stored(sha256) as file:
        return file.read()


def is_stored(sha256: str) -> bool:
    """Whether the bytes are there."""
    return path_of(sha256).exists()


def withdraw(sha256: str) -> bool:
    """The bytes are gone from the disk; whether there were any. The caller's event keeps the hash."""
    path = path_of(sha256)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies; ValueError for anything that is no SHA-256 in hex."""
    if not _HASH.match(sha256):
        raise ValueError("not a SHA-256 in hex")
    return _root() / sha256[:2] / sha256[2:4] / sha256


def _root() -> Path:
    return Path(settings.FILES)


def _chunks(stream: Readable | bytes) -> Iterator[bytes]:
    if isinstance(stream, bytes):
        yield stream
        return
    while chunk := stream.read(CHUNK):
        yield chunk


def _copy(chunks: Iterable[bytes], file: IO[bytes], limit: int) -> Stored:
    """Write and hash chunk by chunk, in constant memory; the file is synced at the end."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Refusal(
                _("文件超过%(limit)d兆字节，没有保存。") % {"limit": max(1, limit // 2**20)},
                code="file_too_big",
                next_step=_("请压缩图片、拆分文件后再上传。"),
            )
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return Stored(sha256=digest.hexdigest(), size=size)


def _settle(temporary: Path, path: Path) -> None:
    """Rename under the hash and sync the folders, so that a power cut cannot undo it."""
    fresh = not path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        temporary.chmod(0o600)
        temporary.replace(path)
    _sync_folder(path.parent)
    if fresh:
        _sync_folder(path.parent.parent)
        _sync_folder(_root())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
