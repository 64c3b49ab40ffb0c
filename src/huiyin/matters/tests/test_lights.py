"""A colour is a comparison with today; a new rule moves the days on which it turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.ledger import followers, work
from huiyin.matters import work as _registered  # noqa: F401 - the follower and the work
from huiyin.matters.models import Baseline, Matter
from huiyin.matters.rules import Light, LightScheme, shown, turning
from huiyin.matters.tests.road import Road
from huiyin.rulebook.actions import amend
from huiyin.rulebook.models import Rule

SCHEME = LightScheme(near_days=7, near_days_urgent=3, behind_points=10)
ORDER = [Light.ONTIME, Light.BEHIND, Light.NEAR, Light.OVERDUE]


@given(
    length=st.integers(1, 400),
    percent=st.one_of(st.none(), st.integers(0, 100)),
    urgent=st.booleans(),
    days=st.lists(st.integers(0, 800), min_size=2, max_size=6),
)
def test_a_light_never_improves_as_days_pass_with_nothing_done(
    length: int, percent: int | None, urgent: bool, days: list[int]
):
    start = clock.today()
    due = start + timedelta(days=length)
    turns = turning(start=start, due_on=due, percent=percent, urgent=urgent, scheme=SCHEME)
    seen = [
        shown(
            state="under_way",
            nature="task",
            due_on=due,
            turning=turns,
            next_check_on=None,
            today=start + timedelta(days=day),
        )
        for day in sorted(days)
    ]
    places = [ORDER.index(one.light) for one in seen]
    assert places == sorted(places)
    assert all(one.why for one in seen)


def test_it_is_late_from_the_next_midnight(road: Road):
    matter = road.under_way(due_on=clock.today())
    assert matter.late_on == clock.today() + timedelta(days=1)


def test_an_amended_light_rule_moves_the_turning_dates(road: Road):
    matter = road.under_way()
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    first = rule.versions.get(number=1)
    perform(
        amend,
        rule.pk,
        road.actor("secadmin"),
        Ask(),
        body=dict(first.body) | {"near_days": 14},
        source="本市督查办法",
        reason="提前两周提醒",
        effective_on=clock.today(),
    )
    followers.catch_up()
    while work.do_next():
        pass
    again = Matter.objects.get(pk=matter.pk)
    assert matter.attention_on is not None
    assert again.attention_on is not None
    assert matter.attention_on - again.attention_on == timedelta(days=7)


def test_the_database_itself_refuses_to_change_a_baseline(road: Road, stray_writes: Any):
    matter = road.dispatched()
    stray_writes.lifted = True  # past the test's own guard, so that only the database can refuse
    with pytest.raises(DatabaseError), transaction.atomic():
        Baseline.objects.filter(matter=matter).update(acceptance="差不多就行")
