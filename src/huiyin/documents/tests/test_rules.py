"""The fates of a document's demands are disjoint and sum, whatever became of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents import rules
from huiyin.documents.rules import Decision, Fate, Linked

TODAY = date(2026, 11, 21)
days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
linked = st.builds(
    Linked,
    standing=st.booleans(),
    dispatched=st.booleans(),
    closed=st.booleans(),
    withdrawn=st.booleans(),
    late_on=st.none() | days,
)
demands = st.lists(
    st.tuples(
        st.sampled_from([Decision.CONFIRMED, Decision.SET_ASIDE]), st.lists(linked, max_size=3)
    )
)


def matter(**more):
    return Linked(**({"standing": False, "dispatched": True, "closed": False} | more))


@given(demands, days)
def test_every_demand_has_one_fate_and_the_counts_sum_to_the_demands(said, today):
    fates = [rules.fate(decision, matters, today) for decision, matters in said]
    counts = rules.counts(fates)
    assert sum(counts.values()) == len(said)
    assert set(counts) == {fate.value for fate in Fate}


@given(st.lists(linked, max_size=3), days, st.integers(1, 90))
def test_with_nothing_done_a_fate_never_improves_as_days_pass(matters, today, later):
    before = rules.fate(Decision.CONFIRMED, matters, today)
    after = rules.fate(Decision.CONFIRMED, matters, today + timedelta(days=later))
    assert after == before or after is Fate.OVERDUE


@pytest.mark.parametrize(
    ("matters", "fate"),
    [
        ([], Fate.UNCLAIMED),
        ([matter(dispatched=False)], Fate.UNCLAIMED),
        ([matter(withdrawn=True, dispatched=True)], Fate.UNCLAIMED),
        ([matter(late_on=TODAY + timedelta(days=1))], Fate.ONTIME),
        ([matter(late_on=TODAY)], Fate.OVERDUE),
        ([matter(standing=True)], Fate.STANDING),
        ([matter(closed=True)], Fate.CLOSED),
        ([matter(closed=True), matter(late_on=TODAY)], Fate.OVERDUE),
        ([matter(closed=True), matter(dispatched=False)], Fate.CLOSED),
        ([matter(closed=True, late_on=TODAY)], Fate.CLOSED),
    ],
)
def test_the_most_pressing_matter_speaks_for_the_demand(matters, fate):
    assert rules.fate(Decision.CONFIRMED, matters, TODAY) is fate


def test_what_was_set_aside_stays_set_aside():
    assert rules.fate(Decision.SET_ASIDE, [matter()], TODAY) is Fate.ASIDE


def test_the_page_opens_with_a_sentence():
    counts = rules.counts([Fate.CLOSED] * 16 + [Fate.UNCLAIMED] * 2)
    assert rules.sentence(counts) == "18 项要求，16 项有着落，2 项至今无人认领。"


def test_merged_findings_are_not_counted_in_the_progress():
    rows = [
        ("confirmed", False),
        ("confirmed", True),
        ("rejected", True),
        ("merged", False),
        ("undecided", False),
    ]
    progress = rules.progress(rows)
    assert (progress.total, progress.done, progress.changed, progress.left) == (4, 3, 1, 1)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_trimming_never_leaves_the_span(text, start, end):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    left, right = rules.trimmed(text, start, end)
    assert start <= left <= right <= end or left == right == end


def test_a_quote_is_found_again_nearest_to_where_it_was():
    assert rules.reanchored("甲乙甲乙甲乙", "甲乙", 3) == 2
    assert rules.reanchored("甲乙", "丙", 0) is None
