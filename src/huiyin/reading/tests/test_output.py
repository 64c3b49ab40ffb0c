from __future__ import annotations

import json

import pytest

from huiyin.reading import read
from huiyin.reading.output import SCHEMA, counts_of, rows_of, to_dict, to_json
from huiyin.reading.types import (
    Deadline,
    Document,
    Heading,
    Item,
    Place,
    Quantity,
    Reading,
    Recurrence,
    Table,
)

TEXT = "一、防汛\n市水务局要于6月底前排查堤防20处。\n市城管局每月通报一次。"
START = TEXT.index("市水务局")


def item(start: int, end: int, **given: object) -> Item:
    return Item(kind="task", start=start, end=end, quote=TEXT[start:end], **given)  # type: ignore[arg-type]


@pytest.fixture
def reading() -> Reading:
    source = Document(
        name="a.xlsx",
        sha256="0" * 64,
        media_type="text/plain",
        text=TEXT,
        places=(Place(start=0, end=len(TEXT), page=3),),
        tables=(Table(header=0, rows=(((0, 2), (2, 4)),), sheet="表"),),
        warnings=("misnamed: 名不符实。",),
    )
    first = item(
        START,
        START + 18,
        outline=0,
        lead=("市水务局",),
        lead_units=("云川市水务局",),
        co=("应急局",),
        deadline=Deadline(text="6月底前", date="2026-06-30", kind="fixed", why="6月最后一天"),
        quantities=(Quantity(text="20处", value=20, unit="处"),),
        confidence=0.9,
        because=("有时限",),
    )
    monthly = item(START + 19, len(TEXT), recurrence=Recurrence(text="每月", freq="monthly"))
    return Reading(
        engine="huiyin test",
        source=source,
        title="防汛",
        outline=(Heading(level=1, number="一", heading="防汛", start=0, end=4),),
        items=(first, monthly),
        warnings=("misnamed: 名不符实。", "other: 其他。"),
    )


def test_the_json_has_every_key_of_the_contract(reading):
    value = json.loads(to_json(reading))
    assert value == json.loads(json.dumps(to_dict(reading)))
    assert value["schema"] == SCHEMA
    assert list(value) == [
        "schema",
        "engine",
        "source",
        "text",
        "warnings",
        "title",
        "doc_type",
        "date",
        "issuer",
        "speaker",
        "number",
        "places",
        "tables",
        "outline",
        "items",
    ]
    assert value["source"] == {
        "name": "a.xlsx",
        "sha256": "0" * 64,
        "media_type": "text/plain",
    }
    assert set(value["items"][0]) >= {
        "kind",
        "start",
        "end",
        "quote",
        "outline",
        "lead",
        "co",
        "deadline",
        "recurrence",
        "quantities",
        "measure",
        "confidence",
        "because",
    }
    assert value["items"][0]["deadline"] == {
        "text": "6月底前",
        "date": "2026-06-30",
        "kind": "fixed",
        "why": "6月最后一天",
    }
    assert value["outline"] == [
        {"level": 1, "number": "一", "heading": "防汛", "start": 0, "end": 4}
    ]


def test_a_place_names_only_what_it_has(reading):
    assert to_dict(reading)["places"] == [{"start": 0, "end": len(TEXT), "page": 3}]


def test_a_warning_is_said_once(reading):
    assert to_dict(reading)["warnings"] == ["misnamed: 名不符实。", "other: 其他。"]


def test_further_keys_may_be_added(reading):
    assert json.loads(to_json(reading, read_with={"date": None}))["read_with"] == {"date": None}


def test_the_register_names_who_when_how_much_and_where(reading):
    first, monthly = rows_of(reading)
    assert first.units == "云川市水务局（配合：应急局）"
    assert first.limit == "6月底前（2026-06-30）"
    assert first.quantities == "20处"
    assert first.where == "第3页"
    assert first.confidence == "90%"
    assert monthly.limit == "每月"
    assert monthly.units == ""


def test_counts_of_all_kinds_are_shown_also_when_nothing_was_found(reading):
    assert counts_of(reading) == {"任务": 2, "常态要求": 0, "问题": 0, "指标": 0}


def test_what_the_engine_reads_quotes_its_text():
    value = to_dict(
        read("会议要求：市水务局于2026年6月底前完成堤防隐患排查20处。".encode(), "a.txt")
    )
    assert value["items"]
    for found in value["items"]:
        assert found["quote"] == value["text"][found["start"] : found["end"]]
