"""The turns of a matter are told once to whoever had a part in it, and nobody is urged afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin import clock
from huiyin.ledger import followers
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import at_noon
from huiyin.matters.tests.test_strike_off import FOUND
from huiyin.notices.queries.inbox import inbox

BY = "市政府督查室周明"


@pytest.fixture
def lines(cast):
    """The unread lines about one matter in somebody's inbox today, the newest first."""

    def read(who, matter):
        followers.catch_up()
        box = inbox(cast.actor(who), today=clock.today())
        found = [i for i in box.today if i.message.matter_id == matter.pk and i.unread]
        return [line.what for item in found for line in item.lines]

    return read


def _suspend(road, matter):
    until = clock.today() + timedelta(days=10)
    road.do(matters.suspend, matter, "office", reason="等环评批复", until=until)


def test_its_units_are_told_that_it_was_suspended_and_resumed(road, lines):
    matter = road.under_way()
    _suspend(road, matter)
    assert lines("water", matter)[0] == f"{BY}中止了办理，恢复以前不计时限"
    assert lines("schools", matter)[0] == f"{BY}中止了办理，恢复以前不计时限"
    road.do(matters.resume, Matter.objects.get(pk=matter.pk), "office")
    assert lines("water", matter)[0] == f"{BY}恢复办理，时限不变"


def test_on_resuming_they_are_told_how_many_days_were_given_back(road, lines):
    matter = road.under_way()
    _suspend(road, matter)
    with at_noon(clock.today(), later=7):
        road.do(matters.resume, Matter.objects.get(pk=matter.pk), "office")
        said = f"{BY}恢复办理，中止的7天已补回，时限相应顺延"
        assert lines("water", matter)[0] == lines("schools", matter)[0] == said


@pytest.fixture
def about_batch(cast):
    """The unread lines about one batch in somebody's inbox today."""

    def read(who, notice):
        followers.catch_up()
        box = inbox(cast.actor(who), today=clock.today())
        found = [i for i in box.today if i.message.notice_id == notice.pk and i.unread]
        return [line.what for item in found for line in item.lines]

    return read


def test_the_approver_is_told_that_a_batch_became_void(road, about_batch):
    matter = road.registered()
    notice = road.proposed(matter)
    approver = road.approver(notice)
    road.do(matters.withdraw, matter, "office", reason="重复")
    road.do(matters.void_notice, notice, "office", reason="都撤销了")
    assert about_batch(approver, notice)[0] == f"{BY}作废了这一批，不用再审批：都撤销了"
    assert about_batch("office_head", notice) == []


def test_so_is_who_had_approved_it(road, about_batch):
    matter = road.registered()
    notice = road.proposed(matter)
    approver = road.approver(notice)
    road.do(matters.approve_notice, notice, approver)
    road.do(matters.withdraw, matter, "office", reason="重复")
    road.do(matters.void_notice, notice, "office", reason="都撤销了")
    said = f"{BY}作废了您批准的这一批，没有印发：都撤销了"
    assert about_batch(approver, notice)[0] == said


def test_its_units_are_told_that_it_was_withdrawn(road, lines):
    matter = road.under_way()
    road.do(matters.withdraw, matter, "office", reason="情况变了")
    assert lines("water", matter)[0] == f"{BY}撤销了这件事，不再办理"
    assert lines("schools", matter)[0] == f"{BY}撤销了这件事，不再办理"
    assert lines("outsider", matter) == []


def test_what_was_never_sent_is_withdrawn_quietly(road, lines):
    matter = road.registered()
    road.do(matters.withdraw, matter, "office", reason="重复登记")
    assert lines("water", matter) == []


def test_both_sides_of_a_merge_are_told(road, lines):
    one = road.under_way()
    other = road.under_way(title="城北泵站通水", due_on=clock.today() + timedelta(days=20))
    road.do(matters.merge, one, "office", into=other.pk, reason="是一回事")
    other.refresh_from_db()
    assert lines("water", one)[0] == (
        f"{BY}把这件事并入“{other.number} 城北泵站通水”，由那一件接着办"
    )
    assert lines("water", other)[0] == f"{BY}把“{one.number} {one.title}”并入本件，一并办理"


def test_the_leader_is_told_that_a_strike_off_waits_for_the_signature(road, lines):
    matter = road.submitted(nature="problem")
    road.do(matters.verify, matter, "office", **FOUND)
    assert lines("vice", matter)[0] == f"{BY}核查通过，等您签字验收"


def test_a_task_that_was_verified_waits_for_no_leader(road, lines):
    matter = road.submitted()
    road.do(matters.verify, matter, "office", **FOUND)
    assert lines("vice", matter) == []


def test_the_office_is_told_of_a_signed_strike_off(road, lines):
    matter = road.submitted(nature="problem")
    road.do(matters.verify, matter, "office", **FOUND)
    road.do(matters.sign_strike_off, matter.strike_offs.get(), "vice", opinion="同意")
    assert "等公示" in lines("office", matter)[0]


def test_what_the_office_did_itself_is_told_to_the_leader_who_checks_it(road, lines):
    matter = road.of_the_office()
    assert lines("mayor", matter)[0] == "市政府督查室周明报送办结，等核查"
    assert "等核查" not in "".join(lines("office", matter))
    road.do(matters.verify, matter, "mayor", finding="台账补齐了")
    road.do(matters.sign_strike_off, matter.strike_offs.get(), "mayor")
    assert "等公示" not in "".join(lines("office", matter))
