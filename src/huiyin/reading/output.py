"""A reading as others take it: the JSON of the contract `huiyin.reading/1`, and rows for people.

The contract is in docs/reading.md: keys may be added within /1, and readers ignore what they do
not know. `quote == text[start:end]` always.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Final

from huiyin.reading.types import Heading, Item, Place, Reading, Table

SCHEMA: Final = "huiyin.reading/1"

KINDS: Final = {"task": "任务", "standing": "常态要求", "problem": "问题", "fact": "指标"}
"""What officials call the kinds of items, in the order in which they are counted."""

DOC_TYPES: Final = {
    "speech": "讲话",
    "minutes": "会议纪要",
    "plan": "要点、方案、分工",
    "notice": "通知、意见、办法",
    "bulletin": "通报、简报",
    "report": "报告、总结",
    "rectification": "整改清单",
    "reply": "答复",
    "other": "其他",
}
_FREQUENCIES: Final = {
    "daily": "每日",
    "weekly": "每周",
    "half-monthly": "每半月",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
}


def to_json(reading: Reading, *, indent: int | None = None, **more: object) -> str:
    """Return the reading as JSON; `more` are further keys, as what it was read with."""
    return json.dumps({**to_dict(reading), **more}, ensure_ascii=False, indent=indent)


def to_dict(reading: Reading) -> dict[str, Any]:
    """Return the reading as the contract has it."""
    source = reading.source
    return {
        "schema": SCHEMA,
        "engine": reading.engine,
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "media_type": source.media_type,
        },
        "text": source.text,
        "warnings": warnings_of(reading),
        "title": reading.title,
        "doc_type": reading.doc_type,
        "date": reading.date,
        "issuer": reading.issuer,
        "speaker": reading.speaker,
        "number": reading.number,
        "places": [_place(place) for place in source.places],
        "tables": [_table(table) for table in source.tables],
        "outline": [asdict(heading) for heading in reading.outline],
        "items": [asdict(item) for item in reading.items],
    }


def warnings_of(reading: Reading) -> list[str]:
    """Return what there is to know about the file and the reading, each once."""
    return list(dict.fromkeys((*reading.source.warnings, *reading.warnings)))


def _place(place: Place) -> dict[str, Any]:
    known = asdict(place)
    return {key: value for key, value in known.items() if value is not None}


def _table(table: Table) -> dict[str, Any]:
    return {"header": table.header, "sheet": table.sheet, "rows": table.rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item as a line of a register: what, who, by when, how much, and where it is said."""

    number: int
    kind: str
    words: str
    units: str
    limit: str
    quantities: str
    where: str
    confidence: str


def rows_of(reading: Reading) -> list[Row]:
    """Return the register of the reading, in the order of the text."""
    places = reading.source.places
    return [
        Row(
            number=number,
            kind=KINDS[item.kind],
            words=" ".join(item.quote.split()),
            units=_units(item),
            limit=_limit(item),
            quantities="、".join(quantity.text for quantity in item.quantities),
            where=_where(item, places, reading.outline),
            confidence=f"{item.confidence:.0%}",
        )
        for number, item in enumerate(reading.items, start=1)
    ]


def counts_of(reading: Reading) -> dict[str, int]:
    """Return how many items of each kind there are, by their Chinese names."""
    counted = Counter(KINDS[item.kind] for item in reading.items)
    return {label: counted[label] for label in KINDS.values()}


def _units(item: Item) -> str:
    lead = "、".join(_named(item.lead, item.lead_units))
    helping = "、".join(_named(item.co, item.co_units))
    return f"{lead}（配合：{helping}）" if helping else lead


def _named(written: tuple[str, ...], known: tuple[str | None, ...]) -> list[str]:
    """Return each unit by its full name where the directory knows it, else as written."""
    full = known or (None,) * len(written)
    return [name or words for words, name in zip(written, full, strict=False)]


def _limit(item: Item) -> str:
    if item.deadline is not None:
        day = f"（{item.deadline.date}）" if item.deadline.date else ""
        return f"{item.deadline.text}{day}"
    if item.recurrence is not None:
        return _FREQUENCIES.get(item.recurrence.freq, item.recurrence.text)
    return ""


def _where(item: Item, places: tuple[Place, ...], outline: tuple[Heading, ...]) -> str:
    """Return the page, or the row of the sheet, or the nearest numbered heading."""
    place = next((p for p in places if p.start <= item.start < p.end), None)
    if place is not None and place.page is not None:
        return f"第{place.page}页"
    if place is not None and place.row is not None:
        return f"第{place.row}行"
    if item.outline is not None and 0 <= item.outline < len(outline):
        return outline[item.outline].number
    return ""
