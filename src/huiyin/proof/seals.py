"""A seal: the Merkle root over the first `size` events, kept where the office cannot change it."""

from __future__ import annotations

import json
from dataclasses import dataclass

SCHEMA = "huiyin.seal/1"


class BadSeal(ValueError):
    """A file that is no seal; `str(error)` is one sentence in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the ledger of `jurisdiction` was at `sealed_at` (ISO 8601, UTC): root in hex."""

    jurisdiction: str
    size: int
    root: str
    sealed_at: str


def dump(seal: Seal) -> bytes:
    """Return the seal file: one small JSON object with a line end."""
    return (
        json.dumps(
            {
                "schema": SCHEMA,
                "jurisdiction": seal.jurisdiction,
                "size": seal.size,
                "root": seal.root,
                "sealed_at": seal.sealed_at,
            },
            ensure_ascii=False,
        ).encode("utf-8")
        + b"\n"
    )


def load(data: bytes) -> Seal:
    """Return the seal of a seal file; raise BadSeal when it is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadSeal("封存文件不是JSON，请使用系统导出的原文件。") from error
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise BadSeal(f"不是封存文件（schema应为{SCHEMA}）。")
    return of_record(value, jurisdiction=value.get("jurisdiction"))


def of_record(value: object, *, jurisdiction: object) -> Seal:
    """Return the seal that a JSON object states; raise BadSeal when a member is missing."""
    record = value if isinstance(value, dict) else {}
    size, root, sealed_at = (record.get(name) for name in ("size", "root", "sealed_at"))
    if not (
        isinstance(size, int)
        and size >= 0
        and isinstance(root, str)
        and isinstance(sealed_at, str)
        and isinstance(jurisdiction, str)
    ):
        raise BadSeal("封存文件缺少size、root、sealed_at或jurisdiction。")
    return Seal(jurisdiction=jurisdiction, size=size, root=root, sealed_at=sealed_at)
