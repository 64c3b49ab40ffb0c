"""The demo office, built through the door, is what its data say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from huiyin import clock
from huiyin.demo.build import build
from huiyin.demo.data import load
from huiyin.demo.dates import resolve
from huiyin.errors import Conflict
from huiyin.ledger.models import Event
from huiyin.ledger.verify import verify
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.queries.lights import light_of
from huiyin.matters.rules import Light
from huiyin.people.models import Jurisdiction

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STATES = {
    "sent": "dispatched",
    "standing": "under_way",
    "sent_back": "under_way",
    "handed_back": "under_way",
}
LIGHTS = {
    "overdue": Light.OVERDUE,
    "near": Light.NEAR,
    "behind": Light.BEHIND,
    "on_time": Light.ONTIME,
}


def check_stories(today):
    """Every matter stands where its story says, with its unit, day and light."""
    for story in load().stories:
        matter = Matter.objects.select_related("lead_unit").get(title=story.title)
        assert matter.state == STATES.get(story.state, story.state), story.title
        assert matter.lead_unit.code == (story.ruling.unit if story.ruling else story.lead)
        assert story.due is None or matter.due_on == resolve(story.due, today)
        light = light_of(matter, today)
        if story.state == "under_way":
            assert light.light is LIGHTS[story.light], story.title
        if story.light in {"checked", "check_due"}:
            assert (matter.next_check_on <= today) == (story.light == "check_due"), story.title


def check_ledger(summary):
    """Time goes forward, everybody acts under their own name, and the chain is whole."""
    events = list(Event.objects.order_by("position"))
    assert len(events) == summary.events
    assert [event.at for event in events] == sorted(event.at for event in events)
    people = {account.name for account in summary.accounts}
    machines = {event.actor_name for event in events} - people
    assert machines == {"set_up", "读文程序"}
    assert verify().faults == []


def test_the_office_stands_as_its_data_say_even_in_the_first_minutes_of_a_year():
    now = datetime(2027, 1, 1, 0, 20, tzinfo=clock.zone())
    ticks = []
    summary = build(progress=lambda done, total: ticks.append((done, total)), now=now)
    content = load()
    assert ticks[-1][0] == ticks[-1][1] == len(ticks)
    assert (summary.units, summary.documents) == (len(content.units), 8)
    assert Matter.objects.filter(parent=None).count() == len(content.stories)
    wanted = Counter(STATES.get(story.state, story.state) for story in content.stories)
    wanted["under_way"] += Matter.objects.exclude(parent=None).count()
    assert summary.states == dict(wanted)
    assert Jurisdiction.objects.get().is_demo
    check_stories(now.date())
    check_ledger(summary)
    assert Assignment.objects.filter(state="objected").count() == 2
    with pytest.raises(Conflict):
        build()
