"""How a value is written into an event, and which columns go beside the chain as free text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from huiyin.errors import Refusal
from huiyin.proof import canonical

BIGGEST = 2**63 - 1
"""The largest whole number both databases keep in a column."""


def plain(value: Any) -> Any:
    """A value as an event holds it: ids, codes, ISO dates, decimal strings, lists and dicts of them."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Decimal() | float() | UUID():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case models.Model():
            return value.pk
    return _plain_several(value)


def _plain_several(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | models.QuerySet():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=repr)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"an event cannot hold {type(value).__name__}")


def is_free_text(column: models.Field[Any, Any]) -> bool:
    """Whether a column's content goes beside the chain, salted, rather than into it."""
    return isinstance(column, models.TextField | models.JSONField)


def free_text(value: Any) -> str:
    """The text itself, or the canonical form of a JSON value; "" for none."""
    if value is None or isinstance(value, str):
        return value or ""
    return canonical.encode(plain(value)).decode()


def digest(name: str, subject_id: int, given: Mapping[str, Any]) -> str:
    """What tells two requests apart: SHA-256 over verb, subject and input, in hex.

    Characters that no column of both databases can hold (NUL, lone surrogates) and numbers that
    are too long are refused here, before anything is done with them.
    """
    value = plain(dict(given))
    if not _keepable(value):
        raise _unkeepable()
    try:
        return hashlib.sha256(canonical.encode([name, subject_id, value])).hexdigest()
    except canonical.NotCanonical as error:
        raise _unkeepable() from error


def _keepable(value: Any) -> bool:
    match value:
        case bool() | None:
            return True
        case int():
            return -BIGGEST <= value <= BIGGEST
        case str():
            return "\x00" not in value
        case list():
            return all(map(_keepable, value))
        case dict():
            return all(map(_keepable, value.values()))
    return True


def _unkeepable() -> Refusal:
    return Refusal(
        _("填写的内容里有无法保存的字符或数字。"),
        code="not_keepable",
        next_step=_("请删去特殊字符后重新填写。"),
    )
