"""Time limits by example: rules in, dates out; stopped clocks; the pasted notice of holidays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.errors import Refusal
from huiyin.rulebook import queries
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.rules import (
    DUE_DEFAULTS,
    HOLIDAYS,
    TIME_LIMITS,
    add_months,
    counted,
    due_on,
    pasted_notice,
    with_stops,
    words,
)
from huiyin.rulebook.rules.counting import merged

DAYS = HOLIDAYS.parse(shipped("holidays").body)
DUE = DUE_DEFAULTS.parse(shipped("due_defaults").body)
LIMITS = TIME_LIMITS.parse(shipped("time_limits").body)
STARTS = [date(2026, month, day) for month in range(1, 12) for day in (1, 14, 28)]

EXAMPLES = [
    # source, urgency, start, due (calendar days and months move on from a day off)
    ("speech", "normal", "2026-03-02", "2026-04-01"),
    ("minutes", "normal", "2026-03-02", "2026-03-23"),  # the 22nd is a Sunday
    ("minutes", "urgent", "2026-09-28", "2026-10-10"),  # after the holiday; that Saturday is worked
    ("instruction", "normal", "2026-03-02", "2026-03-17"),
    ("instruction", "urgent", "2026-02-13", "2026-02-25"),  # 14 is worked, 15 to 23 is the festival
    ("instruction", "extra_urgent", "2026-03-02", "2026-03-03"),
    ("superior", "extra_urgent", "2026-03-06", "2026-03-09"),
    ("petition", "normal", "2026-03-02", "2026-05-06"),  # 1 May is a holiday
    ("hotline", "normal", "2026-03-02", "2026-03-09"),
    ("hotline_question", "normal", "2026-03-05", "2026-03-09"),
    ("hotline_request", "normal", "2026-03-02", "2026-03-16"),
    ("hotline_complaint", "normal", "2026-03-02", "2026-03-23"),
    ("suggestion", "normal", "2026-03-10", "2026-06-10"),
    ("suggestion", "normal", "2026-11-30", "2027-03-01"),  # 28 February is a Sunday
    ("proposal", "normal", "2026-03-10", "2026-06-10"),
    ("disclosure", "normal", "2026-03-02", "2026-03-30"),
    ("report", "normal", "2026-02-01", "2026-12-31"),
    ("report", "normal", "2026-11-15", "2027-12-31"),
]


@pytest.mark.parametrize(("source", "urgency", "start", "due"), EXAMPLES)
def test_a_due_day_by_source_and_urgency(source: str, urgency: str, start: str, due: str):
    row = DUE.row_for(source, urgency)
    assert due_on(row, DUE, date.fromisoformat(start), DAYS, LIMITS)[0] == date.fromisoformat(due)


@pytest.mark.parametrize("source", words.SOURCES)
@pytest.mark.parametrize("urgency", words.URGENCIES)
def test_every_source_has_a_due_day_on_a_day_of_work_and_says_its_ground(source: str, urgency: str):
    row = DUE.row_for(source, urgency)
    assert row.basis or LIMITS.limit(row.clock).basis
    for start in STARTS:
        due, flagged = due_on(row, DUE, start, DAYS, LIMITS)
        assert due > start
        assert flagged == (due.year > 2026 and row.unit != "year_end")
        assert row.unit == "year_end" or flagged or DAYS.is_workday(due)


@pytest.mark.parametrize("clock", words.CLOCKS)
def test_every_clock_of_the_law_has_its_article(clock: str):
    row = LIMITS.limit(clock)
    assert row.basis
    for start in STARTS:
        assert counted(start, row.days, row.unit, DAYS, roll=False)[0] > start


@pytest.mark.parametrize(
    ("clock", "days", "unit", "extension"),
    [
        ("inspection_objection", 30, "calendar", 0),
        ("inspection_review", 30, "calendar", 0),
        ("petition_register", 15, "calendar", 0),
        ("petition_tell", 15, "calendar", 0),
        ("petition_object", 5, "working", 0),
        ("petition_finish", 60, "calendar", 30),
        ("suggestion_answer", 3, "months", 0),
        ("suggestion_hard", 6, "months", 0),
        ("suggestion_opinion", 1, "months", 0),
        ("disclosure_answer", 20, "working", 20),
        ("disclosure_opinion", 15, "working", 0),
    ],
)
def test_the_limits_of_the_law(clock: str, days: int, unit: str, extension: int):
    row = LIMITS.limit(clock)
    assert (row.days, row.unit, row.extension) == (days, unit, extension)


def test_a_limit_of_the_law_is_cited_with_its_article(cast):
    found = queries.book(cast.jurisdiction.pk).limit(
        clock="petition_object", start=date(2026, 3, 2)
    )
    assert found.on == date(2026, 3, 9)
    assert "信访工作条例第二十三条" in found.why
    assert "规则“法定时限”第1版" in found.why


def test_a_limit_nobody_set_is_refused_with_a_sentence(cast):
    with pytest.raises(Refusal) as refused:
        queries.book(cast.jurisdiction.pk).limit(clock="moon", start=date(2026, 3, 2))
    assert refused.value.code == "no_such_limit"
    assert list(refused.value.fields) == ["limit"]


SAME = [(row.source, row.clock) for row in DUE.rows if row.clock]


@pytest.mark.parametrize(("source", "clock"), SAME)
def test_a_default_and_the_limit_it_goes_by_are_one_day_with_one_article(cast, source, clock):
    book = queries.book(cast.jurisdiction.pk)
    for start in (date(2026, 3, 2), date(2026, 9, 30)):
        due = book.due_default(source_kind=source, start=start)
        assert due == book.limit(clock=clock, start=start)
        assert (due.rule, due.limit) == ("time_limits", clock)
        assert LIMITS.limit(clock).basis in due.why


def test_petitions_hotline_suggestions_and_disclosure_go_by_the_law_or_the_local_rule():
    assert {source for source, _clock in SAME} == {
        *words.APPEALS, "suggestion", "proposal", "reply", "disclosure",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("petition", "信访"),
        ("appeal", "信访"),
        ("hotline_request", "热线"),
        ("proposal", "建议提案"),
        ("disclosure", "政府信息公开"),
        ("rectification", "政府督查"),
    ],
)
def test_the_limits_that_fit_a_source_are_offered_first_and_none_is_left_out(source, first):
    offered = LIMITS.fields(source)
    assert offered[0][0] == first
    assert sorted(row.clock for _, rows in offered for row in rows) == sorted(words.CLOCKS)


def test_a_default_that_goes_by_a_limit_has_no_number_of_its_own():
    rows = [dict(row) for row in shipped("due_defaults").body["rows"]]
    place = next(n for n, row in enumerate(rows) if row["source"] == "petition")
    rows[place]["days"] = 60
    rows[0]["days"] = 0
    with pytest.raises(Refusal) as refused:
        DUE_DEFAULTS.parse({"roll": True, "rows": rows})
    assert set(refused.value.fields) == {"rows-0-days", f"rows-{place}-days"}


def test_a_local_limit_that_was_amended_changes_the_default_with_it():
    rows = [dict(row) for row in shipped("time_limits").body["rows"]]
    for row in rows:
        row["days"] = 3 if row["clock"] == "hotline_finish" else row["days"]
    shorter = TIME_LIMITS.parse({"rows": rows})
    start = date(2026, 3, 2)
    assert due_on(DUE.row_for("hotline", "normal"), DUE, start, DAYS, shorter)[0] == date(
        2026, 3, 5
    )


@pytest.mark.parametrize(
    ("unit", "stops", "due"),
    [
        ("calendar", [], "2026-04-01"),
        ("calendar", [("2026-03-10", "2026-03-20")], "2026-04-11"),
        ("calendar", [("2026-03-10", "2026-03-20"), ("2026-03-15", "2026-03-22")], "2026-04-13"),
        ("calendar", [("2026-04-02", "2026-04-20")], "2026-04-01"),  # after the due day
        ("calendar", [("2026-03-25", "2026-04-05"), ("2026-04-08", "2026-04-10")], "2026-04-14"),
        (
            "working",
            [("2026-03-10", "2026-03-20")],
            "2026-04-14",
        ),  # eight working days, 6 April off
        ("working", [("2026-03-14", "2026-03-16")], "2026-04-01"),  # a weekend gives nothing back
    ],
)
def test_a_stopped_clock_gives_its_days_back(unit: str, stops: list[tuple[str, str]], due: str):
    days = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in stops]
    assert with_stops(date(2026, 4, 1), days, unit, DAYS)[0] == date.fromisoformat(due)


@given(
    stops=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30))),
    unit=st.sampled_from(["calendar", "working"]),
)
def test_a_stop_never_takes_a_day_away(stops: list[tuple[int, int]], unit: str):
    start = date(2026, 3, 2)
    spans = [(start + timedelta(days=a), start + timedelta(days=a + n)) for a, n in stops]
    due = start + timedelta(days=30)
    moved, _flagged = with_stops(due, spans, unit, DAYS)
    assert due <= moved
    one = merged(spans)
    assert all(a[1] < b[0] for a, b in pairwise(one))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_end_on_their_last_day(start: str, months: int, end: str):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


NOTICE = """关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至13日（周六）放假调休，共9天。2月4日（周四）、2月14日（周日）上班。
"""


def test_the_notice_is_pasted_whole():
    found = pasted_notice(NOTICE)
    assert found.year == 2027
    assert [day.day for day in found.off if day.month == 1] == [1, 2, 3]
    assert [day.day for day in found.off if day.month == 2] == list(range(5, 14))
    assert found.work == (date(2027, 2, 4), date(2027, 2, 14))


@pytest.mark.parametrize("text", ["", "明年再说", "2027年照常", "2027年2月30日放假"])
def test_what_cannot_be_read_is_no_notice(text: str):
    with pytest.raises(ValueError, match=r".*"):
        pasted_notice(text)


@pytest.mark.urls("huiyin.rulebook.tests.urls")
def test_a_pasted_notice_fills_the_table_and_is_not_saved_yet(signed_in):
    from huiyin.rulebook.tests.test_pages import form

    client = signed_in("secadmin")
    address = "/settings/rules/holidays/"
    page = client.post(address, form(client.get(address)) | {"notice": NOTICE, "paste": "1"})
    html = page.content.decode()
    assert "2月5日至13日" in html
    assert 'value="2027"' in html
    assert "第2版" not in html
    kept = client.post(address, form(client.get(address)) | {"notice": "乱写", "paste": "1"})
    assert kept.status_code == 422
    assert "没有读出放假安排" in kept.content.decode()
    assert "乱写" in kept.content.decode()


def test_an_office_that_wrote_a_number_of_its_own_keeps_it():
    rows = [dict(row) for row in shipped("due_defaults").body["rows"]]
    for row in rows:
        if row["source"] == "petition" and row["urgency"] == "normal":
            row |= {"days": 45, "unit": "calendar", "basis": "本市信访办法"}
    body = DUE_DEFAULTS.parse(queries.brought_up(DUE_DEFAULTS, {"roll": True, "rows": rows}))
    row = body.row_for("petition", "normal")
    assert (row.days, row.clock, row.basis) == (45, "", "本市信访办法")
