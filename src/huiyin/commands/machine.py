"""What this machine has: programs, fonts, file systems."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from huiyin.errors import Refusal

NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.davfs",
        "fuse.ceph",
        "fuse.rclone",
        "fuse.s3fs",
    ]
)
"""File systems on which SQLite's locks do not hold."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
OFFICES = ("soffice", "libreoffice")


def program(*names: str) -> Path | None:
    """The first of these programs that is on the path."""
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def chinese_fonts() -> list[str]:
    """Names of installed fonts that have Chinese; empty when none, or when fontconfig is missing."""
    command = program("fc-list")
    if command is None:
        return []
    done = subprocess.run(
        [command, ":lang=zh", "family"], capture_output=True, text=True, timeout=60, check=False
    )
    return sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})


def file_system_of(folder: Path, *, mounts: str | None = None) -> str:
    """The type of the file system a folder lies on ("" where the system does not say).

    `mounts` is the text of /proc/mounts; the longest mount point above the folder decides.
    """
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text("utf-8", "replace") if table.exists() else ""
    found, deepest = "", -1
    for line in mounts.splitlines():
        _device, point, kind, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if folder.resolve().is_relative_to(point) and len(point) >= deepest:
            found, deepest = kind, len(point)
    return found


def refuse_network_folder(folder: Path) -> None:
    """Refuse to keep a SQLite database on a network file system: its locks do not hold there."""
    kind = file_system_of(folder)
    if kind in NETWORK:
        raise Refusal(
            f"数据目录 {folder} 在网络文件系统（{kind}）上，SQLite在那里会损坏数据，没有启动。",
            code="network_file_system",
            next_step="请把HUIYIN_DATA改到本机磁盘，或改用PostgreSQL（DATABASE_URL）。",
        )
