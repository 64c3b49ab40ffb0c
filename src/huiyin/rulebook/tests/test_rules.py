"""The rulebook's pure decisions: working days, intervals, bodies, pasted holiday notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.errors import Refusal
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.rules import (
    APPROVAL,
    DUE_DEFAULTS,
    HOLIDAYS,
    LIGHT_SCHEME,
    NUMBERING,
    SHEETS,
    TIME_LIMITS,
    clean,
    described,
    differences,
    effects,
    first_interval,
    in_ranges,
    next_interval,
    pasted_days,
)
from huiyin.rulebook.rules.words import FREQUENCIES, SOURCES, URGENCIES

CALENDAR = HOLIDAYS.parse(shipped("holidays").body)
LIMITS = TIME_LIMITS.parse(shipped("time_limits").body)
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize("code", SHEETS)
def test_every_shipped_rule_is_valid_and_names_its_ground(code):
    default = shipped(code)
    assert clean(SHEETS[code], default.body) == default.body
    assert default.source
    assert default.note


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked in lieu
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2026, 11, 23), True),
        (date(2027, 3, 1), None),  # no table yet: nobody knows
    ],
)
def test_a_day_is_worked_as_the_holiday_notice_says(day, works):
    assert CALENDAR.is_workday(day) is works


@pytest.mark.parametrize(
    ("start", "n", "end", "flagged"),
    [
        (date(2026, 11, 20), 3, date(2026, 11, 25), False),
        (date(2026, 9, 30), 3, date(2026, 10, 10), False),
        (date(2026, 12, 30), 3, date(2027, 1, 4), True),
        (date(2026, 11, 20), 0, date(2026, 11, 20), False),
    ],
)
def test_working_days_are_counted_past_holidays_and_flagged_without_a_table(start, n, end, flagged):
    assert CALENDAR.add_working_days(start, n) == (end, flagged)


@given(DAYS, st.integers(0, 60))
def test_counting_forward_and_between_agree(start, n):
    end, _flagged = CALENDAR.add_working_days(start, n)
    assert CALENDAR.working_days_between(start, end) == n


@pytest.mark.parametrize(
    ("day", "freq", "end"),
    [
        (date(2026, 11, 20), "weekly", date(2026, 11, 27)),  # a Friday: the next one
        (date(2026, 11, 22), "weekly", date(2026, 11, 27)),
        (date(2026, 11, 15), "half_monthly", date(2026, 11, 30)),
        (date(2026, 11, 30), "half_monthly", date(2026, 12, 15)),
        (date(2026, 11, 30), "monthly", date(2026, 12, 31)),
        (date(2026, 11, 20), "quarterly", date(2026, 12, 31)),
        (date(2026, 12, 31), "quarterly", date(2027, 3, 31)),
        (date(2026, 6, 30), "half_yearly", date(2026, 12, 31)),
        (date(2026, 12, 31), "yearly", date(2027, 12, 31)),
        (date(2028, 2, 1), "monthly", date(2028, 2, 29)),
    ],
)
def test_an_interval_ends_with_its_calendar_period(day, freq, end):
    assert next_interval(day, freq) == end


@given(DAYS, st.sampled_from(sorted(FREQUENCIES)))
def test_the_next_interval_is_always_later(day, freq):
    assert day < next_interval(day, freq) <= day + timedelta(days=366)


def test_a_matter_of_late_december_is_first_reported_in_march():
    assert first_interval(date(2026, 12, 20), "quarterly", at_least=30) == date(2027, 3, 31)
    assert first_interval(date(2026, 11, 20), "quarterly", at_least=30) == date(2026, 12, 31)


def test_a_short_rhythm_is_not_stretched():
    assert first_interval(date(2026, 11, 20), "weekly", at_least=30) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("1月1日（周四）至3日（周六）放假调休，共3天。", [(1, 1), (1, 2), (1, 3)]),
        ("2月14日（周六）、2月28日（周六）上班", [(2, 14), (2, 28)]),
        ("9月30日至10月2日", [(9, 30), (10, 1), (10, 2)]),
        ("2026-05-01～2026-05-02", [(5, 1), (5, 2)]),
        ("没有日期", []),
    ],
)
def test_the_holiday_notice_can_be_pasted(words, days):
    assert pasted_days(words, 2026) == [date(2026, *day) for day in days]


def test_what_was_read_is_written_back_in_stretches():
    text = "1月1日至3日、2月14日、9月30日至10月2日"
    assert in_ranges(pasted_days(text, 2026)) == text


def test_a_date_that_does_not_exist_is_not_taken():
    with pytest.raises(ValueError, match="day"):
        pasted_days("2月30日", 2026)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("urgency", URGENCIES)
def test_every_source_and_urgency_has_a_default(source, urgency):
    row = DUE_DEFAULTS.parse(shipped("due_defaults").body).row_for(source, urgency)
    assert row.source == source
    assert row.days >= 1 or row.clock


def _bad(sheet, **change):
    body = shipped(sheet.code).body | change
    with pytest.raises(Refusal) as refused:
        sheet.parse(body)
    return refused.value.fields


def test_a_bad_cell_is_named():
    rows = [dict(row) for row in shipped("due_defaults").body["rows"]]
    rows[2]["days"] = "二十"
    rows[3]["unit"] = "moons"
    assert set(_bad(DUE_DEFAULTS, rows=rows)) == {"rows-2-days", "rows-3-unit"}


def test_a_rule_that_leaves_a_source_without_a_limit_is_refused():
    rows = [row for row in shipped("due_defaults").body["rows"] if row["source"] != "minutes"]
    assert "会议纪要" in _bad(DUE_DEFAULTS, rows=rows)["rows"][0]


def test_two_rows_for_the_same_case_are_refused():
    rows = shipped("approval").body["rows"]
    assert list(_bad(APPROVAL, rows=[*rows, rows[0]])) == [f"rows-{len(rows)}-source"]


@pytest.mark.parametrize(
    "pattern", ["督〔{year}〕号", "{n.__class__}", "{n!r}", "{n:99999d}", "{", "{who}{n}"]
)
def test_a_number_pattern_that_cannot_be_filled_is_refused(pattern):
    assert "notice" in _bad(NUMBERING, notice=pattern)


def test_two_lights_of_one_shape_are_refused():
    rows = [dict(row) for row in shipped("lights").body["rows"]]
    rows[0]["shape"] = rows[3]["shape"]
    assert "rows" in _bad(LIGHT_SCHEME, rows=rows)


def test_a_light_turns_seven_days_before_or_three_when_urgent():
    scheme = LIGHT_SCHEME.parse(shipped("lights").body)
    due = date(2026, 11, 25)
    assert scheme.near_from(due) == date(2026, 11, 18)
    assert scheme.near_from(due, urgent=True) == date(2026, 11, 22)
    assert scheme.late_from(due) == date(2026, 11, 26)


def test_an_amendment_is_told_in_the_words_of_the_rule():
    before = shipped("due_defaults").body
    rows = [dict(row) for row in before["rows"]]
    rows[2]["days"] = 25
    changes = differences(DUE_DEFAULTS, before, before | {"rows": rows})
    assert [(c.label, c.was[:3], c.becomes[:3]) for c in changes] == [
        ("会议纪要 · 一般", "20天", "25天")
    ]


@pytest.mark.parametrize("code", SHEETS)
def test_every_rule_can_be_described_and_tried(code):
    body = shipped(code).body
    assert described(SHEETS[code], body)
    tried = effects(
        SHEETS[code].parse(body), today=date(2026, 11, 20), days=CALENDAR, limits=LIMITS
    )
    assert all(tried.values())
