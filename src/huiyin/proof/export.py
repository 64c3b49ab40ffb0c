"""The export file of a ledger: JSON Lines that can be checked with the standard library alone.

    {"schema": "huiyin.ledger/1", "jurisdiction": uid, "name": "…", "exported_at": "…"}
    {"position": 1, "hash": "…", "body": "…", "texts": [{"field", "salt", "text"}]}      each event
    {"seal": {"size": 120, "root": "…", "sealed_at": "…"}}                               each seal
    {"end": 120, "root": "…", "sha256": "…"}

`body` is the canonical bytes as a string (or `body64`, base64, when they are not UTF-8). `texts`
are the free texts beside the chain, salt in hex; a text that was withdrawn is null. `sha256` is
over all bytes before the last line and finds accidents; proof lies in hashes, seals and roots.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from huiyin.proof import merkle, seals
from huiyin.proof.chain import leaf_hash
from huiyin.proof.seals import Seal

SCHEMA = "huiyin.ledger/1"


class BadExport(ValueError):
    """A file that is no export at all; `str(error)` is one sentence in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Whose ledger it is and when the file was written (ISO 8601, UTC)."""

    jurisdiction: str
    name: str
    exported_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A free text of an event: `field` names its digest in the body's `texts`; salt in hex."""

    field: str
    salt: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as stored, with the texts kept beside it."""

    position: int
    hash: str
    body: bytes
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How many events were written, the root over them, the hash of the bytes before this line."""

    count: int
    root: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is wrong with the file itself, beside what its records say; one sentence in Chinese."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """Say it with the line's number."""
        return f"导出文件第{self.line}行：{self.sentence}"


Record = Header | Event | Seal | End | Damage


def write(
    stream: IO[bytes], header: Header, events: Iterable[Event], sealed: Iterable[Seal] = ()
) -> End:
    """Write the whole export to a binary stream and return its last line's facts.

    Nothing is judged here: a ledger that was tampered with is exported as it is.
    """
    out = _Out(stream)
    out.line({"schema": SCHEMA, **_fields(header)})
    tree = merkle.Tree()
    for event in events:
        tree.append(leaf_hash(event.body))
        out.line(_event_record(event))
    for seal in sealed:
        facts = {"size": seal.size, "root": seal.root, "sealed_at": seal.sealed_at}
        out.line({"seal": facts})
    end = End(count=tree.size, root=tree.root().hex(), sha256=out.sha256.hexdigest())
    out.line({"end": end.count, "root": end.root, "sha256": end.sha256})
    return end


def read(stream: IO[bytes]) -> Iterator[Record]:
    """Yield header, events, seals and end of an export, one line at a time.

    Raises BadExport when the first line is no header; any damage after it is yielded as Damage,
    so that one broken line does not hide what follows it.
    """
    first = stream.readline()
    header = _header(first)
    yield header
    sha256 = hashlib.sha256(first)
    record: Record = header
    number = 1
    for number, line in enumerate(stream, start=2):
        if isinstance(record, End):
            yield Damage(line=number, sentence="结束行之后还有内容。")
        record = _record(line, number, header.jurisdiction)
        yield record
        if isinstance(record, End) and record.sha256 != sha256.hexdigest():
            yield Damage(line=number, sentence="以上内容与校验值不符，文件被改动或损坏。")
        sha256.update(line)
    if not isinstance(record, End):
        yield Damage(line=number, sentence="此后没有结束行，文件不完整，请重新导出。")


class _Out:
    """Writes lines and hashes them on the way."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.sha256 = hashlib.sha256()

    def line(self, record: dict[str, Any]) -> None:
        data = json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
        self.sha256.update(data)
        self.stream.write(data)


def _fields(header: Header) -> dict[str, str]:
    return {
        "jurisdiction": header.jurisdiction,
        "name": header.name,
        "exported_at": header.exported_at,
    }


def _event_record(event: Event) -> dict[str, Any]:
    try:
        body = {"body": event.body.decode("utf-8")}
    except UnicodeDecodeError:
        body = {"body64": base64.b64encode(event.body).decode("ascii")}
    texts = [{"field": t.field, "salt": t.salt, "text": t.text} for t in event.texts]
    return {"position": event.position, "hash": event.hash, **body, "texts": texts}


def _header(line: bytes) -> Header:
    try:
        value = _object(line)
        header = Header(
            jurisdiction=_string(value["jurisdiction"]),
            name=_string(value["name"]),
            exported_at=_string(value["exported_at"]),
        )
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise BadExport("不是回音台账导出文件：首行不完整。") from error
    if value.get("schema") != SCHEMA:
        raise BadExport(f"不是回音台账导出文件（首行schema应为{SCHEMA}）。")
    return header


def _record(line: bytes, number: int, jurisdiction: str) -> Record:
    """Return what one line after the header states."""
    try:
        return _parse(_object(line), jurisdiction)
    except (LookupError, TypeError, ValueError, RecursionError):
        return Damage(line=number, sentence="不是导出文件的一行，或已损坏，本行未能核验。")


def _parse(value: dict[str, Any], jurisdiction: str) -> Record:
    if "seal" in value:
        return seals.of_record(value["seal"], jurisdiction=jurisdiction)
    if "end" in value:
        return End(
            count=_integer(value["end"]),
            root=_string(value["root"]),
            sha256=_string(value["sha256"]),
        )
    return _parse_event(value)


def _parse_event(value: dict[str, Any]) -> Event:
    texts = tuple(
        Text(
            field=_string(text["field"]),
            salt=_optional(text["salt"]),
            text=_optional(text["text"]),
        )
        for text in value.get("texts", [])
    )
    return Event(
        position=_integer(value["position"]),
        hash=_string(value["hash"]),
        body=_body(value),
        texts=texts,
    )


def _body(value: dict[str, Any]) -> bytes:
    if "body64" in value:
        return base64.b64decode(_string(value["body64"]), validate=True)
    return _string(value["body"]).encode("utf-8")


def _object(line: bytes) -> dict[str, Any]:
    value = json.loads(line.decode("utf-8"), object_pairs_hook=_without_repeats)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    value.encode("utf-8")  # a lone surrogate is refused here, not where it would be hashed
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _string(value)


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not an integer")
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object repeats a key")
    return value
