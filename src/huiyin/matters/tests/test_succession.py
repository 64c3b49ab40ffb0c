"""Units are merged away and leaders leave; what was asked of them goes on with somebody."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.door import options
from huiyin.errors import Conflict, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Assignment, Matter, SupervisionNotice
from huiyin.matters.rules import AssignmentState, CameBy, MatterState
from huiyin.matters.tests.road import Road
from huiyin.people.actions import end_post, end_unit


def merge(road: Road, gone: str = "water", heir: str | None = "parks", by: str = "office"):
    successor = road.cast.units[heir].pk if heir else None
    given = {"on": clock.today(), "successor_id": successor}
    return road.do(end_unit, road.cast.units[gone], by, **given)


def current(matter: Matter) -> dict[str, str]:
    rows = matter.assignments.exclude(state=AssignmentState.ENDED).select_related("unit")
    return {row.unit.code: row.role for row in rows}


@pytest.mark.parametrize("stage", ["registered", "dispatched", "under_way", "planned", "submitted"])
def test_the_successor_answers_at_every_stage(road, stage):
    matter = getattr(road, stage)()
    merge(road)
    after = Matter.objects.get(pk=matter.pk)
    assert after.lead_unit.code == "parks"
    assert current(after) == {"parks": "lead", "schools": "supporting"}
    assert after.state == matter.state


def test_what_was_signed_for_stays_signed_and_may_be_objected_to(road):
    matter = road.planned()
    merge(road)
    lead = road.lead(matter)
    assert (lead.state, lead.came_by) == (AssignmentState.SIGNED, CameBy.SUCCESSION)
    assert lead.objection_until >= clock.today()
    assert matter.plan.measures == "分三段施工"


def test_what_was_not_signed_for_is_signed_for_by_the_successor(road):
    matter = road.dispatched()
    merge(road)
    lead = road.lead(matter)
    assert lead.state == AssignmentState.SENT
    assert lead.unit_list.unit.code == "parks"


def test_a_successor_that_supported_now_leads(road):
    matter = road.planned()
    merge(road, heir="schools")
    assert current(matter) == {"schools": "lead"}


def test_a_successor_that_led_goes_on_leading(road):
    matter = road.planned()
    merge(road, gone="schools", heir="water")
    assert current(matter) == {"water": "lead"}


def test_each_matter_has_its_event_and_its_sentence(road, signed_in):
    matter = road.planned()
    merge(road)
    assert Event.objects.filter(action="matter.succeed", trail_id=matter.pk).count() == 1
    page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "承接" in page


def test_without_a_successor_nothing_may_be_open(road):
    road.planned()
    with pytest.raises(Refusal, match="承接"):
        merge(road, heir=None)
    assert road.cast.units["water"].ended_on is None


def test_a_unit_without_open_matters_just_ends(road):
    road.closed(supporting=[])
    merge(road, heir=None)


def test_the_machine_s_administrator_does_not_move_business(road):
    road.planned()
    with pytest.raises(Conflict, match="督查室"):
        merge(road, by="sysadmin")


def test_a_closed_matter_stays_what_it_was(road):
    matter = road.closed()
    merge(road)
    assert Matter.objects.get(pk=matter.pk).lead_unit.code == "water"


def test_an_objection_of_a_unit_that_is_gone_is_over(road):
    matter = road.under_way()
    road.do(actions.hand_back, road.lead(matter), "water", reason="不归我们")
    merge(road)
    assert road.lead(matter).state == AssignmentState.SIGNED
    assert Assignment.objects.get(unit__code="water").hand_backs.get().ruling == "refused"


def test_what_waits_for_a_leader_who_left_waits_for_the_principal_leader(road):
    notice = road.proposed()
    post = notice.approver_post
    assert post.role == "leader_in_charge"
    road.do(end_post, post, "secadmin")
    notice = SupervisionNotice.objects.get(pk=notice.pk)
    offered = {o.name for o in options(notice, by=road.actor("mayor")) if o.allowed}
    assert "notice.approve" in offered
    road.do(actions.approve_notice, notice, "mayor", opinion="同意")
    assert SupervisionNotice.objects.get(pk=notice.pk).state == "approved"
    assert notice.matters.get().state == MatterState.APPROVED


def test_a_report_asked_of_the_unit_is_asked_of_its_successor(road):
    matter = road.planned()
    road.do(actions.ask_report, road.lead(matter), "office", reason="常务会要听")
    merge(road)
    assert matter.report_requests.get().assignment == road.lead(matter)
