"""Amending a rule: by the security administrator alone, with its ground, never backwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.errors import Forbidden, Refusal, Stale
from huiyin.ledger.models import Event
from huiyin.rulebook import actions, queries
from huiyin.rulebook.models import Rule

GROUND = {"source": "云溪市政府督查办法第九条", "reason": "三天来不及看"}


@pytest.fixture
def rule(cast):
    return Rule.objects.get(jurisdiction_id=cast.jurisdiction.pk, code="objection_window")


def amend(rule, actor, *, days=5, on=None, ask=None, **more):
    given = GROUND | {"effective_on": on or clock.today()} | more
    body = {"days": days, "unit": "working"}
    return perform(actions.amend, rule.pk, actor, ask or Ask(), body=body, **given)


def window(rule, on=None):
    return queries.in_force(rule.jurisdiction_id, rule.code, on or clock.today())


def test_the_security_administrator_amends_it_and_the_old_version_stays(rule, secadmin):
    amend(rule, secadmin)
    assert (window(rule).number, window(rule).body.days) == (2, 5)
    assert list(rule.versions.values_list("number", "author_name")) == [(2, "方慎"), (1, "set_up")]


def test_it_leaves_one_event_that_names_the_rule(rule, secadmin):
    done = amend(rule, secadmin)
    event = Event.objects.get(jurisdiction_id=rule.jurisdiction_id, position=done.position)
    assert (event.action, event.subject_kind, event.subject_id) == ("rule.amend", "rule", rule.pk)


@pytest.mark.parametrize("who", ["office", "mayor", "water", "sysadmin", "auditor"])
def test_nobody_else_may(rule, cast, who):
    with pytest.raises(Forbidden):
        amend(rule, cast.actor(who))
    assert window(rule).number == 1


def test_it_comes_into_force_on_its_day(rule, secadmin):
    tomorrow = clock.today() + timedelta(days=1)
    amend(rule, secadmin, on=tomorrow)
    assert window(rule).number == 1
    assert window(rule, tomorrow).number == 2


def test_it_never_reaches_into_the_past(rule, secadmin):
    with pytest.raises(Refusal) as refused:
        amend(rule, secadmin, on=clock.today() - timedelta(days=1))
    assert "effective_on" in refused.value.fields


def test_it_needs_a_ground_and_a_reason(rule, secadmin):
    with pytest.raises(Refusal) as refused:
        amend(rule, secadmin, source=" ", reason="")
    assert set(refused.value.fields) == {"source", "reason"}


def test_a_bad_body_is_refused_and_changes_nothing(rule, secadmin):
    with pytest.raises(Refusal) as refused:
        amend(rule, secadmin, days=0)
    assert set(refused.value.fields) == {"days"}
    assert window(rule).number == 1


def test_what_changes_nothing_is_no_version(rule, secadmin):
    amend(rule, secadmin)
    with pytest.raises(Refusal, match="没有改动"):
        amend(rule, secadmin)


def test_a_double_click_makes_one_version(rule, secadmin):
    key = Ask(key="once")
    amend(rule, secadmin, ask=key)
    assert amend(rule, secadmin, ask=key).repeated
    assert window(rule).number == 2


def test_two_administrators_at_once_do_not_overwrite_each_other(rule, secadmin):
    seen = rule.version
    amend(rule, secadmin)
    with pytest.raises(Stale):
        amend(rule, secadmin, days=7, ask=Ask(seen=seen))
