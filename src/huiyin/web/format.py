"""Dates, moments and shares as an official writes them; pure, today is an argument.

Chinese is written by hand (11月12日, the year only when it differs from today's); other languages
take Django's own formats, in the same short spirit.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_FAR = 30
"""Days after which a distance in days says less than the date itself."""


def _chinese() -> bool:
    return (translation.get_language() or "zh").startswith("zh")


def day(value: date | None, *, today: date) -> str:
    """`11月12日`; with the year when it is not the year of `today`; nothing for no date."""
    if value is None:
        return ""
    same_year = value.year == today.year
    if _chinese():
        return ("" if same_year else f"{value.year}年") + f"{value.month}月{value.day}日"
    return date_format(value, "j M" if same_year else "j M Y")


def full_day(value: date | None) -> str:
    """`2026年11月12日`, for papers and everything that is printed or kept."""
    if value is None:
        return ""
    return (
        f"{value.year}年{value.month}月{value.day}日" if _chinese() else date_format(value, "j F Y")
    )


def month(value: date) -> str:
    """`11月`, under a drawing."""
    return f"{value.month}月" if _chinese() else date_format(value, "M")


def weekday(value: date) -> str:
    """`星期五`."""
    return "星期" + "一二三四五六日"[value.weekday()] if _chinese() else date_format(value, "l")


def moment(value: datetime | None, *, today: date) -> str:
    """`9:42` today, else `11月12日 9:42`; `value` must already be in the office's zone."""
    if value is None:
        return ""
    clock = f"{value.hour}:{value.minute:02d}"
    return clock if value.date() == today else f"{day(value.date(), today=today)} {clock}"


def ago(value: date | None, *, today: date) -> str:
    """`今天`, `昨天`, `8天前`; `明天`, `3天后`; beyond a month the date itself."""
    if value is None:
        return ""
    days = (today - value).days
    if abs(days) > _FAR:
        return day(value, today=today)
    near = {0: _("今天"), 1: _("昨天"), -1: _("明天")}.get(days)
    if near is not None:
        return near
    if days > 0:
        return ngettext("%(days)d天前", "%(days)d天前", days) % {"days": days}
    return ngettext("%(days)d天后", "%(days)d天后", -days) % {"days": -days}


def percent(value: float | Decimal | None) -> str:
    """A share of one as whole percent: 0.784 → `78%`; halves go up; nothing for no value."""
    if value is None:
        return ""
    share = Decimal(str(value)) * 100
    return f"{share.quantize(Decimal(1), rounding=ROUND_HALF_UP)}%"


def size(count: int) -> str:
    """Bytes for people: `812 B`, `34 KB`, `2.6 MB`."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{round(count / 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def amount(value: Decimal | None) -> str:
    """`1200`, `0.5`: an exact amount without the noughts its column keeps; nothing for none."""
    if value is None:
        return ""
    whole = value == value.to_integral()
    return f"{value.quantize(Decimal(1)) if whole else value.normalize():f}"
