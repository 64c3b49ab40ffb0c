"""Urging by hand: recorded for good, not again too soon, never about what has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.door import options
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter
from huiyin.matters.queries.page import matter_page
from huiyin.matters.tests.road import at_noon
from huiyin.notices.actions import remind
from huiyin.notices.concerned import concerned
from huiyin.notices.models import Reminder


def names(reminder):
    return [person["name"] for person in reminder.recipients]


def test_the_office_urges_the_liaison_officer_of_the_lead_unit(road, cast):
    matter = road.under_way()
    done = road.do(remind, matter, "office", words="请本周内报进度")
    reminder = Reminder.objects.get()
    assert names(reminder) == ["秦川"]
    assert (reminder.unit, reminder.channel, reminder.words) == (
        cast.units["water"],
        "system",
        "请本周内报进度",
    )
    assert done.facts["reminder"] == reminder.pk
    assert Event.objects.filter(action="matter.remind", trail_id=matter.pk).count() == 1


def test_urging_does_not_make_an_open_page_of_the_unit_stale(road):
    matter = road.under_way()
    road.do(remind, matter, "office")
    assert Matter.objects.get(pk=matter.pk).version == matter.version


@pytest.mark.parametrize("who", ["office", "office_head", "vice", "mayor"])
def test_office_and_leaders_may_urge(road, who):
    road.do(remind, road.under_way(), who)
    assert Reminder.objects.get().sent_by == road.cast.users[who].pk


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("water", Forbidden),
        ("schools", Forbidden),
        ("auditor", Forbidden),
        ("outsider", NotFound),
        ("sysadmin", NotFound),
    ],
)
def test_others_may_not(road, who, refused):
    with pytest.raises(refused):
        road.do(remind, road.under_way(), who)


@pytest.mark.parametrize("state", ["registered", "submitted", "closed"])
def test_what_waits_for_the_office_or_has_ended_is_not_urged(road, state):
    matter = getattr(road, state)()
    with pytest.raises(Conflict):
        road.do(remind, matter, "office")


@pytest.mark.parametrize("verb", ["withdraw", "suspend"])
def test_what_was_stopped_is_not_urged(road, verb):
    matter = road.under_way()
    if verb == "withdraw":
        road.do(matters.withdraw, matter, "office", reason="并入另一件")
    else:
        until = clock.today() + timedelta(days=20)
        road.do(matters.suspend, matter, "office", reason="等上级批复", until=until)
    with pytest.raises(Conflict):
        road.do(remind, matter, "office")


def test_the_same_person_is_not_urged_again_too_soon(road):
    matter = road.under_way()
    road.do(remind, matter, "office", channel="phone")
    with pytest.raises(Refusal) as refused:
        road.do(remind, matter, "vice")
    assert refused.value.code == "cooling_down"
    assert "秦川" in str(refused.value.sentence)
    assert "周明电话催办" in str(refused.value.sentence)
    assert "anyway" in refused.value.fields


def test_a_reason_overrides_and_is_recorded(road):
    matter = road.under_way()
    road.do(remind, matter, "office")
    road.do(remind, matter, "vice", anyway="市长明天要看")
    assert Reminder.objects.last().anyway == "市长明天要看"


def test_after_the_cool_down_it_can_be_urged_again(road):
    matter = road.under_way()
    road.do(remind, matter, "office")
    with at_noon(clock.today(), later=3):
        road.do(remind, matter, "office")
    assert Reminder.objects.count() == 2


def test_another_person_of_the_same_matter_can_be_urged(road):
    matter = road.under_way()
    road.do(remind, matter, "office")
    people = concerned(matter, on=clock.today()).everybody
    head = next(person for person in people if person.name == "江涛")
    road.do(remind, matter, "office", to=[head.post])
    assert names(Reminder.objects.last()) == ["江涛"]


def test_the_matter_concerns_its_units_and_its_leader(road):
    people = concerned(road.under_way(), on=clock.today()).everybody
    assert [person.name for person in people] == ["秦川", "江涛", "林晓", "沈岚"]


def test_somebody_it_does_not_concern_is_refused(road, outsider):
    with pytest.raises(Refusal) as refused:
        road.do(remind, road.under_way(), "office", to=[outsider.posts[0].post_id])
    assert "to" in refused.value.fields


def test_a_channel_that_is_none_is_refused(road):
    with pytest.raises(Refusal):
        road.do(remind, road.under_way(), "office", channel="pigeon")


def test_it_is_told_in_the_story_and_counted_by_days(road, office):
    matter = road.under_way()
    road.do(remind, matter, "office", channel="phone", words="说下周报")
    road.do(remind, matter, "vice", anyway="急")
    page = matter_page(matter.pk, viewer=office, today=clock.today())
    told = [entry for entry in page.trail if entry.kind == "urged"]
    assert told[1].lead == "市政府督查室周明电话催办"
    assert told[1].rest == "，秦川。"
    assert told[1].quote == "说下周报"
    assert "间隔不到又催：急" in told[0].rest
    assert page.urged == 1


@pytest.mark.parametrize("state", ["dispatched", "under_way", "planned"])
def test_it_is_offered_on_what_a_unit_answers_for(road, signed_in, office, state):
    matter = getattr(road, state)()
    assert any(o.name == "matter.remind" and o.allowed for o in options(matter, by=office))
    assert "/do/remind/" in signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "/do/remind/" not in signed_in("water").get(f"/matters/{matter.pk}/").content.decode()


def test_its_page_names_the_people_and_performs(road, signed_in):
    matter = road.under_way()
    client, address = signed_in("office"), f"/matters/{matter.pk}/do/remind/"
    page = client.get(address).content.decode()
    for words in ("秦川 市水利局办公室副主任", "江涛", "林晓", "沈岚", "电话"):
        assert words in page
    post = concerned(matter, on=clock.today()).liaison[0].post
    sent = {"to": [post], "channel": "visit", "words": "现场看了，设备没到", "request_key": "a1"}
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent | {"request_key": "a2"})
    assert again.status_code == 422
    assert "天内不再催" in again.content.decode()
    assert "现场看了" in again.content.decode()
    assert client.post(address, sent | {"request_key": "a3", "anyway": "又没到"}).status_code == 302
    assert Reminder.objects.count() == 2


def test_a_repeat_of_the_request_is_harmless(road, office):
    from huiyin.door import Ask, perform

    matter = road.under_way()
    for _ in range(2):
        perform(remind, matter.pk, office, Ask("same"))
    assert Reminder.objects.count() == 1
