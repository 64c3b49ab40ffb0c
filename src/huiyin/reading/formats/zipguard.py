"""Looks into a zip container before any parser does: bombs, lies about sizes, entities in XML.

Every member is unpacked once, in pieces, against the size it declares, because parsers that trust
the directory of the archive can be made to fill the memory by a member that declares less.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from huiyin.reading.formats.refusals import refusal

MAX_UNPACKED: Final = 400_000_000
"""Bytes of all members together."""

MAX_RATIO: Final = 200
"""Unpacked to packed, for members over a megabyte; real sheets of numbers stay under 60."""

MAX_MEMBERS: Final = 10_000
_LOCAL_HEADER: Final = 30
_PIECE: Final = 1 << 20
_FED: Final = 1 << 16
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def check(data: bytes) -> None:
    """Return when the archive is safe to unpack; raise Unreadable otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refusal("damaged") from error
    _check_directory(infos, len(data))
    for info in infos:
        _check_member(data, info)


def _check_directory(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Judge by the archive's own directory, which is cheap and catches the honest bombs."""
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    overlapping = packed > size
    if overlapping or unpacked > MAX_UNPACKED or len(infos) > MAX_MEMBERS:
        raise refusal("zip_bomb")
    if any(info.flag_bits & 1 for info in infos):
        raise refusal("encrypted")
    if any(_swollen(info) for info in infos):
        raise refusal("zip_bomb")


def _swollen(info: zipfile.ZipInfo) -> bool:
    return info.file_size > 1_000_000 and info.file_size > MAX_RATIO * info.compress_size


def _check_member(data: bytes, info: zipfile.ZipInfo) -> None:
    """Unpack one member in pieces, without keeping it."""
    is_xml = info.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail, total = b"", 0
    for piece in _pieces(info, _packed(data, info)):
        total += len(piece)
        if total > info.file_size:
            raise refusal("zip_bomb")
        if is_xml and any(word in tail + piece for word in _DOCTYPES):
            raise refusal("entities")
        tail = piece[-20:]


def _packed(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    """Return the packed bytes of a member, found by its local header."""
    start = info.header_offset
    header = data[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise refusal("damaged")
    name, extra = struct.unpack("<HH", header[26:30])
    begin = start + _LOCAL_HEADER + name + extra
    return memoryview(data)[begin : begin + info.compress_size]


def _pieces(info: zipfile.ZipInfo, packed: memoryview) -> Iterator[bytes]:
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflate(packed)
    else:  # Office programs write nothing else
        raise refusal("damaged")


def _inflate(packed: memoryview) -> Iterator[bytes]:
    """Yield the unpacked bytes, at most a megabyte at a time."""
    stream = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _FED):
            rest: bytes | memoryview = packed[at : at + _FED]
            while rest and not stream.eof:
                yield stream.decompress(rest, _PIECE)
                rest = stream.unconsumed_tail
        while not stream.eof and (piece := stream.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise refusal("damaged") from error
