"""Refusals: what the system will not do, said in a sentence with the next step.

A refusal carries a stable code (for programs), a sentence (for people), the HTTP status it maps to,
what to do next, and the messages of single fields. Views render it as a page, a part or problem+json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class Refusal(Exception):
    """Something asked for is not done; nothing has changed."""

    status = 422

    def __init__(
        self,
        sentence: Words,
        *,
        code: str,
        next_step: Words = "",
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.next_step = next_step
        self.fields = {name: list(lines) for name, lines in (fields or {}).items()}


class Forbidden(Refusal):
    """The actor may see the subject and may not do this to it."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it: the answer is the same."""

    status = 404


class Conflict(Refusal):
    """The subject is no longer in a state in which this can be done, or a key was used twice."""

    status = 409


class Stale(Conflict):
    """The page was older than the subject; `changes` says what happened since it was opened."""

    def __init__(self, sentence: Words, *, changes: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(sentence, code="stale")
        self.changes = list(changes)


def required(text: str, sentence: Words, *, field: str = "reason", code: str = "") -> str:
    """The text without blanks around it; refused (`reason_missing`) beside its field when there is none."""
    if not text.strip():
        raise Refusal(sentence, code=code or f"{field}_missing", fields={field: [_("必填")]})
    return text.strip()
