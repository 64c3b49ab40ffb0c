"""What a machine has, and where a database must not lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.commands import machine
from huiyin.errors import Refusal

MOUNTS = """
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/d /mnt/with\\040space cifs rw 0 0
/dev/sdb1 /mnt/share/local xfs rw 0 0
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/huiyin", "ext4"),
        ("/mnt/share/data", "nfs4"),
        ("/mnt/share/local/data", "xfs"),
        ("/mnt/shared", "ext4"),
        ("/mnt/with space/data", "cifs"),
    ],
)
def test_the_deepest_mount_above_a_folder_decides(folder, kind):
    assert machine.file_system_of(Path(folder), mounts=MOUNTS) == kind


def test_a_database_on_a_network_folder_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "file_system_of", lambda _folder: "nfs4")
    with pytest.raises(Refusal) as refused:
        machine.refuse_network_folder(tmp_path)
    assert refused.value.code == "network_file_system"


def test_a_program_that_is_not_there_is_none():
    assert machine.program("no-such-program-anywhere") is None
    assert machine.program("no-such-program-anywhere", "sh") is not None
