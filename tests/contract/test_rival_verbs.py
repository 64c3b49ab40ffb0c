"""Rivals over one matter: one of them does it, the others are told why not, and exactly one unit answers."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.slow


def fought(office, *runs):
    """How each ended (`done` or a refusal's code), in order; nothing else may happen, and the ledger is whole."""
    ended = office.rivals(*[("act", *run[:3], json.dumps(run[3])) for run in runs])
    assert [err for code, _out, err in ended if code] == []
    assert office.faults() == ""
    return [out for _code, out, _err in ended]


def test_one_of_two_deciders_decides_a_variation(rival_office):
    here = rival_office.stage("variation")
    until = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011
    yes = {"granted": True, "decision": "同意", "until": until}
    no = {"granted": False, "decision": "不同意"}
    runs = [("variation.decide", here["variation"], here["decider"], said) for said in (yes, no)]
    assert sorted(fought(rival_office, *runs)) == ["already_decided", "done"]


def test_a_referral_is_taken_over_or_declined_or_ruled(rival_office):
    here = rival_office.stage("referral")["referral"]
    ended = fought(
        rival_office,
        ("referral.take_over", here, "outsider", {}),
        ("referral.decline", here, "outsider", {"reason": "不属于本单位"}),
        ("referral.rule", here, "office", {"granted": True, "reason": "职责相符"}),
        ("referral.take_back", here, "water", {}),
    )
    assert ended.count("done") == 1, ended
    assert rival_office.told("leads") == [1]


def test_two_offices_do_not_merge_two_matters_into_each_other(rival_office):
    one, other = rival_office.stage("two")["matters"]
    ended = fought(
        rival_office,
        ("matter.merge", one, "office", {"into": other, "reason": "重复"}),
        ("matter.merge", other, "office_head", {"into": one, "reason": "重复"}),
    )
    assert ended.count("done") == 1, ended
    assert sorted(rival_office.told("states")) == ["merged", "under_way"]


def test_the_same_rows_are_given_out_once(rival_office):
    here = rival_office.stage("whole")
    rows = {"rows": [{"unit": unit, "title": "排查险工险段"} for unit in here["units"]]}
    run = ("matter.break_down", here["matter"], "water", rows)
    assert sorted(fought(rival_office, run, run, run)) == ["bad_rows", "bad_rows", "done"]


def test_parts_given_out_at_once_have_numbers_of_their_own(rival_office):
    here = rival_office.stage("whole")
    runs = [
        ("matter.break_down", here["matter"], "water", {"rows": [{"unit": unit}]})
        for unit in here["units"]
    ]
    assert fought(rival_office, *runs) == ["done"] * 4
    numbers = rival_office.told("numbers")
    assert len(numbers) == len(set(numbers)) == 5


def test_notices_issued_at_once_have_numbers_of_their_own(rival_office):
    here = rival_office.stage("batches")["notices"]
    ended = fought(rival_office, *[("notice.issue", pk, "office", {}) for pk in here])
    assert ended == ["done"] * 4
    numbers = rival_office.told("numbers")
    assert len(numbers) == len(set(numbers)) == 4


def test_two_who_draw_at_once_draw_no_matter_twice(rival_office):
    rival_office.stage("many")
    run = ("draw.make", rival_office.office, "office", {"size": 4})
    ended = fought(rival_office, run, run)
    assert "done" in ended
    drawn = rival_office.told("drawn")
    assert len(drawn) == len(set(drawn)), drawn


def test_the_daily_clock_run_twice_at_once_urges_once(rival_office):
    rival_office.stage("many")
    ended = rival_office.rivals(("night", 31), ("night", 31))
    assert [err for code, _out, err in ended if code] == []
    urged = rival_office.told("urged")
    assert urged
    assert set(urged) == {1}, urged
    assert rival_office.faults() == ""
