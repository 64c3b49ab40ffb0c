"""What was fixed at dispatch changes only by decision, and never in the baseline."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin import clock
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Baseline, Matter, Suspension, Variation
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.trail import trail
from huiyin.people.actions import appoint, end_post, set_delegation
from huiyin.people.models import Post
from huiyin.rulebook.actions import amend
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import VARIATION


def days(n: int):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def matter(road: Road) -> Matter:
    return road.planned(quantity=Decimal(83), quantity_unit="所", supporting=[])


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def asked(road: Road, matter: Matter, n: int = 45, **given) -> Variation:
    given = {"until": days(n), "reason": "汛期不能施工"} | given
    done = road.do(actions.ask_extension, matter, "water", **given)
    return Variation.objects.get(pk=done.facts["variation"])


def decided(road: Road, row: Variation, by: str = "office", **given):
    given = {"granted": True, "decision": "情况属实"} | given
    return road.do(actions.decide_variation, row, by, **given)


def amended(road: Road, **changed) -> None:
    """The rule of variations says something else from today; `extend={...}` changes that row."""
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="variation")
    body = dict(rule.versions.get(number=rule.current).body)
    body |= {name: value for name, value in changed.items() if name in ("late", "before_days")}
    body["rows"] = [row | changed.get(row["kind"], {}) for row in body["rows"]]
    road.do(
        amend,
        rule,
        "secadmin",
        body=body,
        source="本市规定",
        reason="试",
        effective_on=clock.today(),
    )


def holds_post(road: Road, who: str, unit: str) -> None:
    """Somebody of the cast also heads a unit."""
    given = {"unit_id": road.cast.units[unit].pk, "role": "unit_head", "title": "局长（兼）"}
    road.do(appoint, road.cast.users[who], "secadmin", **given)


# Extensions


def test_the_office_grants_the_first_extension_and_the_baseline_stays(road, matter):
    was, late = matter.due_on, matter.late_on
    row = asked(road, matter)
    assert row.decider_post is None
    decided(road, row)
    after = fresh(matter)
    assert after.due_on == days(45)
    assert after.late_on == late + (days(45) - was)
    assert Baseline.objects.get(matter=matter).due_on == was


def test_it_may_be_granted_until_another_day(road, matter):
    row = asked(road, matter)
    done = decided(road, row, until=days(38))
    row.refresh_from_db()
    assert (fresh(matter).due_on, row.due_asked, row.due_granted) == (days(38), days(45), days(38))
    assert done.facts["as_asked"] is False


def test_refused_nothing_changes_and_the_reason_stands(road, matter):
    row = asked(road, matter)
    decided(road, row, granted=False, decision="工期已留足")
    row.refresh_from_db()
    assert (row.ruling, row.decision, row.decided_by_name) == ("refused", "工期已留足", "周明")
    assert fresh(matter).due_on == matter.due_on


def test_the_clock_goes_on_while_a_request_waits(road, matter):
    asked(road, matter)
    assert fresh(matter).late_on == matter.late_on


def test_the_second_extension_is_the_principal_leader_s(road, matter):
    decided(road, asked(road, matter))
    row = asked(road, matter, 60)
    assert row.decider_post.user.username == "mayor"
    with pytest.raises(Forbidden):
        decided(road, row, "office")
    with pytest.raises(Forbidden):
        decided(road, row, "vice")
    decided(road, row, "mayor")
    assert fresh(matter).due_on == days(60)


def test_where_the_rule_gives_two_the_approver_decides_the_second(road, matter):
    amended(road, extend={"times": 2})
    decided(road, asked(road, matter))
    row = asked(road, matter, 60)
    assert row.decider_post == matter.notice.approver_post


def test_an_appeal_is_extended_once_by_at_most_thirty_days(road):
    matter = road.under_way(source_kind="appeal", origin="appeal")
    with pytest.raises(Refusal) as refused:
        asked(road, matter, 61)
    assert "until" in refused.value.fields
    row = asked(road, matter, 60)
    assert row.decider_post.user.username == "vice"
    decided(road, row, "vice")
    with pytest.raises(Conflict) as refused:
        asked(road, matter, 65)
    assert refused.value.code == "no_more_extensions"


def test_it_is_asked_before_the_due_day(road, matter):
    with at_noon(matter.due_on), pytest.raises(Conflict) as refused:
        asked(road, matter)
    assert refused.value.code == "asked_too_late"
    amended(road, late=True)
    with at_noon(matter.due_on, later=3):
        row = asked(road, matter, 10)
        decided(road, row)
        assert fresh(matter).late_on > clock.today()


@pytest.mark.parametrize("n", [-3, 0, 30, 121])
def test_the_new_day_is_later_and_within_the_rule(road, matter, n):
    with pytest.raises(Refusal) as refused:
        asked(road, matter, n)
    assert list(refused.value.fields) == ["until"]
    assert not Variation.objects.exists()


def test_one_request_of_a_kind_waits_at_a_time(road, matter):
    asked(road, matter)
    with pytest.raises(Conflict) as refused:
        asked(road, matter, 40)
    assert refused.value.code == "extension_already_asked"


def test_a_standing_matter_has_nothing_to_extend(road):
    matter = road.under_way(nature="standing", due_on=None)
    with pytest.raises(Conflict) as refused:
        asked(road, matter)
    assert refused.value.code == "nothing_to_extend"


@pytest.mark.parametrize("who", ["schools", "office", "mayor"])
def test_only_the_lead_unit_asks(road, matter, who):
    with pytest.raises((Forbidden, NotFound)):
        road.do(actions.ask_extension, matter, who, until=days(40), reason="忙")


def test_a_request_wants_its_reason_and_a_decision_its_own(road, matter):
    with pytest.raises(Refusal):
        asked(road, matter, reason=" ")
    row = asked(road, matter)
    with pytest.raises(Refusal):
        decided(road, row, decision="")


def test_taken_back_it_is_not_decided_any_more(road, matter):
    row = asked(road, matter)
    with pytest.raises(Forbidden):
        road.do(actions.take_back_variation, row, "office")
    road.do(actions.take_back_variation, row, "water_head")
    with pytest.raises(Conflict) as refused:
        decided(road, row)
    assert refused.value.code == "already_decided"
    asked(road, matter, 40)


def test_completion_waits_until_the_request_is_decided_or_taken_back(road, matter):
    row = asked(road, matter)
    given = {"text": "建成", "evidence": [road.evidence("water")], "parts_note": "本局代办"}
    with pytest.raises(Conflict) as refused:
        road.do(actions.submit_completion, road.lead(matter), "water", **given)
    assert refused.value.code == "completion_waits_for_variation"
    road.do(actions.take_back_variation, row, "water")
    road.do(actions.submit_completion, road.lead(matter), "water", **given)


# Recusal


def test_the_office_does_not_decide_what_the_office_asked(road):
    matter = road.under_way(lead=road.cast.units["office"].pk, supporting=[])
    done = road.do(
        actions.ask_extension, matter, "office_head", until=days(40), reason="等上级文件"
    )
    row = Variation.objects.get(pk=done.facts["variation"])
    assert row.decider_post is not None
    assert "回避" in row.decider_why


def test_a_deputy_who_also_heads_the_bureau_stands_back(road, matter):
    holds_post(road, "vice", "water")
    done = road.do(
        actions.ask_adjustment,
        matter,
        "water",
        kind="amount",
        quantity=Decimal(80),
        reason="三所已并入新校",
    )
    row = Variation.objects.get(pk=done.facts["variation"])
    assert row.decider_post.user.username == "mayor"
    assert "沈岚" in row.decider_why


def test_who_joined_the_unit_since_does_not_decide(road, matter):
    row = asked(road, matter)
    holds_post(road, "office", "water")
    with pytest.raises(Conflict) as refused:
        decided(road, row)
    assert refused.value.code == "decides_own_unit"
    decided(road, row, "office_head")


def test_when_the_named_leader_has_left_the_principal_leader_decides(road, matter):
    done = road.do(
        actions.ask_adjustment, matter, "water", kind="scope", words="只建城北", reason="资金"
    )
    row = Variation.objects.get(pk=done.facts["variation"])
    post = Post.objects.get(user=road.cast.users["vice"])
    with pytest.raises(Forbidden):
        decided(road, row, "mayor")
    road.do(end_post, post, "secadmin", on=clock.today())
    decided(road, row, "mayor")


def lent(road: Road, whose: str, to: str) -> None:
    """A leader's post is acted in by somebody else (AB角)."""
    post = Post.objects.get(user=road.cast.users[whose])
    given = {"to_id": road.cast.users[to].pk, "started_on": clock.today(), "ended_on": days(30)}
    road.do(set_delegation, post, "office", **given)


def asked_amount(road: Road, matter: Matter) -> Variation:
    given = {"kind": "amount", "quantity": Decimal(60), "reason": "资金只够六十所"}
    done = road.do(actions.ask_adjustment, matter, "water", **given)
    return Variation.objects.get(pk=done.facts["variation"])


def test_who_acts_for_the_leader_decides_with_both_names(road, matter):
    row = asked_amount(road, matter)
    lent(road, "vice", "office_head")
    decided(road, row, "office_head")
    row.refresh_from_db()
    assert row.decided_by_name == "何静（代沈岚）"


def test_who_acts_for_the_leader_does_not_decide_what_the_own_unit_asked(road, matter):
    row = asked_amount(road, matter)
    lent(road, "vice", "water_head")
    with pytest.raises(Conflict) as refused:
        decided(road, row, "water_head")
    assert refused.value.code == "decides_own_unit"


def test_who_decides_follows_by_itself_when_the_named_leader_stands_back(road, matter):
    """Nothing is taken back and asked anew; the story names whom the rule had named."""
    row = asked_amount(road, matter)
    with pytest.raises(Forbidden):
        decided(road, row, "mayor")
    holds_post(road, "vice", "water")
    with pytest.raises(Conflict) as refused:
        decided(road, row, "vice")
    assert refused.value.code == "decides_own_unit"
    decided(road, row, "mayor")
    told = trail(Matter.objects.get(pk=matter.pk), today=clock.today())[0]
    assert told.lead == "罗文山市长同意调整数量"
    assert "（原定由沈岚副市长决定，须回避或已离任）" in told.rest


def test_the_page_says_whose_turn_it_is_and_why(road, matter, signed_in):
    row = asked_amount(road, matter)

    def page() -> str:
        return str(signed_in("office").get(f"/matters/{matter.pk}/").content.decode())

    assert "等沈岚副市长决定" in page()
    holds_post(road, "vice", "water")
    assert "等罗文山市长决定" in page()
    assert "沈岚副市长在申请单位任职，依回避规则由上一级决定" in page()
    form = f"/matters/{matter.pk}/do/variation-decide/?about={row.pk}"
    assert "沈岚副市长在申请单位任职" in signed_in("mayor").get(form).content.decode()
    holds_post(road, "mayor", "water")
    assert "现在没有可以决定的人，由督查室先明确" in page()


def test_a_leader_follows_the_office_that_asks_by_now(road, matter):
    """The office was named; meanwhile the matter was passed on to the office itself."""
    row = asked(road, matter)
    assert row.decider_post is None
    part = matter.assignments.current().get(role="lead")
    office = road.cast.units["office"].pk
    road.do(actions.refer, part, "water", to=office, reason="归督查室牵头")
    referral = matter.referrals.get()
    road.do(actions.take_over_referral, referral, "office")
    with pytest.raises(Conflict) as refused:
        decided(road, row, "office_head")
    assert refused.value.code == "decides_own_unit"
    decided(road, row, "mayor")
    told = trail(Matter.objects.get(pk=matter.pk), today=clock.today())[0]
    assert "原定由督查室决定" in told.rest


def test_who_is_to_decide_sees_it_also_when_the_matter_has_changed_hands(road, matter):
    row = asked_amount(road, matter)
    part = matter.assignments.current().get(role="lead")
    parks = road.cast.units["parks"].pk
    road.do(actions.refer, part, "water", to=parks, reason="归园林中心")
    road.do(actions.take_over_referral, matter.referrals.get(), "outsider")
    decided(road, row, "vice")


# Amount, standard, scope


def test_a_lower_amount_is_decided_by_who_approved(road, matter):
    done = road.do(
        actions.ask_adjustment,
        matter,
        "water",
        kind="amount",
        quantity=Decimal(60),
        reason="资金只够六十所",
    )
    row = Variation.objects.get(pk=done.facts["variation"])
    assert row.decider_post == matter.notice.approver_post
    with pytest.raises(Forbidden):
        decided(road, row, "office")
    decided(road, row, "vice", quantity=Decimal(75))
    assert fresh(matter).quantity == 75
    assert Baseline.objects.get(matter=matter).quantity == 83


@pytest.mark.parametrize(("kind", "column"), [("standard", "acceptance"), ("scope", "goal")])
def test_words_change_beside_those_that_were_fixed(road, matter, kind, column):
    was = getattr(matter, column)
    done = road.do(
        actions.ask_adjustment, matter, "water", kind=kind, words="改后的说法", reason="实际情况"
    )
    decided(road, Variation.objects.get(pk=done.facts["variation"]), "vice")
    assert getattr(fresh(matter), column) == "改后的说法"
    assert getattr(Baseline.objects.get(matter=matter), column) == was


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "extend"},
        {"kind": "amount"},
        {"kind": "amount", "quantity": Decimal(83)},
        {"kind": "amount", "quantity": Decimal(-1)},
        {"kind": "amount", "quantity": Decimal("NaN")},
        {"kind": "standard", "words": " "},
    ],
)
def test_a_request_that_says_nothing_is_refused(road, matter, given):
    with pytest.raises(Refusal) as refused:
        road.do(actions.ask_adjustment, matter, "water", reason="x", **given)
    assert refused.value.fields


def test_without_an_amount_there_is_none_to_vary(road):
    with pytest.raises(Refusal) as refused:
        road.do(
            actions.ask_adjustment,
            road.under_way(),
            "water",
            kind="amount",
            quantity=Decimal(1),
            reason="x",
        )
    assert refused.value.code == "no_amount"


# Suspension asked for


def test_a_granted_suspension_stops_the_clock(road, matter):
    done = road.do(actions.ask_suspension, matter, "water", until=days(20), reason="等待环评批复")
    row = Variation.objects.get(pk=done.facts["variation"])
    with pytest.raises(Conflict) as refused:
        road.do(actions.suspend, matter, "office", reason="x", until=days(5))
    assert refused.value.code == "suspension_already_asked"
    decided(road, row, "vice", basis="会议纪要第3号")
    stop = Suspension.objects.get(matter=matter)
    assert fresh(matter).state == "suspended"
    assert (stop.until_on, stop.basis) == (days(20), "会议纪要第3号")


# Every change is one event


def test_each_step_is_one_event_on_the_matter_s_trail(road, matter):
    before = Event.objects.count()
    row = asked(road, matter)
    decided(road, row)
    found = list(Event.objects.order_by("position")[before:])
    assert [event.action for event in found] == ["matter.ask_extension", "variation.decide"]
    assert {(event.trail_kind, event.trail_id) for event in found} == {("matter", matter.pk)}


def test_the_shipped_rule_names_every_kind():
    from huiyin.matters.rules import VariationKind
    from huiyin.rulebook.defaults import shipped

    rule = VARIATION.parse(shipped("variation").body)
    for kind in VariationKind.values:
        if kind != VariationKind.REOPEN:
            assert rule.row_for(kind, "own").decider(0) != "nobody"
