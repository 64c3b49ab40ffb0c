"""Names as documents write them, and the units they mean."""

from __future__ import annotations

import time

import pytest

from huiyin.people.matching import Directory, Entry, Why, match

UNITS = (
    # id, name, short name, aliases, kind
    (1, "云溪市人民政府", "市政府", (), "government"),
    (2, "云溪市教育局", "市教育局", ("教体局",), "bureau"),
    (3, "云溪市发展和改革委员会", "市发展改革委", ("发改委", "发改局"), "bureau"),
    (4, "松鸣镇人民政府", "松鸣镇", (), "town"),
    (5, "折桂镇人民政府", "折桂镇", (), "town"),
    (6, "云溪市城市管理局", "市城管局", ("城管",), "bureau"),
    (7, "城北公司", "城北公司", ("城管",), "station"),
)
DIRECTORY = Directory(
    Entry(unit_id=i, name=n, short_name=s, aliases=a, kind=k) for i, n, s, a, k in UNITS
)


@pytest.mark.parametrize(
    ("written", "units", "why"),
    [
        ("云溪市教育局", (2,), Why.NAME),
        ("市教育局", (2,), Why.NAME),
        ("市　教育局", (2,), Why.NAME),
        ("市教育局（牵头）", (2,), Why.NAME),
        ("教体局", (2,), Why.ALIAS),
        ("教育局", (2,), Why.SHORTENED),
        ("县教体局", (2,), Why.SHORTENED),
        ("教育局等部门", (2,), Why.SHORTENED),
        ("发改委等有关部门", (3,), Why.ALIAS),
        ("松鸣镇政府", (4,), Why.SHORTENED),
        ("各乡镇", (4, 5), Why.GROUP),
        ("各乡镇（街道）", (4, 5), Why.GROUP),
        ("各镇人民政府", (4, 5), Why.GROUP),
        ("市直各部门", (2, 3, 6), Why.GROUP),
        ("城管", (6, 7), Why.SEVERAL),
        ("省教育厅", (), Why.NONE),
        ("各有关部门", (), Why.NONE),
        ("", (), Why.NONE),
    ],
)
def test_a_written_name_means(written, units, why):
    found = match([written], DIRECTORY)[0]
    assert (found.unit_ids, found.why) == (units, why)
    assert found.written == written


def test_every_unit_is_found_by_each_of_its_names():
    for unit_id, name, short, aliases, _kind in UNITS:
        for word in (name, short, *aliases):
            assert unit_id in match([word], DIRECTORY)[0].unit_ids


def test_answers_come_in_the_order_of_the_names():
    names = ["教体局", "没有这个单位", "教体局", "松鸣镇"]
    assert [m.unit_ids for m in match(names, DIRECTORY)] == [(2,), (), (2,), (4,)]


def test_ten_thousand_different_names_take_less_than_a_second():
    names = [f"第{n}号县教育局等部门" for n in range(10_000)]
    start = time.perf_counter()
    match(names, DIRECTORY)
    assert time.perf_counter() - start < 1
