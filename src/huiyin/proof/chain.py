"""The hash chain of one jurisdiction: what an event's hash is, and what is wrong with a chain.

An event is its canonical bytes (`body`). Its hash is the leaf hash of those bytes, so the same
hashes make the chain and the Merkle tree. Every body holds `position` (1, 2, 3 … without gaps)
and `previous` (the hash of the event before it; of the jurisdiction's uid for the first one).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from huiyin.proof import canonical, merkle
from huiyin.proof.canonical import NotCanonical, Value

leaf_hash = merkle.leaf_hash

FaultCode = Literal[
    "hash_differs",
    "body_unreadable",
    "position_missing",
    "position_repeated",
    "previous_differs",
    "column_differs",
]

SENTENCES: dict[FaultCode, str] = {
    "hash_differs": "内容与散列值不符，记录被改动过",
    "body_unreadable": "内容不是规范格式，记录被改动过",
    "position_missing": "缺少这条记录",
    "position_repeated": "序号重复或次序颠倒",
    "previous_differs": "与前一条记录衔接不上，这一条或前一条被改动、替换过",
    "column_differs": "登记栏与记录内容不一致",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as it is stored: its place, its hash in hex, and the canonical bytes hashed.

    `columns` are what the store keeps beside the body for searching (action, at, previous …):
    each must equal the member of the body with the same name.
    """

    position: int
    hash: str
    body: bytes
    columns: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a chain: at which position, what, and in which act of which time."""

    position: int
    code: FaultCode
    detail: str = ""
    action: str = ""
    at: str = ""

    def __str__(self) -> str:
        """Say it in one Chinese line, for people."""
        act = "，".join(part for part in (self.action, self.at) if part)
        detail = f"：{self.detail}" if self.detail else ""
        return f"第{self.position}条{f'（{act}）' if act else ''}{SENTENCES[self.code]}{detail}。"


def genesis(jurisdiction_uid: str) -> str:
    """Return what the first event of a jurisdiction names as `previous` (hex)."""
    return hashlib.sha256(b"huiyin.ledger/1\n" + jurisdiction_uid.encode("utf-8")).hexdigest()


def event_hash(body: bytes) -> str:
    """Return the hash of an event in hex: the leaf hash of its canonical bytes."""
    return leaf_hash(body).hex()


def check(events: Iterable[Entry], *, uid: str, size: int | None = None) -> list[Fault]:
    """Return everything wrong with the events of jurisdiction `uid`, given in stored order.

    Without `size` (how many there must be, from the head or a seal) a chain cut off at its end
    looks whole: nothing inside a prefix can tell that more followed.
    """
    checker = Checker(uid)
    faults = [fault for entry in events for fault in checker.feed(entry)]
    return faults + checker.finish(size)


class Checker:
    """Checks a chain event by event, in constant memory."""

    def __init__(self, uid: str) -> None:
        self.expected = 1
        self._links = {genesis(uid)}

    def feed(self, entry: Entry) -> list[Fault]:
        """Return what is wrong with the next stored event."""
        actual = event_hash(entry.body)
        body = _read(entry.body)
        faults = [] if actual == entry.hash else [_fault(entry, body, "hash_differs")]
        if body is None:
            faults.append(_fault(entry, body, "body_unreadable"))
        else:
            faults += _column_faults(entry, body)
        faults += self._place_faults(entry, body)
        if entry.position >= self.expected:
            # Either hash serves as the link: where they differ, that has just been said.
            self._links = {entry.hash, actual}
            self.expected = entry.position + 1
        return faults

    def finish(self, size: int | None = None) -> list[Fault]:
        """Return a fault for what is missing at the end, when `size` events are expected."""
        if size is None or size < self.expected:
            return []
        return [_missing(self.expected, size)]

    def _place_faults(self, entry: Entry, body: dict[str, Value] | None) -> list[Fault]:
        if entry.position < self.expected:
            return [_fault(entry, body, "position_repeated")]
        if entry.position > self.expected:
            return [_missing(self.expected, entry.position - 1)]
        if body is not None and body.get("previous") not in self._links:
            return [_fault(entry, body, "previous_differs")]
        return []


def _read(data: bytes) -> dict[str, Value] | None:
    try:
        value = canonical.decode(data)
    except NotCanonical:
        return None
    return value if isinstance(value, dict) else None


def _column_faults(entry: Entry, body: dict[str, Value]) -> list[Fault]:
    columns = {**entry.columns, "position": entry.position}
    return [
        _fault(entry, body, "column_differs", name)
        for name, value in columns.items()
        if not _same(body.get(name), value)
    ]


def _same(one: Value, other: Value) -> bool:
    """Compare as canonical bytes: in Python True equals 1, in a ledger it does not."""
    return canonical.encode(one) == canonical.encode(other)


def _fault(entry: Entry, body: dict[str, Value] | None, code: FaultCode, detail: str = "") -> Fault:
    said = body or _guess(entry.body)
    return Fault(
        position=entry.position,
        code=code,
        detail=detail,
        action=_text(entry.columns.get("action") or said.get("action")),
        at=_text(entry.columns.get("at") or said.get("at")),
    )


def _guess(data: bytes) -> dict[str, Value]:
    """Return what a body that is no longer canonical still says, only to name the event."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _missing(first: int, last: int) -> Fault:
    detail = f"至第{last}条共{last - first + 1}条" if last > first else ""
    return Fault(position=first, code="position_missing", detail=detail)
