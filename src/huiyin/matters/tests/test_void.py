"""作废: a batch from which everything was withdrawn is neither approved nor issued, and does not wait for ever."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.door import options
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import SupervisionNotice
from huiyin.matters.tests.road import Road

pytestmark = pytest.mark.django_db


def again(notice: SupervisionNotice) -> SupervisionNotice:
    return SupervisionNotice.objects.get(pk=notice.pk)


@pytest.fixture
def emptied(road: Road) -> SupervisionNotice:
    """Two matters were approved in one batch and then withdrawn, one after the other."""
    notice = road.proposed(road.registered(), road.registered(title="加固二十座山塘"))
    road.do(actions.approve_notice, notice, road.approver(notice), opinion="同意，抓紧办")
    for matter in notice.matters.all():
        road.do(actions.withdraw, matter, "office", reason="上级已另行安排")
    return again(notice)


def test_it_is_made_void_with_its_reason_and_takes_no_number(road, emptied):
    before = Event.objects.count()
    road.do(actions.void_notice, emptied, "office", reason="上级已统一安排")
    notice = again(emptied)
    assert (notice.state, notice.void_reason) == ("void", "上级已统一安排")
    assert (notice.voided_on, notice.voided_by_name) == (clock.today(), "周明")
    assert (notice.number, notice.paper_number, notice.issued_on) == (None, "", None)
    assert notice.opinion == "同意，抓紧办"
    assert Event.objects.count() == before + 1
    assert road.issued().number == 1


def test_nothing_else_is_offered(road, emptied):
    found = {o.name: o for o in options(emptied, by=road.actor("office"))}
    assert [name for name, option in found.items() if option.allowed] == ["notice.void"]
    assert found["notice.issue"].code == "nothing_left"
    with pytest.raises(Conflict, match="只能作废"):
        road.do(actions.issue_notice, emptied, "office")


def test_the_same_before_it_was_approved(road):
    notice = road.proposed()
    road.do(actions.withdraw, notice.matters.get(), "office", reason="重复")
    for who in ("office", road.approver(notice)):
        found = options(again(notice), by=road.actor(who))
        assert {o.name for o in found if o.allowed} == (
            {"notice.void"} if who == "office" else set()
        )
    road.do(actions.void_notice, notice, "office", reason="重复提请")
    assert again(notice).state == "void"


def test_while_something_is_left_it_is_issued_and_not_made_void(road):
    one, other = road.registered(), road.registered(title="加固二十座山塘")
    notice = road.proposed(one, other)
    road.do(actions.approve_notice, notice, road.approver(notice))
    road.do(actions.withdraw, one, "office", reason="重复")
    with pytest.raises(Conflict) as refused:
        road.do(actions.void_notice, notice, "office", reason="不办了")
    assert refused.value.code == "something_left"
    assert "还有 1 件" in refused.value.sentence
    road.do(actions.issue_notice, notice, "office")


def test_a_reason_is_given(road, emptied):
    with pytest.raises(Refusal) as refused:
        road.do(actions.void_notice, emptied, "office", reason=" ")
    assert refused.value.code == "reason_missing"


@pytest.mark.parametrize("who", ["water", "vice", "mayor"])
def test_only_the_office_makes_void(road, emptied, who):
    with pytest.raises(Refusal) as refused:
        road.do(actions.void_notice, emptied, who, reason="不办了")
    assert isinstance(refused.value, Forbidden) or refused.value.code == "not_found"


def test_an_issued_one_is_not_made_void(road):
    notice = road.issued()
    road.do(actions.withdraw, notice.matters.get(), "office", reason="重复")
    with pytest.raises(Conflict) as refused:
        road.do(actions.void_notice, notice, "office", reason="不办了")
    assert refused.value.code == "wrong_state"


def test_the_page_says_so_and_has_one_button(road, emptied, signed_in):
    client = signed_in("office")
    page = client.get(f"/notices/{emptied.pk}/").content.decode()
    assert "都已撤销，没有可以印发的" in page
    assert "作废的理由" in page
    assert "印发 云督" not in page
    assert "预览督办通知" not in page
    sent = {"request_key": uuid4().hex, "reason": "上级已统一安排"}
    assert client.post(f"/notices/{emptied.pk}/do/void/", sent).status_code == 302
    after = client.get(f"/notices/{emptied.pk}/").content.decode()
    assert "上级已统一安排" in after
    assert "已作废" in after
    assert client.get("/notices/?view=returned").content.decode().count(emptied.title) == 1


def test_the_page_of_the_approver_says_why_there_is_nothing_to_approve(road, signed_in):
    notice = road.proposed()
    road.do(actions.withdraw, notice.matters.get(), "office", reason="重复")
    page = signed_in(road.approver(notice)).get(f"/notices/{notice.pk}/").content.decode()
    assert "批准这" not in page
    assert "只能作废" in page


def test_only_what_is_left_is_counted_on_the_button(road, signed_in):
    one, other = road.registered(), road.registered(title="加固二十座山塘")
    notice = road.proposed(one, other)
    road.do(actions.withdraw, one, "office", reason="重复")
    page = signed_in(road.approver(notice)).get(f"/notices/{notice.pk}/").content.decode()
    assert "批准这 1 项" in page
    assert "已撤销" in page


def test_it_is_on_the_desk_of_the_office_until_it_is_void_and_on_no_leaders(road, emptied):
    def listed(who: str) -> str:
        return str(desk_of(road.actor(who), today=clock.today()).sections)

    assert "都已撤销" in listed("office")
    assert "等印发" not in listed("office")
    road.do(actions.void_notice, emptied, "office", reason="上级已统一安排")
    assert "都已撤销" not in listed("office")


def test_an_approver_is_not_asked_about_a_batch_without_matters(road):
    notice = road.proposed()
    who = road.approver(notice)
    asked = desk_of(road.actor(who), today=clock.today())
    assert notice.title in str(asked.sections)
    road.do(actions.withdraw, notice.matters.get(), "office", reason="重复")
    asked = desk_of(road.actor(who), today=clock.today())
    assert notice.title not in str(asked.sections)
