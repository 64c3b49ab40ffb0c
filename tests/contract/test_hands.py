"""Several people settle one referral at once: one of them does it, and one unit answers afterwards."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow
RIVALS = (
    ("take_over_referral", "outsider"),
    ("decline_referral", "outsider"),
    ("rule_referral", "office"),
    ("take_back_referral", "water"),
)


def said(office, *words):
    process = office.start(*words)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


@pytest.mark.parametrize("first", range(len(RIVALS)))
def test_rivals_over_one_referral_leave_exactly_one_unit_answering(rival_office, first):
    offer = said(rival_office, "pass_on")
    order = [*RIVALS[first:], *RIVALS[:first]]
    ended = rival_office.rivals(*[("settle", *who, offer["referral"]) for who in order])
    assert [err for code, _out, err in ended if code] == []
    answers = [out for _code, out, _err in ended]
    assert answers.count("done") == 1, answers
    assert set(answers) <= {"done", "already_decided", "matter_not_under_way", "busy"}
    end = said(rival_office, "answering", offer["matter"])
    assert (len(end["leads"]), end["pending"]) == (1, 0)
    assert end["leads"] == [end["unit"]]
    moved = {"take_over_referral", "rule_referral"}
    winner = order[answers.index("done")][0]
    assert end["unit"] == ("parks" if winner in moved else "water")
    assert rival_office.faults() == ""
