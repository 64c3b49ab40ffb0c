"""A matter is passed on: exactly one unit answers at every moment, and passing on is not doing."""

from __future__ import annotations

import pytest

from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Assignment, HandBack, Matter, Referral
from huiyin.matters.rules import CameBy, MatterState, Ruling
from huiyin.matters.tests.road import Road


def referred(road: Road, matter: Matter | None = None, *, by: str = "water", to: str = "parks"):
    """A matter that its lead wants to pass on."""
    matter = matter or road.under_way(supporting=[])
    unit = road.cast.units[to].pk
    done = road.do(actions.refer, road.lead(matter), by, to=unit, reason="属于园林中心的职责")
    return Referral.objects.get(pk=done.facts["referral"])


def who_answers(matter: Matter) -> str:
    """The key of the unit that answers, which is exactly one."""
    current = Assignment.objects.current().filter(matter=matter, role="lead")
    (lead,) = current
    assert Matter.objects.get(pk=matter.pk).lead_unit_id == lead.unit_id
    return lead.unit.code


def test_the_unit_that_refers_goes_on_answering(road: Road):
    referral = referred(road)
    assert (referral.ruling, referral.for_office) == (Ruling.PENDING, False)
    assert who_answers(referral.matter) == "water"
    road.do(actions.report_progress, road.lead(referral.matter), "water", text="先行巡查")


def test_who_takes_over_answers_and_the_matter_stays_under_way(road: Road):
    referral = referred(road)
    matter = referral.matter
    road.do(actions.take_over_referral, referral, "outsider")
    matter.refresh_from_db()
    assert who_answers(matter) == "parks"
    assert matter.state == MatterState.UNDER_WAY
    lead = road.lead(matter)
    assert (lead.state, lead.came_by) == ("signed", CameBy.REFERRAL)
    assert lead.signed_by_name == "石磊"
    former = matter.assignments.get(unit=road.cast.units["water"])
    assert former.state == "ended"
    assert former.ended_on is not None
    road.do(actions.set_plan, matter, "outsider", goal="年内通水", measures="自己的措施")


def test_the_leader_in_charge_follows_the_new_lead(road: Road):
    referral = referred(road)
    assert referral.matter.leader_post.user.username == "vice"
    road.do(actions.take_over_referral, referral, "outsider")
    assert Matter.objects.get(pk=referral.matter_id).leader_post is None


def test_who_declines_says_why_and_the_matter_stays(road: Road):
    referral = referred(road)
    with pytest.raises(Refusal) as refused:
        road.do(actions.decline_referral, referral, "outsider", reason=" ")
    assert refused.value.fields == {"reason": ["必填"]}
    road.do(actions.decline_referral, referral, "outsider", reason="河道归水利")
    referral.refresh_from_db()
    assert (referral.ruling, referral.decision) == (Ruling.REFUSED, "河道归水利")
    assert who_answers(referral.matter) == "water"


def test_a_referral_can_be_taken_back_and_made_anew_without_a_ruling(road: Road):
    referral = referred(road)
    road.do(actions.take_back_referral, referral, "water")
    assert referred(road, referral.matter, to="schools").for_office is False


def test_after_a_refusal_the_office_rules(road: Road):
    first = referred(road)
    road.do(actions.decline_referral, first, "outsider", reason="河道归水利")
    second = referred(road, first.matter, to="schools")
    assert second.for_office
    with pytest.raises(Conflict) as refused:
        road.do(actions.take_over_referral, second, "schools")
    assert refused.value.code == "office_must_rule"


def test_what_was_taken_over_is_passed_on_only_by_ruling(road: Road):
    first = referred(road)
    road.do(actions.take_over_referral, first, "outsider")
    second = referred(road, first.matter, by="outsider", to="schools")
    assert second.for_office
    road.do(actions.rule_referral, second, "office", granted=True, reason="职责在教育局")
    matter = Matter.objects.get(pk=first.matter_id)
    assert who_answers(matter) == "schools"
    assert (matter.state, road.lead(matter).state) == (MatterState.DISPATCHED, "sent")
    assert road.lead(matter).came_by == CameBy.RULING


def test_the_office_may_leave_it_where_it_is(road: Road):
    referral = referred(road)
    road.do(actions.rule_referral, referral, "office", granted=False, reason="首接负责")
    assert who_answers(referral.matter) == "water"


def test_who_took_it_over_cannot_hand_it_back(road: Road):
    referral = referred(road)
    road.do(actions.take_over_referral, referral, "outsider")
    with pytest.raises(Conflict) as refused:
        road.do(actions.hand_back, road.lead(referral.matter), "outsider", reason="不是我们的")
    assert refused.value.code == "took_it_over"


def test_while_it_waits_nothing_is_objected_submitted_or_referred_again(road: Road):
    matter = road.planned(supporting=[])
    referred(road, matter)
    lead = road.lead(matter)
    tries = (
        (actions.hand_back, {"reason": "不属于"}),
        (actions.submit_completion, {"text": "办完了", "evidence": [road.evidence("water")]}),
        (actions.refer, {"to": road.cast.units["schools"].pk, "reason": "再转"}),
    )
    for verb, given in tries:
        with pytest.raises(Conflict) as refused:
            road.do(verb, lead, "water", **given)
        assert refused.value.code == "referral_waits"


def test_what_was_objected_to_is_not_referred(road: Road):
    matter = road.under_way(supporting=[])
    road.do(actions.hand_back, road.lead(matter), "water", reason="不属于")
    with pytest.raises(Conflict) as refused:
        referred(road, matter)
    assert refused.value.code == "wrong_state"


def test_a_supporting_unit_cannot_refer(road: Road):
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    with pytest.raises(Conflict) as refused:
        road.do(actions.refer, part, "schools", to=road.cast.units["parks"].pk, reason="转")
    assert refused.value.code == "supporting_does_not_refer"


def test_the_part_of_who_takes_over_ends_with_its_objection(road: Road):
    matter = road.under_way()
    part = matter.assignments.get(role="supporting")
    road.do(actions.hand_back, part, "schools", reason="不属于本单位")
    road.do(actions.take_over_referral, referred(road, matter, to="schools"), "schools")
    assert who_answers(matter) == "schools"
    assert HandBack.objects.get().ruling == "granted"
    assert matter.assignments.exclude(state="ended").count() == 1


@pytest.mark.parametrize("key", ["schools", "auditor", "sysadmin"])
def test_others_neither_take_over_nor_know_of_it(road: Road, key: str):
    referral = referred(road)
    for verb, given in (
        (actions.take_over_referral, {}),
        (actions.decline_referral, {"reason": "不"}),
    ):
        with pytest.raises((Forbidden, NotFound)):
            road.do(verb, referral, key, **given)


def test_the_asked_unit_sees_the_matter_before_it_answers(road: Road):
    referral = referred(road)
    actor = road.actor("outsider")
    assert Matter.objects.visible_to(actor).filter(pk=referral.matter_id).exists()


def test_nobody_rules_for_the_own_unit(road: Road):
    referral = referred(road, to="office")
    with pytest.raises(Conflict) as refused:
        road.do(actions.rule_referral, referral, "office", granted=True, reason="归我们")
    assert refused.value.code == "refers_own_unit"
    road.do(actions.rule_referral, referral, "vice", granted=True, reason="由督查室牵头")
    assert who_answers(referral.matter) == "office"


def test_nothing_is_referred_to_oneself_or_to_nobody(road: Road):
    matter = road.under_way(supporting=[])
    for to, code in ((road.cast.units["water"].pk, "bad_unit"), (99999, "no_such_unit")):
        with pytest.raises(Refusal) as refused:
            road.do(actions.refer, road.lead(matter), "water", to=to, reason="转")
        assert refused.value.code == code


def test_every_step_is_one_event_on_the_trail_of_the_matter(road: Road):
    referral = referred(road)
    road.do(actions.take_over_referral, referral, "outsider")
    told = Event.objects.filter(trail_kind="matter", trail_id=referral.matter_id)
    names = list(told.order_by("position").values_list("action", flat=True))[-2:]
    assert names == ["assignment.refer", "referral.take_over"]
