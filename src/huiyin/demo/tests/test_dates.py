"""The demo's dates move with today and never change sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.demo.dates import expand, month_end, resolve

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{d:-283}}", "2026年2月11日"),
        ("{{md:+20}}前", "12月11日前"),
        ("{{m:+30}}前", "12月底前"),
        ("{{m:-10}}前", "10月底前"),
        ("{{mo:-30}}", "10月"),
        ("〔{{y}}〕", "〔2026〕"),
        ("{{y:-400}}年度", "2025年度"),
        ("{{md:+60}}前", "明年1月20日前"),
        ("{{md:+500}}前", "2028年4月4日前"),
        ("无需替换", "无需替换"),
    ],
)
def test_a_placeholder_is_said_as_a_paper_says_it(words, said):
    assert expand(words, TODAY) == said


def test_the_year_is_named_from_the_day_the_paper_was_written():
    assert expand("{{doc:-400}}\n{{y}}年，{{md:-20}}前", TODAY) == "2025年，明年11月1日前"


def test_the_line_that_dates_the_paper_disappears():
    assert expand("{{doc:-5}}\n标题\n", TODAY) == "标题\n"


@pytest.mark.parametrize("offset", [-400, -31, -10, -1, 0, 1, 10, 31, 200])
def test_a_month_end_never_crosses_today(offset):
    for later in range(366):
        today = TODAY + timedelta(days=later)
        distance = (month_end(today, offset) - today).days
        assert distance <= offset if offset < 0 else distance >= offset


def test_a_due_is_an_offset_or_a_month_end():
    assert resolve(-21, TODAY) == date(2026, 10, 31)
    assert resolve("m:+30", TODAY) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="12月底"):
        resolve("12月底", TODAY)
