"""Reads official documents: bytes in, a `Reading` out; offline, deterministic, every finding explained.

`read` is the whole face of the engine; `huiyin.reading.pipeline` has the steps.
"""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.reading import pipeline
from huiyin.reading.deadlines import Calendar
from huiyin.reading.errors import Unreadable
from huiyin.reading.types import Document, Item, Reading, UnitName


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


__all__ = ["Calendar", "Document", "Item", "Reading", "UnitName", "Unreadable", "read"]
