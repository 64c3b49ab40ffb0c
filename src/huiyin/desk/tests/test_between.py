"""What lies between units waits on the desk of who has to move."""

from __future__ import annotations

from datetime import timedelta

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import Matter, Referral
from huiyin.matters.tests.road import at_noon


def _desk(signed_in, key):
    return signed_in(key).get("/desk/").content.decode()


def test_a_referral_waits_for_the_asked_unit_and_the_office_sees_it(road, signed_in):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.refer, road.lead(matter), "water", to=parks, reason="归园林中心管")
    for key in ("outsider", "office"):
        assert matter.title in _desk(signed_in, key)
    assert "归园林中心管" in _desk(signed_in, "outsider")
    assert "裁定转办" in _desk(signed_in, "office")
    road.do(actions.decline_referral, Referral.objects.get(), "outsider", reason="不归")
    assert "裁定转办" not in _desk(signed_in, "office")


def test_a_slip_waits_for_its_unit(road, signed_in):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.consult, matter, "water", units=[parks], question="行道树怎么移")
    assert "行道树怎么移" in _desk(signed_in, "outsider")
    assert "行道树怎么移" not in _desk(signed_in, "schools")


def test_a_question_waits_for_the_leader_and_the_office_sees_how_long(road, signed_in):
    matter = road.under_way(due_on=clock.today() + timedelta(days=60))
    road.do(actions.ask_coordination, matter, "water", question="补偿由谁出")
    assert "补偿由谁出" in _desk(signed_in, "vice")
    with at_noon(clock.today(), later=3):
        assert "已3 天" in _desk(signed_in, "office")
    assert "补偿由谁出" not in _desk(signed_in, "mayor")


def test_a_late_part_stands_on_the_desk_of_its_unit(road, signed_in):
    road.under_way()
    assert "配合的份逾期" not in _desk(signed_in, "schools")
    with at_noon(clock.today(), later=27):
        assert "配合的份逾期" in _desk(signed_in, "schools")


def test_what_a_leader_leads_stands_on_that_leader_s_desk(road, signed_in):
    matter = road.under_way()
    road.do(actions.lead_personally, matter, "vice")
    assert "我领办的" in _desk(signed_in, "vice")
    assert "我领办的" not in _desk(signed_in, "mayor")
    post = Matter.objects.get(pk=matter.pk).personal_lead_id
    page = signed_in("office").get(f"/matters/?personal={post}").content.decode()
    assert matter.title in page
    assert "领办领导" in page
    assert matter.title not in signed_in("office").get("/matters/?personal=1").content.decode()


def test_the_page_of_a_unit_s_hands_says_what_it_only_passed_on(road, signed_in):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.refer, road.lead(matter), "water", to=parks, reason="归园林中心管")
    road.do(actions.take_over_referral, Referral.objects.get(), "outsider")
    water = road.cast.units["water"].pk
    page = signed_in("office").get(f"/units/{water}/hands/").content.decode()
    assert "没有自己的措施" in page
    assert matter.title in page
    assert signed_in("water").get(f"/units/{water}/hands/").status_code == 200
    assert signed_in("vice").get(f"/units/{water}/hands/").status_code == 200
    assert signed_in("schools").get(f"/units/{water}/hands/").status_code == 404
    assert signed_in("office").get(f"/units/{parks}/hands/").status_code == 200
