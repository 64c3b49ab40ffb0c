"""What is asked of another unit or leader is told to them, and the answer to who asked."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.ledger import followers
from huiyin.matters import actions as matters
from huiyin.matters.models import Consultation, Coordination, Matter, Referral
from huiyin.notices.queries.inbox import inbox


@pytest.fixture
def lines(cast):
    """The lines about one matter in somebody's inbox today, the newest first."""

    def read(who, matter):
        followers.catch_up()
        box = inbox(cast.actor(who), today=clock.today())
        found = [item for item in box.today if item.message.matter_id == matter.pk]
        return [line.what for item in found for line in item.lines]

    return read


def test_an_opinion_is_asked_for_and_given(road, cast, lines):
    matter = road.under_way()
    parks = cast.units["parks"].pk
    road.do(matters.consult, matter, "water", units=[parks], question="绿化怎么恢复")
    assert lines("outsider", matter) == ["市水利局征求本单位意见，等答复"]
    road.do(matters.answer_consultation, Consultation.objects.get(), "outsider", answer="原样恢复")
    assert lines("water", matter) == ["市园林中心答复了意见"]


def test_coordination_goes_to_the_leader_and_comes_down(road, lines):
    matter = road.under_way()
    road.do(matters.ask_coordination, matter, "water", question="电力迁改缺资金")
    assert lines("vice", matter) == ["市水利局提请协调，等答复"]
    road.do(matters.answer_coordination, Coordination.objects.get(), "vice", answer="财政先垫")
    assert lines("water", matter) == ["沈岚副市长答复了协调请求"]


def test_a_report_asked_for_is_told_to_the_unit(road, lines):
    matter = road.under_way()
    road.do(matters.ask_report, road.lead(matter), "office", reason="明天开会要用")
    assert lines("water", matter) == ["市政府督查室周明要情况，等反馈"]
    assert lines("schools", matter) == []


def test_a_referral_is_offered_and_declined(road, cast, lines):
    matter = road.under_way()
    road.do(
        matters.refer, road.lead(matter), "water", to=cast.units["parks"].pk, reason="属绿化养护"
    )
    assert lines("outsider", matter) == ["市水利局请本单位接办，等答复"]
    road.do(matters.decline_referral, Referral.objects.get(), "outsider", reason="不归我们")
    assert lines("water", matter) == ["市园林中心没有接办，仍由本单位承办"]


def test_a_matter_that_a_unit_volunteers_waits_for_the_office(road, cast, lines):
    done = road.do(matters.volunteer, cast.jurisdiction, "water", title="修一段水渠")
    matter = Matter.objects.get(pk=done.facts["matter"])
    assert lines("office", matter) == ["市水利局主动立项，等拟办"]
