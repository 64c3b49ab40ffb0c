"""What every operation answers: what was done, or why not."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class SubjectOut(Schema):
    """The thing a verb was done to."""

    kind: str
    id: int
    version: int


class VerbOut(Schema):
    """A verb that is done: its place in the ledger, its facts, and what may be done next."""

    action: str
    subject: SubjectOut
    position: int
    facts: dict[str, Any]
    repeated: bool
    allowed_actions: list[str]


class Problem(Schema):
    """A refusal (problem+json): nothing has changed; `code` is stable, `title` is for people."""

    type: str
    title: str
    status: int
    code: str
    fields: dict[str, list[str]] = {}
    detail: str | None = None
    changes: list[dict[str, Any]] | None = None


class UploadOut(Schema):
    """A file kept for its owner; verbs name it by these four values."""

    name: str
    sha256: str
    size: int
    media_type: str


REFUSALS: dict[int, type[Schema]] = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
}
