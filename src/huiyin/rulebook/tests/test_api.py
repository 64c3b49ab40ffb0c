"""Reads of the rulebook for programs."""

from __future__ import annotations

import pytest

from huiyin.rulebook.rules import SHEETS


def test_every_rule_is_listed_with_its_ground(signed_in):
    rules = signed_in("water").get("/api/rules").json()
    assert [rule["code"] for rule in rules] == list(SHEETS)
    assert all(rule["number"] == 1 and rule["source"] for rule in rules)


@pytest.mark.parametrize("code", SHEETS)
def test_a_rule_is_read_with_its_versions(signed_in, code):
    rule = signed_in("office").get(f"/api/rules/{code}").json()
    assert rule["versions"][0]["body"]


def test_a_rule_that_is_not_there_is_not_found(signed_in):
    assert signed_in("office").get("/api/rules/nonsense").status_code == 404
