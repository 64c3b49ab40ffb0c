"""Tags and filters in every template: icon, day, moment, ago, percent, request_key, querystring."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin import clock
from huiyin.web import fates
from huiyin.web import format as words

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A mark of the sprite `web/icons.html`; hidden from readers, since a word stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', f"ic {css}".strip(), name
    )


@register.simple_tag
def request_key() -> str:
    """A fresh key: a form sent twice with it is done once."""
    return str(uuid.uuid4())


@register.filter
def amount(value: Decimal | None) -> str:
    """`1200`, `0.5`: an exact amount without the noughts its column keeps; nothing for none."""
    return words.amount(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """`11月12日`, the year only when it differs from today's."""
    return words.day(_local_day(value), today=clock.today())


@register.filter
def full_day(value: date | datetime | None) -> str:
    """`2026年11月12日`."""
    return words.full_day(_local_day(value))


@register.filter
def paper_day(value: date | datetime | None) -> str:
    """`2026年11月12日` in every language: a formal paper is Chinese."""
    local = _local_day(value)
    return f"{local.year}年{local.month}月{local.day}日" if local else ""


@register.filter
def month(value: date | datetime) -> str:
    """`11月`."""
    return words.month(_local_day(value) or clock.today())


@register.filter
def weekday(value: date | datetime) -> str:
    """`星期五`."""
    local = _local_day(value)
    return words.weekday(local) if local else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`9:42` today, else `11月12日 9:42`, in the office's zone."""
    local = value.astimezone(clock.zone()) if isinstance(value, datetime) else None
    return words.moment(local, today=clock.today())


@register.filter
def ago(value: date | datetime | None) -> str:
    """`今天`, `昨天`, `8天前`."""
    return words.ago(_local_day(value), today=clock.today())


@register.filter
def percent(value: float | Decimal | None) -> str:
    """0.784 → `78%`."""
    return words.percent(value)


@register.filter
def size(value: int) -> str:
    """Bytes for people."""
    return words.size(value)


@register.filter
def per_cent_width(value: float | Decimal | None) -> str:
    """A share of one as a CSS percentage between 0% and 100%, for `--said:` and its like."""
    if value is None:
        return "0%"
    return f"{min(max(float(value), 0.0), 1.0) * 100:.1f}%"


@register.filter
def of(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """`mapping[key]` or None, for keys known only to the template."""
    return mapping.get(key) if mapping else None


@register.filter
def fate_parts(counts: Mapping[str, int]) -> Sequence[fates.Part]:
    """Counts by fate → the parts of the bar that are not empty, in the fixed order."""
    return fates.parts(counts)


@register.filter
def crowded(bar: Sequence[fates.Part]) -> bool:
    """Whether the bar's labels need a row of their own."""
    return fates.crowded(bar)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with `changes`; a change to None or "" drops the key."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"


def _local_day(value: date | datetime | None) -> date | None:
    return clock.day_of(value) if isinstance(value, datetime) else value or None
