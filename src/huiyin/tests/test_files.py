"""The content-addressed file store."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from huiyin import files
from huiyin.errors import NotFound, Refusal


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def test_a_file_lies_under_the_hash_of_its_bytes():
    stored = files.store(io.BytesIO("年底前完成".encode()))
    assert stored.sha256 == hashlib.sha256("年底前完成".encode()).hexdigest()
    assert stored.size == 15
    assert files.read_stored(stored.sha256).decode() == "年底前完成"


def test_the_same_bytes_are_kept_once(folder):
    one, two = files.store(b"same"), files.store(io.BytesIO(b"same"))
    assert one == two
    assert sum(path.is_file() for path in folder.rglob("*")) == 1


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(folder):
    with pytest.raises(Refusal) as refused:
        files.store(io.BytesIO(b"x" * 1001), limit=1000)
    assert refused.value.code == "file_too_big"
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert files.store(b"x" * 1000, limit=1000).size == 1000


def test_a_stream_that_breaks_leaves_nothing(folder):
    class Broken:
        def read(self, size=-1):
            raise OSError("cable pulled")

    with pytest.raises(OSError, match="cable"):
        files.store(Broken())
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_withdrawn_file_is_not_found_and_withdrawing_twice_is_harmless():
    stored = files.store(b"secret by mistake")
    assert files.withdraw(stored.sha256) is True
    assert files.withdraw(stored.sha256) is False
    assert not files.is_stored(stored.sha256)
    with pytest.raises(NotFound):
        files.open_stored(stored.sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_names_no_file(name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of(name)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_only_the_owner_may_read_the_stored_file():
    stored = files.store(b"x")
    assert files.path_of(stored.sha256).stat().st_mode & 0o077 == 0
