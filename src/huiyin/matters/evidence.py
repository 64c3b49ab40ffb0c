"""Evidence as a verb receives it: a file its actor uploaded (`huiyin.web.uploads.keep`), by its hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.door import Call
from huiyin.errors import Refusal
from huiyin.matters.models import Evidence, Matter, Report, Verification
from huiyin.web import uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A stored file: what it is called, its SHA-256 in hex, its size in bytes."""

    name: str
    sha256: str
    size: int
    media_type: str = "application/octet-stream"


def attach(
    call: Call,
    matter: Matter,
    files: Sequence[EvidenceFile],
    *,
    report: Report | None = None,
    verification: Verification | None = None,
) -> list[int]:
    """The files stand behind the report or the verification; ids of the new rows.

    Only what the actor uploaded can be named: knowing a hash gives no way to somebody else's file.
    """
    for file in files:
        if not uploads.brought_by(call.actor.user_id, file.sha256):
            raise Refusal(_("有的佐证材料没有上传成功，请重新选择文件。"), code="not_uploaded")
    rows = [
        call.create(
            Evidence(
                matter=matter,
                report=report,
                verification=verification,
                name=file.name[:200],
                sha256=file.sha256,
                size=file.size,
                media_type=file.media_type[:100],
                added_at=call.at,
            )
        )
        for file in files
    ]
    return [row.pk for row in rows]
