"""Reads official documents: bytes in, a `Reading` out; offline, deterministic, every finding explained.

`read` is the whole face of the engine; `huiyin.reading.pipeline` has the steps.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from huiyin.reading import dates, deadlines, numbers, pipeline, quantities
from huiyin.reading.deadlines import Calendar
from huiyin.reading.errors import Unreadable
from huiyin.reading.spoken import limits_in
from huiyin.reading.types import Deadline, Document, Item, Quantity, Reading, UnitName


def read(
    data: bytes,
    name: str,
    *,
    date: str | None = None,
    units: Sequence[UnitName] = (),
    calendar: Calendar | None = None,
) -> Reading:
    """The reading of a file; `Unreadable` says in one sentence why there is none.

    `date` (ISO) overrides the document's own as the base of time limits, `units` is the directory that
    names are matched to, `calendar` knows moved holidays.
    """
    from huiyin.reading.formats import to_document

    return pipeline.run(to_document(data, name), date=date, units=units, calendar=calendar)


def quantities_in(text: str, units: Iterable[str] = ()) -> list[Quantity]:
    """Every figure of a short text with its unit, in order; `units` are some the lexicon may not know."""
    found = [(f.start, f.end, f.value, text[slice(*f.unit)]) for f in quantities.find(text)]
    for unit in units:
        pattern = rf"(?P<n>\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)\s?[多余]?\s?{re.escape(unit)}"
        for match in re.finditer(pattern, text):
            if not any(start < match.end() and match.start() < end for start, end, *_ in found):
                found.append((match.start(), match.end(), numbers.value(match["n"]), unit))
    return [Quantity(text=text[s:e], value=v, unit=u.strip()) for s, e, v, u in sorted(found)]


def dates_in(text: str, *, today: dt.date, ahead: Sequence[str] = ()) -> list[dt.date]:
    """Every day a short text written today speaks of: time limits by their last day, and plain dates.

    A day without a year is this year's, or the coming one's when a word of `ahead` (预计, 将) stands before it.
    """
    limits = deadlines.find(text, deadlines.base_of(today.isoformat()))
    found: list[str | None] = [limit.date for limit in limits if len(limit.date or "") == 10]
    found += [dates.full_date(match[0]) for match in dates.FULL.finditer(text)]
    for match in _MONTH_DAY.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        coming = any(word in text[max(0, match.start() - 8) : match.start()] for word in ahead)
        past = (month, day) < (today.month, today.day)
        found.append(dates.iso(today.year + (past and coming), month, day))
    return [dt.date.fromisoformat(day) for day in found if day]


_MONTH_DAY = re.compile(r"(?<![\d年-])(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日?")


__all__ = [
    "Calendar",
    "Deadline",
    "Document",
    "Item",
    "Quantity",
    "Reading",
    "UnitName",
    "Unreadable",
    "dates_in",
    "limits_in",
    "quantities_in",
    "read",
]
