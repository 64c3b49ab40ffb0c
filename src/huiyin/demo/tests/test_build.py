"""The demo office, built through the door, is what its data say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from huiyin import clock
from huiyin.demo.build import build
from huiyin.demo.data import load
from huiyin.demo.dates import resolve
from huiyin.demo.timeline import last_day
from huiyin.desk.queries import desk_of
from huiyin.errors import Conflict
from huiyin.ledger.models import Event, WantedWork
from huiyin.ledger.verify import verify
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.queries.lights import light_of
from huiyin.matters.rules import Light
from huiyin.notices.models import Message, Reminder
from huiyin.people.models import Jurisdiction, User
from huiyin.people.queries import actor_of

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
    assert machines == {"set_up", "clock", "读文程序"}
    assert verify().faults == []


def check_inboxes(now):
    """Whoever shows the demo finds a week of news and something that waits; the clock has run on its own."""
    last = last_day(now)
    for login in ("suyining", "jimingchuan", "hanzhiyuan"):
        user = User.objects.get(username=login)
        told = Message.objects.filter(user=user)
        assert told.filter(on__gte=last - timedelta(days=7)).count() >= 4, login
        assert told.unread().exists(), login
        assert not told.unread().filter(on__lt=last).exists(), login
        with clock.at(now):
            desk = desk_of(actor_of(user, today=now.date()), today=now.date())
        assert len(desk.sections) >= 3, login
        assert desk.happenings, login
    days = set(Reminder.objects.exclude(clock="").values_list("sent_on", flat=True))
    assert len(days) >= 4
    assert WantedWork.objects.get(kind="urge").state == "done"


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
    check_inboxes(now)
    assert Assignment.objects.filter(state="objected").count() == 2
    with pytest.raises(Conflict):
        build()
