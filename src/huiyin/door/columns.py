"""Whether values fit their columns, asked before either database is: lengths, choices, ranges.

SQLite keeps any length and PostgreSQL raises; here both refuse, naming the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from huiyin.errors import Refusal

LONGEST_TEXT = 1_000_000
"""Characters of one free text; a document's own text is no column that anybody types."""


def check(row: models.Model, columns: Iterable[models.Field[Any, Any]]) -> None:
    """Every value fits its column, or a Refusal names the fields and what is wrong with each."""
    unrecorded: frozenset[str] = getattr(row, "unrecorded", frozenset())
    problems: dict[str, list[str]] = {}
    for column in columns:
        value = getattr(row, column.attname)
        if value in (None, "") or column.attname in unrecorded:
            continue
        found = _problem(row, column, value)
        if found:
            problems[column.name] = found
    if problems:
        raise Refusal(_("填写的内容不合要求，没有保存。"), code="bad_value", fields=problems)


def _problem(row: models.Model, column: models.Field[Any, Any], value: Any) -> list[str]:
    """What is wrong with one value, in sentences; relations are the database's own business."""
    if isinstance(value, str) and "\x00" in value:
        return [_("含有不能保存的字符。")]
    if isinstance(column, models.TextField) and len(value) > LONGEST_TEXT:
        return [_("太长，最多 %(n)d 字。") % {"n": LONGEST_TEXT}]
    if column.is_relation or isinstance(column, models.BinaryField | models.JSONField):
        return []
    try:
        column.clean(value, row)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []
