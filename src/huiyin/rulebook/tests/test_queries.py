"""What the rules propose, and how much asking costs."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rulebook import queries
from huiyin.rulebook.rules import CLOSING, DUE_DEFAULTS, LIGHT_SCHEME

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def office_id(cast):
    return cast.jurisdiction.pk


def test_minutes_are_due_in_twenty_days_and_the_rule_is_cited(office_id):
    found = queries.due_default(office_id, source_kind="minutes", start=date(2026, 11, 18))
    assert found.on == date(2026, 12, 8)
    assert (
        found.why == "会议纪要事项20天，规则“时限默认”第1版（办公厅（室）通行做法：会议纪要20天）"
    )
    assert (found.rule, found.number, found.flagged) == ("due_defaults", 1, False)


def test_an_urgent_instruction_is_counted_in_working_days(office_id):
    found = queries.due_default(
        office_id, source_kind="instruction", urgency="urgent", start=FRIDAY
    )
    assert found.on == date(2026, 11, 25)
    assert "领导批示急件3个工作日" in found.why


def test_a_year_without_a_holiday_table_is_flagged(office_id):
    found = queries.due_default(
        office_id, source_kind="instruction", urgency="urgent", start=date(2026, 12, 30)
    )
    assert found.flagged
    assert "2027年节假日未定" in found.why


def test_the_work_report_is_due_at_the_end_of_the_year(office_id):
    found = queries.due_default(office_id, source_kind="report", start=date(2026, 2, 1))
    assert found.on == date(2026, 12, 31)


def test_a_due_date_on_a_holiday_moves_to_the_next_working_day(office_id):
    found = queries.due_default(office_id, source_kind="minutes", start=date(2026, 9, 12))
    assert found.on == date(2026, 10, 8)


def test_a_standing_matter_is_reported_each_quarter(office_id):
    found = queries.interval_default(office_id, start=FRIDAY)
    assert (found.freq, found.check, found.first_on) == (
        "quarterly",
        "quarterly",
        date(2026, 12, 31),
    )


def test_checks_approval_acceptance_and_closing_have_defaults(office_id):
    book = queries.book(office_id)
    assert book.check_default(kind="problem", on=FRIDAY).value == "on_site"
    assert book.check_default(kind="something new", on=FRIDAY).value == "papers"
    assert book.approver(source_kind="minutes", on=FRIDAY).value == "leader_in_charge"
    assert book.acceptance_default(quoted="修好东桥", on=FRIDAY).value == "修好东桥"
    assert book.closing_persons(on=FRIDAY) == 1
    assert book.numbering(on=FRIDAY).matter_number(year=2026, notice=12, n=3) == "〔2026〕12-03"


def test_the_objection_window_is_three_working_days(office_id):
    assert queries.book(office_id).objection_ends(signed_on=FRIDAY) == (date(2026, 11, 25), False)


def test_a_whole_table_of_proposals_costs_one_query_once_bodies_are_known(
    office_id, django_assert_num_queries
):
    queries.book(office_id).due_default(source_kind="minutes", start=FRIDAY)
    with django_assert_num_queries(1):
        book = queries.book(office_id)
        for _row in range(50):
            book.due_default(source_kind="speech", start=FRIDAY)


def test_an_office_that_never_adopted_a_rule_works_by_the_shipped_one(db):
    found = queries.due_default(999, source_kind="minutes", start=FRIDAY)
    assert (found.on, found.number) == (date(2026, 12, 10), 0)
    assert found.why.startswith("会议纪要事项20天，规则“时限默认”（系统默认）")


def test_a_body_stored_before_a_kind_existed_has_the_shipped_row_for_it():
    old = {"roll": True, "rows": [{"source": "minutes", "urgency": "normal", "days": 9}]}
    body = queries.brought_up(DUE_DEFAULTS, old)
    rows = {(row["source"], row["urgency"]): row for row in body["rows"]}
    assert rows["minutes", "normal"] == {
        "source": "minutes",
        "urgency": "normal",
        "days": 9,
        "unit": "calendar",
        "basis": "办公厅（室）通行做法：会议纪要20天",
    }
    assert ("minutes", "urgent") not in rows  # the office took it out
    assert rows["report", "normal"]["unit"] == "year_end"


def test_a_day_before_the_first_version_takes_the_first(office_id):
    assert queries.book(office_id).stands(LIGHT_SCHEME, date(1999, 1, 1)).number == 1
    assert queries.in_force(office_id, CLOSING.code, FRIDAY).cited == "规则“核查销号人数”第1版"
