"""Dates, moments and shares as an official writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from huiyin.web import format as words

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 12), "11月12日"),
        (date(2027, 1, 31), "2027年1月31日"),
        (date(2025, 11, 20), "2025年11月20日"),
        (None, ""),
    ],
)
def test_the_year_is_said_only_when_it_differs(value, said):
    assert words.day(value, today=TODAY) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 20), "今天"),
        (date(2026, 11, 19), "昨天"),
        (date(2026, 11, 21), "明天"),
        (date(2026, 11, 12), "8天前"),
        (date(2026, 11, 25), "5天后"),
        (date(2026, 10, 1), "10月1日"),
        (date(2025, 10, 1), "2025年10月1日"),
        (None, ""),
    ],
)
def test_a_near_day_is_said_as_a_distance(value, said):
    assert words.ago(value, today=TODAY) == said


def test_a_moment_of_today_is_only_its_time():
    assert words.moment(datetime(2026, 11, 20, 9, 5), today=TODAY) == "9:05"  # noqa: DTZ001 (already local)
    assert words.moment(datetime(2026, 11, 2, 17, 30), today=TODAY) == "11月2日 17:30"  # noqa: DTZ001
    assert words.moment(None, today=TODAY) == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.784, "78%"), (0.785, "79%"), (Decimal("0.005"), "1%"), (1, "100%"), (0, "0%"), (None, "")],
)
def test_a_share_is_whole_percent_and_halves_go_up(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("count", "said"), [(812, "812 B"), (34 * 1024, "34 KB"), (2_726_298, "2.6 MB")]
)
def test_a_size_is_short(count, said):
    assert words.size(count) == said


def test_other_languages_keep_the_same_brevity():
    with translation.override("en"):
        assert words.day(date(2026, 11, 12), today=TODAY) == "12 Nov"
        assert words.day(date(2025, 11, 12), today=TODAY) == "12 Nov 2025"
        assert words.full_day(date(2026, 2, 1)) == "1 February 2026"
        assert words.weekday(TODAY) == "Friday"
        assert words.month(TODAY) == "Nov"


def test_weekday_and_full_day_in_chinese():
    assert words.weekday(TODAY) == "星期五"
    assert words.month(TODAY) == "11月"
    assert words.full_day(date(2026, 2, 1)) == "2026年2月1日"
