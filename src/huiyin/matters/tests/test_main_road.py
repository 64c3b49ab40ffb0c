"""A matter goes the whole way, and nothing on it can be skipped."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Assignment, CloseOut, Matter, UnitList
from huiyin.matters.rules import MatterState
from huiyin.matters.tests.road import SETTLED, Road, at_noon


def test_a_matter_goes_from_the_register_to_its_answer(road: Road):
    matter = road.closed()
    assert matter.state == MatterState.CLOSED
    assert matter.number == f"〔{clock.today().year}〕1-01"
    assert matter.close_outs.get().answer == SETTLED["answer"]
    names = list(
        Event.objects.filter(trail_kind="matter", trail_id=matter.pk)
        .order_by("position")
        .values_list("action", flat=True)
    )
    assert names == [
        "matter.register",
        "matter.propose",
        "matter.approve",
        "matter.dispatch",
        "assignment.sign_for",
        "assignment.sign_for",
        "matter.set_plan",
        "assignment.record_response",
        "assignment.submit_completion",
        "matter.verify",
        "matter.accept",
        "matter.close_out",
        "matter.settle",
    ]


def test_what_the_words_lack_is_filled_by_rule_and_says_so(road: Road):
    matter = road.registered(due_on=None, supporting=[])
    assert matter.due_on is not None
    assert matter.filled["due"]["from"] == "rule"
    assert matter.acceptance == "城北提升泵站要尽快试运行"
    assert matter.filled["acceptance"]["from"] == "rule"
    assert matter.leader_post is not None
    assert matter.leader_post.user.username == "vice"


def test_a_matter_without_a_lead_unit_cannot_be_proposed(road: Road):
    matter = road.registered(lead=None)
    with pytest.raises(Refusal) as refused:
        road.proposed(matter)
    assert refused.value.code == "incomplete"
    assert refused.value.fields == {str(matter.pk): ["牵头单位"]}


def test_filling_the_lead_by_hand_makes_it_complete(road: Road):
    matter = road.registered(lead=None)
    road.do(actions.fill, matter, "office", lead=road.cast.units["water"].pk)
    filled = Matter.objects.get(pk=matter.pk)
    assert filled.filled["lead"]["from"] == "hand"
    assert road.proposed(filled).matters.count() == 1


def test_the_leader_in_charge_approves_or_by_rule_the_next(road: Road):
    notice = road.proposed(source_kind="own")
    assert notice.approver_post is not None
    with pytest.raises((Forbidden, NotFound)):
        road.do(actions.approve_notice, notice, "water")


def test_nothing_is_issued_before_it_is_approved(road: Road):
    notice = road.proposed()
    with pytest.raises(Conflict):
        road.do(actions.issue_notice, notice, "office")


def test_a_returned_batch_is_in_the_register_again(road: Road):
    notice = road.proposed()
    road.do(actions.return_to_office, notice, road.approver(notice), reason="牵头单位再商量")
    matter = Matter.objects.get()
    assert (matter.state, matter.notice, matter.row) == (MatterState.REGISTERED, None, None)
    assert road.issued(matter).number == 1


def test_numbers_follow_each_other_within_a_year(road: Road):
    assert [road.issued(title=f"事项{n}").number for n in range(3)] == [1, 2, 3]


def test_an_instruction_stands_for_the_approval(road: Road):
    notice = road.proposed()
    road.do(actions.rest_on, notice, "office", basis="罗文山市长批示〔2026〕7号")
    road.do(actions.issue_notice, notice, "office")
    assert Matter.objects.get().state == MatterState.DISPATCHED


def test_a_unit_signs_for_its_list_once_with_an_exception(road: Road):
    mine, not_mine = road.registered(title="甲"), road.registered(title="乙")
    notice = road.issued(mine, not_mine)
    lst = UnitList.objects.get(notice=notice, unit=road.cast.units["water"])
    odd = lst.assignments.get(matter=not_mine)
    objection = actions.signing.Objection(assignment=odd.pk, reason="属于园林中心")
    road.do(actions.sign_list, lst, "water", exceptions=[objection])
    odd.refresh_from_db()
    assert odd.state == "objected"
    assert lst.assignments.get(matter=mine).state == "signed"
    with pytest.raises(Conflict):
        road.do(actions.sign_list, lst, "water")


def test_another_unit_cannot_sign_for_it(road: Road):
    matter = road.dispatched()
    lst = UnitList.objects.get(notice=matter.notice, unit=road.cast.units["water"])
    with pytest.raises(NotFound):
        road.do(actions.sign_list, lst, "outsider")


def test_a_granted_hand_back_leaves_exactly_one_unit_answering(road: Road):
    matter = road.under_way()
    lead = road.lead(matter)
    road.do(actions.hand_back, lead, "water", reason="属于园林中心")
    with pytest.raises(Refusal):
        road.do(actions.rule_hand_back, lead, "office", granted=True, reason="是")
    parks = road.cast.units["parks"]
    road.do(
        actions.rule_hand_back, lead, "office", granted=True, reason="职责在园林", new_lead=parks.pk
    )
    matter.refresh_from_db()
    assert (matter.lead_unit, matter.state) == (parks, MatterState.DISPATCHED)
    current = Assignment.objects.current().filter(matter=matter, role="lead")
    assert [row.unit for row in current] == [parks]
    assert UnitList.objects.filter(notice=matter.notice, unit=parks, state="sent").exists()


def test_a_refused_hand_back_leaves_the_unit_answering(road: Road):
    matter = road.under_way()
    lead = road.lead(matter)
    road.do(actions.hand_back, lead, "water", reason="不归我们")
    road.do(actions.rule_hand_back, lead, "office", granted=False, reason="三定方案写明归你局")
    lead.refresh_from_db()
    assert lead.state == "signed"


def test_an_objection_after_its_window_is_refused(road: Road):
    matter = road.under_way()
    lead = road.lead(matter)
    with at_noon(lead.objection_until, later=1), pytest.raises(Conflict) as refused:
        road.do(actions.hand_back, lead, "water", reason="不归我们")
    assert refused.value.code == "window_has_passed"


def test_a_supporting_unit_reports_its_own_part(road: Road):
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    road.do(actions.report_progress, part, "schools", text="学校周边管线已让出", percent=40)
    matter.refresh_from_db()
    assert part.reports.get().percent == 40
    assert matter.reported_percent is None


def test_completion_needs_a_plan_and_evidence(road: Road):
    matter = road.under_way()
    lead = road.lead(matter)
    with pytest.raises(Conflict) as refused:
        road.do(actions.submit_completion, lead, "water", text="办完了")
    assert refused.value.code == "lead_has_no_plan"
    matter = road.planned()
    with pytest.raises(Refusal) as bare:
        road.do(actions.submit_completion, road.lead(matter), "water", text="办完了")
    assert bare.value.code == "evidence_missing"


def test_somebody_elses_file_cannot_be_named_as_evidence(road: Road):
    matter = road.planned()
    stolen = road.evidence("schools")
    claim = {"text": "完", "evidence": [stolen], "parts_note": "本局代办"}
    with pytest.raises(Refusal) as refused:
        road.do(actions.submit_completion, road.lead(matter), "water", **claim)
    assert refused.value.code == "not_uploaded"


def test_the_unit_that_did_it_does_not_verify_it(road: Road):
    office = road.cast.units["office"]
    matter = road.submitted(supporting=[office.pk])
    with pytest.raises(Conflict) as refused:
        road.do(actions.settle, matter, "office", **SETTLED)
    assert refused.value.code == "own_unit"
    road.do(actions.settle, matter, "vice", **SETTLED)
    assert Matter.objects.get(pk=matter.pk).state == MatterState.CLOSED


def test_a_refuted_claim_goes_back_and_the_difference_is_kept(road: Road):
    matter = road.submitted()
    road.do(
        actions.verify,
        matter,
        "office",
        finding="两台泵只装了一台",
        outcome="refuted",
        verified_percent=60,
    )
    matter.refresh_from_db()
    check = matter.verifications.get()
    assert (matter.state, matter.sent_back) == (MatterState.UNDER_WAY, 1)
    assert (check.claimed_percent, check.verified_percent) == (100, 60)


def test_nothing_closes_without_summary_and_answer(road: Road):
    matter = road.submitted()
    with pytest.raises(Refusal) as refused:
        road.do(actions.settle, matter, "office", **(SETTLED | {"answer": " "}))
    assert refused.value.fields == {"answer": ["必填"]}
    assert not CloseOut.objects.exists()
    assert Matter.objects.get(pk=matter.pk).state == MatterState.SUBMITTED


def test_a_standing_matter_is_checked_and_kept_open(road: Road):
    matter = road.planned(nature="standing", due_on=None)
    assert matter.interval == "quarterly"
    with pytest.raises(Conflict) as refused:
        road.do(
            actions.submit_completion,
            road.lead(matter),
            "water",
            text="完",
            evidence=[road.evidence("water")],
        )
    assert refused.value.code == "lead_standing"
    with at_noon(matter.next_check_on):
        road.do(actions.check, matter, "office", finding="值班制度在执行")
    checked = Matter.objects.get(pk=matter.pk)
    assert checked.state == MatterState.UNDER_WAY
    assert checked.last_checked_on == matter.next_check_on
    assert checked.next_check_on is not None
    assert matter.next_check_on is not None
    assert checked.next_check_on > matter.next_check_on


def test_work_under_way_is_looked_at_before_it_is_done(road: Road):
    matter = road.planned()
    road.do(actions.report_progress, road.lead(matter), "water", text="两台泵到货", percent=60)
    road.do(actions.check, matter, "office", finding="只到了一台", verified_percent=40)
    matter.refresh_from_db()
    assert (matter.state, matter.reported_percent, matter.verified_percent) == ("under_way", 60, 40)
    assert matter.verifications.get().claimed_percent == 60


def test_a_repeated_request_dispatches_nothing_twice(road: Road):
    from huiyin.door import Ask, perform

    notice = road.proposed()
    road.do(actions.approve_notice, notice, road.approver(notice))
    first = perform(actions.issue_notice, notice.pk, road.actor("office"), Ask("once"))
    again = perform(actions.issue_notice, notice.pk, road.actor("office"), Ask("once"))
    assert again.repeated
    assert (again.facts, again.position) == (first.facts, first.position)
    assert UnitList.objects.filter(notice=notice).count() == 2


def test_a_unit_that_is_no_more_is_refused_in_the_same_words_everywhere(road):
    gone, matter, under_way = 10**6, road.registered(), road.under_way()
    tries = {
        "register": lambda: road.registered(lead=gone),
        "fill": lambda: road.do(actions.fill, matter, "office", lead=gone),
        "add": lambda: road.do(actions.add_supporting, under_way, "office", unit=gone),
    }
    for way, ask in tries.items():
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "no_such_unit"
        assert refused.value.sentence == "没有这个单位，或者它已经撤并，请从名录中另选。"
        assert list(refused.value.fields) == ["unit" if way == "add" else "lead"]
