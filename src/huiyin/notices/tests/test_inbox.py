"""The inbox: one message a day about a matter, for whom it concerns, read with a click."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.door import registry
from huiyin.ledger import followers
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter
from huiyin.notices.actions import remind
from huiyin.notices.models import Message
from huiyin.notices.queries.inbox import inbox, unread_count
from huiyin.notices.sentences import LINES, WHY
from huiyin.notices.tellings import TELLINGS
from huiyin.notices.tests.conftest import at_eight

MONDAY = date(2026, 11, 23)


@pytest.fixture
def told(cast):
    """What lies unread in somebody's inbox: (title, lines)."""

    def read(who):
        followers.catch_up()
        box = inbox(cast.actor(who), today=clock.today())
        items = [*box.today, *(item for day in box.unread for item in day.items)]
        return [(_about(i), [line.what for line in i.lines]) for i in items if i.unread]

    return read


def _about(item):
    return item.title if item.message.matter_id else f"《{item.title}》"


def test_every_verb_that_is_told_of_is_a_verb():
    assert set(TELLINGS) <= set(registry())


def test_a_list_waits_for_the_liaison_officer_of_its_unit(road, told):
    notice = road.issued()
    assert told("water") == [(f"《{notice.title}》", ["新交办的清单，等签收"])]
    assert told("schools") == [(f"《{notice.title}》", ["新交办的清单，等签收"])]
    assert told("outsider") == []


def test_a_list_that_was_signed_waits_no_longer(road, told):
    road.under_way()
    assert told("water") == told("schools") == []


def test_a_batch_waits_for_its_approver(road, told):
    notice = road.proposed()
    lines = told(road.approver(notice))
    assert lines == [(f"《{notice.title}》", ["市政府督查室周明提请审批1件拟办事项"])]
    assert told("water") == []


def test_nobody_is_told_of_what_they_did_themselves(road, told):
    road.proposed()
    assert told("office") == []


def test_an_objection_and_its_ruling(road, told):
    matter = road.under_way()
    road.do(matters.hand_back, road.lead(matter), "water", reason="不归我局")
    assert (matter.title, ["市水利局提出异议，等裁定"]) in told("office")
    road.do(
        matters.rule_hand_back,
        matter.assignments.get(role="lead"),
        "office",
        granted=False,
        reason="归你局",
    )
    assert (matter.title, ["市政府督查室周明不同意退回，仍由本单位承办"]) in told("water")


def test_what_is_said_to_be_done_waits_for_the_office_and_comes_back(road, told):
    matter = road.submitted()
    assert (matter.title, ["市水利局报送办结，等核查"]) in told("office")
    road.do(matters.send_back, matter, "office", reason="缺第三台")
    assert (matter.title, ["市政府督查室周明退回重办"]) in told("water")
    assert (matter.title, ["市政府督查室周明退回重办"]) in told("water_head")


def test_a_request_waits_for_who_decides_it_and_the_decision_comes_back(road, told):
    matter = road.under_way()
    later = matter.due_on + timedelta(days=10)
    done = road.do(matters.ask_extension, matter, "water", until=later, reason="设备没到")
    waiting = {who: told(who) for who in ("office", "office_head", "vice", "mayor")}
    line = (matter.title, ["市水利局提出申请，等决定"])
    assert any(line in lines for lines in waiting.values()), (done.facts, waiting)


def test_one_matter_one_message_a_day(road, told):
    matter = road.under_way()
    road.do(remind, matter, "office", words="请报进度")
    road.do(remind, matter, "mayor", anyway="急")
    followers.catch_up()
    lines = [lines for title, lines in told("water") if title == matter.title]
    assert lines == [["罗文山市长催办", "市政府督查室周明催办：请报进度"]]


def test_a_telephone_call_leaves_no_message(road, told):
    matter = road.under_way()
    road.do(remind, matter, "office", channel="phone", words="说了")
    assert matter.title not in [title for title, _lines in told("water")]


def test_the_clock_says_why_and_by_which_rule(road, morning, signed_in):
    with at_eight(date(2026, 11, 9)):
        matter = road.under_way(due_on=MONDAY)
    morning(MONDAY)
    message = Message.objects.get(matter=matter, on=MONDAY)
    assert (message.user.name, message.slip) == ("秦川", "blue")
    page = signed_in("water").get("/inbox/").content.decode()
    for words in ("催办：今天到期", "您任市水利局办公室副主任", "规则“催办阶梯”第1版", "蓝单"):
        assert words in page


@pytest.mark.parametrize("end", ["withdraw", "close"])
def test_nothing_unread_is_left_of_what_has_ended(road, cast, told, end):
    if end == "close":
        matter = road.submitted()
        road.do(matters.settle, matter, "office_head", **_settled())
    else:
        matter = road.under_way()
        road.do(remind, matter, "office")
        followers.catch_up()
        road.do(matters.withdraw, matter, "office", reason="不办了")
    for who in cast.users:
        left = [lines for title, lines in told(who) if title == matter.title]
        assert all("撤销了这件事" in lines[0] for lines in left)  # that it ended is told once
        assert not left or end == "withdraw"


def _settled():
    from huiyin.matters.tests.road import SETTLED

    return SETTLED


def test_old_history_is_no_news(road, told):
    with clock.at(clock.now() - timedelta(days=30)):
        road.issued()
    assert told("water") == []


def test_events_are_told_once_even_when_the_follower_reads_again(road, told):
    notice = road.issued()
    followers.catch_up()
    assert told("water") == [(f"《{notice.title}》", ["新交办的清单，等签收"])]


def test_a_click_marks_it_read_and_opens_the_matter(road, signed_in, water):
    matter = road.under_way()
    road.do(remind, matter, "office")
    followers.catch_up()
    client = signed_in("water")
    message = Message.objects.get(matter=matter, user_id=water.user_id)
    answer = client.get(f"/inbox/{message.pk}/")
    assert answer["Location"] == f"/matters/{matter.pk}/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_nobody_opens_the_message_of_another(road, signed_in):
    road.issued()
    followers.catch_up()
    message = Message.objects.get(user__username="water")
    assert signed_in("office").get(f"/inbox/{message.pk}/").status_code == 404


def test_all_on_the_page_is_marked_read_and_later_ones_are_not(road, signed_in, water):
    road.issued()
    followers.catch_up()
    last = Message.objects.filter(user_id=water.user_id).latest("pk").pk
    road.issued()
    followers.catch_up()
    client = signed_in("water")
    assert client.post("/inbox/read/", {"last": last}).status_code == 302
    assert unread_count(water) == 1
    assert client.post("/inbox/read/", {"last": "x"}).status_code == 302


def test_the_page_head_counts_what_is_unread(road, signed_in):
    road.issued()
    followers.catch_up()
    page = signed_in("water").get("/desk/").content.decode()
    assert 'href="/inbox/"' in page
    assert "收件<b>1</b>" in page
    assert "收件<b>" not in signed_in("outsider").get("/desk/").content.decode()
    assert 'href="/inbox/"' not in signed_in("sysadmin").get("/desk/").content.decode()


def test_what_has_gone_out_of_sight_is_gone_from_the_inbox(road, cast, told):
    matter = road.under_way()
    road.do(remind, matter, "office")
    assert matter.title in [title for title, _lines in told("water")]
    road.do(matters.hand_back, road.lead(matter), "water", reason="不归我局")
    road.do(
        matters.rule_hand_back,
        matter.assignments.get(role="lead"),
        "office",
        granted=True,
        reason="归园林",
        new_lead=cast.units["parks"].pk,
    )
    seen = Matter.objects.visible_to(cast.actor("water")).filter(pk=matter.pk).exists()
    assert (matter.title in [title for title, _lines in told("water")]) == seen
    assert (matter.title, ["交由本单位牵头，等签收"]) in told("outsider")


@pytest.mark.parametrize("who", ["water", "office", "mayor"])
def test_the_inbox_costs_the_same_however_full_it_is(road, signed_in, who):
    def count():
        followers.catch_up()
        client = signed_in(who)
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/inbox/").status_code == 200
        return len(caught)

    road.submitted()
    road.do(remind, road.under_way(title="头一件"), "mayor")
    few = count()
    for n in range(4):
        road.do(remind, road.under_way(title=f"又一件{n}"), "mayor")
        road.submitted(title=f"再一件{n}")
    assert count() <= few <= 10


def test_the_preview_is_for_the_office(road, signed_in, morning):
    with at_eight(date(2026, 11, 9)):
        road.under_way(due_on=clock.today() + timedelta(days=1))
    page = signed_in("office").get("/inbox/tomorrow/")
    assert page.status_code == 200
    assert "督促时钟上次运行" in page.content.decode()
    assert "还没有运行过" in page.content.decode()
    for who in ("water", "mayor", "auditor"):
        assert signed_in(who).get("/inbox/tomorrow/").status_code == 403


def test_every_line_can_be_said_of_nobody_in_particular():
    from huiyin.notices.sentences import line_of

    for kind in LINES:
        for why in WHY:
            line = {
                "kind": kind,
                "why": why,
                "at": clock.now().isoformat(),
                "unit": "",
                "title": "",
            }
            assert line_of(line).what
