"""Input that no column can hold is refused with the field named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from huiyin.errors import Refusal


def one_of(choices: type[models.TextChoices], value: str, field: str) -> str:
    """The value, when it is one of the choices; else a Refusal that names the field."""
    if value not in choices.values:
        raise Refusal(
            _("没有“%(value)s”这个选项。") % {"value": value[:40]},
            code="no_such_choice",
            fields={field: [_("请重新选择")]},
        )
    return value


def fits(model: type[models.Model], given: Mapping[str, Any]) -> None:
    """Raise a Refusal for texts longer than their columns."""
    long: dict[str, list[str]] = {}
    for name, value in given.items():
        most = getattr(model._meta.get_field(name), "max_length", None)
        if most is not None and isinstance(value, str) and len(value) > most:
            long[name] = [_("最多%(most)d个字") % {"most": most}]
    if long:
        raise Refusal(_("有的内容太长，请缩短。"), code="too_long", fields=long)
