"""Who acts for somebody stands back where that person would; what was withdrawn holds up no batch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.door import options
from huiyin.errors import Conflict, Refusal
from huiyin.matters import actions
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.queries.checks import checks
from huiyin.matters.tests.road import Road
from huiyin.people import actions as people
from huiyin.people.models import Post

pytestmark = pytest.mark.django_db


def lend(road: Road, lender: str, to: str) -> None:
    """The leader's post is lent for a month."""
    post = Post.objects.get(user=road.cast.users[lender], role="leader_in_charge")
    today = clock.today()
    road.do(
        people.set_delegation,
        post,
        "office",
        to_id=road.cast.users[to].pk,
        started_on=today,
        ended_on=today + timedelta(days=30),
    )


def test_who_acts_for_a_leader_of_the_bureau_does_not_judge_the_bureau(road: Road):
    matter = road.submitted()
    water = road.cast.units["water"].pk
    road.do(people.appoint, road.cast.users["vice"], "secadmin", unit_id=water, role="unit_head")
    lend(road, "vice", "outsider")
    offered = {o.name: o for o in options(matter, by=road.actor("outsider"))}
    assert offered["matter.verify"].code == "own_unit"
    with pytest.raises(Conflict) as refused:
        road.do(actions.verify, matter, "outsider", finding="看过了")
    assert refused.value.code == "own_unit"


def test_who_acts_for_another_leader_judges_it(road: Road):
    matter = road.submitted()
    lend(road, "vice", "outsider")
    road.do(actions.verify, matter, "outsider", finding="看过了")
    assert Matter.objects.get(pk=matter.pk).state == "verified"


def test_a_matter_withdrawn_from_its_batch_stays_behind(road: Road):
    one, other = road.registered(), road.registered(title="加固二十座山塘")
    notice = road.proposed(one, other)
    road.do(actions.withdraw, one, "office", reason="重复")
    road.do(actions.approve_notice, notice, road.approver(notice))
    road.do(actions.issue_notice, notice, "office")
    states = dict(SupervisionNotice.objects.get(pk=notice.pk).matters.values_list("pk", "state"))
    assert states == {one.pk: "withdrawn", other.pk: "dispatched"}


def test_a_matter_withdrawn_after_approval_is_not_dispatched(road: Road):
    one, other = road.registered(), road.registered(title="加固二十座山塘")
    notice = road.proposed(one, other)
    road.do(actions.approve_notice, notice, road.approver(notice))
    road.do(actions.withdraw, one, "office", reason="重复")
    road.do(actions.issue_notice, notice, "office")
    assert Matter.objects.get(pk=one.pk).state == "withdrawn"
    assert Matter.objects.get(pk=other.pk).state == "dispatched"


def test_a_batch_of_which_nothing_is_left_is_made_void_and_not_approved(road: Road):
    matter = road.registered()
    notice = road.proposed(matter)
    road.do(actions.withdraw, matter, "office", reason="重复")
    with pytest.raises(Refusal) as refused:
        road.do(actions.approve_notice, notice, road.approver(notice))
    assert refused.value.code == "nothing_left"
    road.do(actions.void_notice, notice, "office", reason="都撤销了")
    assert SupervisionNotice.objects.get(pk=notice.pk).state == "void"


def test_an_answer_is_delivered_once_and_offered_once(road: Road):
    end = road.closed().close_out
    assert end is not None
    road.do(actions.deliver, end, "office")
    end.refresh_from_db()
    offered = {o.name: o for o in options(end, by=road.actor("office"))}
    assert offered["close_out.deliver"].code == "already_delivered"


def test_an_objection_to_what_is_withdrawn_waits_for_nobody(road):
    matter = road.under_way()
    road.do(actions.hand_back, road.lead(matter), "water", reason="不归我们")
    road.do(actions.withdraw, matter, "office", reason="上级收回")
    assert checks(viewer=road.actor("office"), today=clock.today()).objections == []
