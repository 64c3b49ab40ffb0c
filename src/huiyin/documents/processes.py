"""Running a child on a stored file: with a limit of time, under the file's own name, nothing inherited."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiyin import files

READ_SECONDS = 180
LOOK_SECONDS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: exit code (None when its time ran out) and what it said."""

    code: int | None
    out: str
    err: str

    @property
    def well(self) -> bool:
        return self.code == 0


@contextmanager
def named(sha256: str, name: str) -> Iterator[Path]:
    """The stored file under the name it came with: the ending helps to say what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="huiyin-read-") as folder:
        clean = Path(name.replace("\\", "/")).name.lstrip(".-") or "file"
        # A file's name may hold 255 bytes on most disks; its ending matters most.
        clean = clean.encode("utf-8", "ignore")[-200:].decode("utf-8", "ignore")
        path = Path(folder) / clean
        path.symlink_to(files.path_of(sha256))
        yield path


def run(words: Sequence[str], *, seconds: int) -> Ended:
    """`python -m WORDS` has ended, or was killed when its time ran out."""
    environment = {
        name: value
        for name, value in os.environ.items()
        # Secrets of the server are no business of a process that opens strangers' files.
        if name in {"PATH", "LANG", "LC_ALL", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"}
    }
    source = str(Path(__file__).resolve().parents[2])
    environment |= {"PYTHONPATH": source, "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, a path of our own making
            [sys.executable, "-m", *words],
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ended(code=None, out="", err="")
    return Ended(
        code=done.returncode,
        out=done.stdout.decode("utf-8", "replace"),
        err=done.stderr.decode("utf-8", "replace"),
    )
