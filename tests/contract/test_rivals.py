"""Several processes at once: the chain never forks, nobody's change is lost, nothing is done twice."""

from __future__ import annotations

import json
import signal
import time

import pytest

pytestmark = pytest.mark.slow


def failures(ended):
    return [err for code, _out, err in ended if code]


def test_six_rivals_on_one_unit_leave_one_chain_and_every_change(rival_office):
    unit = rival_office.units[0]
    ended = rival_office.rivals(*[("rename", unit, 25, seed) for seed in range(6)])
    assert failures(ended) == []
    assert rival_office.faults() == ""


def test_six_rivals_on_different_units_leave_one_chain(rival_office):
    ended = rival_office.rivals(*[("rename", unit, 25, 0) for unit in rival_office.units[:6]])
    assert failures(ended) == []
    assert rival_office.faults() == ""


def test_a_check_while_others_work_finds_nothing_wrong_and_nobody_waits_for_it(rival_office):
    work = [("rename", unit, 25, 0) for unit in rival_office.units[:3]]
    ended = rival_office.rivals(*work, ("verify_often", 6))
    assert failures(ended) == []


def test_rivals_with_one_key_do_it_once(rival_office):
    ended = rival_office.rivals(*[("same", "the-key", rival_office.units[0])] * 6)
    assert failures(ended) == []
    said = [json.loads(out) for _code, out, _err in ended]
    assert len({one["position"] for one in said}) == 1
    assert sorted(one["repeated"] for one in said) == [False] + [True] * 5


def test_rivals_that_declare_their_locks_never_deadlock(rival_office):
    ended = rival_office.rivals(*[("swap", 20, seed) for seed in range(4)])
    assert failures(ended) == []
    assert rival_office.faults() == ""


def test_rivals_that_lock_in_opposite_orders_try_again_and_end_well_or_with_a_sentence(
    rival_office,
):
    ended = rival_office.rivals(*[("nest", 6, seed) for seed in range(4)])
    for wrong in failures(ended):
        assert "同一时间有别人在办理" in wrong, wrong
    assert rival_office.faults() == ""


@pytest.mark.parametrize("after", [0.05, 0.11, 0.23])
def test_a_process_killed_in_the_middle_leaves_chain_and_rows_in_step(rival_office, after):
    process = rival_office.start("forever", rival_office.units[0])
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    answered = process.communicate()[0].splitlines()
    assert rival_office.faults() == ""
    assert answered  # and what was answered is kept: the rows agree with the last event
    ended = rival_office.rivals(("rename", rival_office.units[0], 1, 0))
    assert failures(ended) == []
