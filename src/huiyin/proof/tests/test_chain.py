from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.proof.chain import Fault, check, genesis
from huiyin.proof.tests.ledgers import UID, entries, entry

CHAIN = entries(12)
places = st.integers(0, 11)


def codes(faults: list[Fault]) -> list[tuple[int, str]]:
    return [(fault.position, fault.code) for fault in faults]


def test_a_chain_as_written_is_whole():
    assert check(CHAIN, uid=UID, size=12) == []
    assert check([], uid=UID, size=0) == []


def test_the_first_event_belongs_to_its_jurisdiction():
    assert codes(check(CHAIN, uid="another")) == [(1, "previous_differs")]
    assert genesis(UID) != genesis("another")


@given(places, st.data())
def test_a_changed_byte_is_found_and_named(at, data):
    body = CHAIN[at].body
    index = data.draw(st.integers(0, len(body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != body[index]))
    changed = replace(CHAIN[at], body=body[:index] + bytes([byte]) + body[index + 1 :])
    faults = check([*CHAIN[:at], changed, *CHAIN[at + 1 :]], uid=UID)
    assert (at + 1, "hash_differs") in codes(faults)
    assert {fault.position for fault in faults} == {at + 1}


def test_a_fault_names_the_act_and_its_time():
    changed = replace(CHAIN[4], body=CHAIN[4].body.replace("堤防".encode(), "道路".encode()))
    (fault,) = check([*CHAIN[:4], changed, *CHAIN[5:]], uid=UID)
    assert str(fault) == (
        "第5条（matter.report_progress，2026-03-06T01:30:00Z）内容与散列值不符，记录被改动过。"
    )


@given(places)
def test_a_change_with_its_hash_recomputed_breaks_the_next_link(at):
    previous = CHAIN[at - 1].hash if at else genesis(UID)
    forged = entry(at + 1, previous, facts={"matter": 0})
    faults = check([*CHAIN[:at], forged, *CHAIN[at + 1 :]], uid=UID, size=12)
    # The last event has no successor: only a seal or the head finds this one.
    assert codes(faults) == ([(at + 2, "previous_differs")] if at < 11 else [])


@given(places)
def test_a_dropped_event_is_found(at):
    faults = check([*CHAIN[:at], *CHAIN[at + 1 :]], uid=UID, size=12)
    assert codes(faults) == [(at + 1, "position_missing")]


def test_several_dropped_events_are_counted():
    (fault,) = check([*CHAIN[:3], *CHAIN[7:]], uid=UID)
    assert str(fault) == "第4条缺少这条记录：至第7条共4条。"


@given(places, places)
def test_swapped_events_are_found(one, other):
    chain = list(CHAIN)
    chain[one], chain[other] = chain[other], chain[one]
    assert bool(check(chain, uid=UID, size=12)) == (one != other)


@given(places, places)
def test_events_that_swap_numbers_are_found(one, other):
    chain = list(CHAIN)
    chain[one] = replace(CHAIN[other], position=one + 1)
    chain[other] = replace(CHAIN[one], position=other + 1)
    faults = check(chain, uid=UID, size=12)
    assert bool(faults) == (one != other)
    if one != other:
        assert (one + 1, "column_differs") in codes(faults)


@given(places, places)
def test_an_inserted_event_is_found(at, twin):
    faults = check([*CHAIN[:at], CHAIN[twin], *CHAIN[at:]], uid=UID, size=12)
    assert faults


@given(places)
def test_a_whole_new_tail_is_not_found_without_a_seal(at):
    """Documented: a chain proves order and wholeness, a seal kept elsewhere proves the past."""
    chain = CHAIN[:at]
    previous = chain[-1].hash if chain else genesis(UID)
    for position in range(at + 1, 13):
        chain = [*chain, entry(position, previous, facts={"matter": 0})]
        previous = chain[-1].hash
    assert check(chain, uid=UID, size=12) == []


@pytest.mark.parametrize(
    ("column", "value"), [("action", "matter.accept"), ("position", True), ("actor", 3)]
)
def test_a_column_that_disagrees_with_its_body_is_named(column, value):
    changed = replace(CHAIN[2], columns={**CHAIN[2].columns, column: value})
    faults = check([*CHAIN[:2], changed, *CHAIN[3:]], uid=UID)
    expected = [] if column == "position" else [(3, "column_differs")]
    assert codes(faults) == expected


def test_a_changed_hash_column_is_one_fault_at_its_event():
    changed = replace(CHAIN[2], hash="0" * 64)
    faults = check([*CHAIN[:2], changed, *CHAIN[3:]], uid=UID)
    assert codes(faults) == [(3, "hash_differs")]


def test_a_body_that_is_no_record_is_named():
    changed = replace(CHAIN[2], body=b"[1,2]")
    assert (3, "body_unreadable") in codes(check([*CHAIN[:2], changed], uid=UID))
