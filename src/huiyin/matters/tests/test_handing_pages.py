"""Pages of the side roads between units: what is offered is done, and told as an official would."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import Consultation, Coordination, Matter, Referral
from huiyin.matters.queries.page import matter_page
from huiyin.people.models import Post


def _send(client, matter, verb, **fields):
    fields.setdefault("request_key", uuid4().hex)
    return client.post(f"/matters/{matter.pk}/do/{verb}/", fields)


def _page(road, matter, key):
    return matter_page(matter.pk, viewer=road.actor(key), today=clock.today())


def _offered(road, matter, key):
    page = _page(road, matter, key)
    return {offer.name for offer in [*page.offers, *page.side] if offer.allowed}


def _told(road, matter):
    return [entry.lead + entry.rest for entry in _page(road, matter, "office").trail]


def test_a_referral_goes_through_its_pages(road, signed_in):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    assert "assignment.refer" in _offered(road, matter, "water")
    answer = _send(signed_in("water"), matter, "refer", to=parks, reason="归园林中心")
    assert answer.status_code == 302
    assert {"referral.take_over", "referral.decline"} <= _offered(road, matter, "outsider")
    assert "referral.take_back" in _offered(road, matter, "water")
    assert _send(signed_in("outsider"), matter, "referral-take-over").status_code == 302
    assert any(line.startswith("交办市水利局") for line in _told(road, matter))
    assert _told(road, matter)[:2] == [
        "市园林中心接手办理，市水利局不再承办。",
        "市水利局提出转办，建议由市园林中心办理；接手前仍由本单位负责。",
    ]


def test_a_decline_without_a_reason_stays_on_its_form(road, signed_in):
    matter = road.under_way(supporting=[])
    _send(signed_in("water"), matter, "refer", to=road.cast.units["parks"].pk, reason="归园林")
    assert _send(signed_in("outsider"), matter, "referral-decline", reason="").status_code == 422
    assert Referral.objects.get().ruling == "pending"
    assert _send(signed_in("office"), matter, "referral-rule", granted="no", reason="首接负责")
    assert "仍由市水利局办理" in _told(road, matter)[0]


def test_completion_asks_about_the_silent_parts_only_when_there_are_any(road, signed_in):
    matter = road.planned()
    client = signed_in("water")
    page = client.get(f"/matters/{matter.pk}/do/submit-completion/").content.decode()
    assert "市教育局还没有反馈" in page
    part = matter.assignments.get(role="supporting")
    _send(signed_in("schools"), matter, "finish-part", assignment=part.pk, text="面积已核对")
    page = client.get(f"/matters/{matter.pk}/do/submit-completion/").content.decode()
    assert "parts_note" not in page


def test_parts_are_given_and_answered_on_the_page(road, signed_in):
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    _send(signed_in("office"), matter, "set-part", assignment=part.pk, task="核对校舍面积")
    page = signed_in("water").get(f"/matters/{matter.pk}/").content.decode()
    assert "核对校舍面积" in page
    sent = _send(
        signed_in("water"),
        matter,
        "record-response",
        assignment=part.pk,
        response="none",
        note="多次催",
    )
    assert sent.status_code == 302
    page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "没有反馈" in page
    parks = road.cast.units["parks"].pk
    assert _send(signed_in("office"), matter, "add-supporting", unit=parks).status_code == 302
    added = matter.assignments.get(unit=parks)
    _send(signed_in("office"), matter, "release", assignment=added.pk, reason="不需要了")
    assert "免去市园林中心配合" in _told(road, matter)[0]


def test_a_slip_is_answered_on_the_page(road, signed_in):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    sent = _send(
        signed_in("water"), matter, "consult", units=[parks], kind="opinion", question="树怎么移"
    )
    assert sent.status_code == 302
    assert _offered(road, matter, "outsider") == {"consultation.answer"}
    page = signed_in("outsider").get(f"/matters/{matter.pk}/").content.decode()
    assert "树怎么移" in page
    _send(signed_in("outsider"), matter, "consultation-answer", answer="移到北侧")
    assert Consultation.objects.get().state == "answered"
    assert "移到北侧" in signed_in("water").get(f"/matters/{matter.pk}/").content.decode()


def test_a_question_goes_up_and_comes_down_on_the_page(road, signed_in):
    matter = road.under_way()
    _send(signed_in("water"), matter, "ask-coordination", question="补偿谁出")
    assert "coordination.answer" in _offered(road, matter, "vice")
    page = signed_in("vice").get(f"/matters/{matter.pk}/").content.decode()
    assert "补偿谁出" in page
    _send(signed_in("vice"), matter, "coordination-raise-to", reason="涉及两位分管领导")
    given = {"answer": "市财政出", "basis": "专题会议纪要〔2026〕5号"}
    assert _send(signed_in("office"), matter, "coordination-answer", **given).status_code == 302
    page = signed_in("water").get(f"/matters/{matter.pk}/").content.decode()
    for words in ("补偿谁出", "涉及两位分管领导", "市财政出", "专题会议纪要〔2026〕5号"):
        assert words in page
    assert Coordination.objects.filter(state="answered").count() == 2


def test_a_leader_takes_it_on_and_everybody_sees_it(road, signed_in):
    matter = road.under_way()
    assert _send(signed_in("vice"), matter, "lead-personally").status_code == 302
    assert "沈岚副市长领办" in signed_in("water").get(f"/matters/{matter.pk}/").content.decode()
    post = Post.objects.get(user=road.cast.users["mayor"])
    _send(signed_in("office"), matter, "lead-personally", leader=post.pk)
    assert Matter.objects.get(pk=matter.pk).personal_lead == post
    assert "罗文山市长领办这件事" in _told(road, matter)[0]
    _send(signed_in("office"), matter, "end-personal-lead", reason="分工调整")
    assert Matter.objects.get(pk=matter.pk).personal_lead is None


def test_who_answers_is_said_with_what_it_waits_for(road):
    matter = road.under_way(supporting=[])
    given = {"to": road.cast.units["parks"].pk, "reason": "归园林"}
    road.do(actions.refer, road.lead(matter), "water", **given)
    road.do(actions.ask_coordination, matter, "water", question="补偿谁出")
    answering = _page(road, matter, "office").answering
    assert answering.who == "市水利局"
    assert any("市园林中心" in line for line in answering.beside)
    assert any("沈岚副市长" in line for line in answering.beside)


@pytest.mark.parametrize("who", ["office", "water", "outsider", "vice", "auditor"])
def test_every_reader_sees_the_page_with_everything_on_it(road, signed_in, who):
    matter = road.under_way()
    road.do(actions.ask_coordination, matter, "water", question="补偿谁出")
    units = [road.cast.units["parks"].pk]
    road.do(actions.consult, matter, "water", units=units, question="树怎么移")
    road.do(actions.refer, road.lead(matter), "water", to=units[0], reason="归园林")
    road.do(actions.take_over_referral, Referral.objects.get(), "outsider")
    page = signed_in(who).get(f"/matters/{matter.pk}/")
    assert page.status_code == 200
    assert "经手" in page.content.decode()
