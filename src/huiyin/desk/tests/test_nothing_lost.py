"""Whatever waits stands on the desk of somebody who may do it, also when who was named left or stands back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.door import options
from huiyin.matters import actions
from huiyin.matters.models import (
    Consultation,
    Coordination,
    DrawnCheck,
    HandBack,
    Matter,
    Referral,
    ReportRequest,
    StrikeOff,
    SupervisionNotice,
    Suspension,
    UnitList,
    Variation,
)
from huiyin.matters.tests.road import Road, at_noon
from huiyin.people import actions as people
from huiyin.people.models import Post

pytestmark = pytest.mark.django_db
PEOPLE = ("office", "office_head", "mayor", "vice", "water", "schools", "outsider")
Scene = Callable[[Road], tuple[Any, set[str], date | None]]
"""What waits, the verbs of which one has to be performed, and the day on which it does (None: today)."""


def proposed(road):
    road.proposed()
    notice = SupervisionNotice.objects.get()
    return notice, {"notice.approve", "notice.return_to_office"}, None


def approved(road):
    notice = road.proposed()
    road.do(actions.approve_notice, notice, road.approver(notice), opinion="同意")
    return notice, {"notice.issue"}, None


def registered(road):
    return road.registered(), {"matter.withdraw"}, None


def sent(road):
    road.dispatched(supporting=[])
    return UnitList.objects.get(), {"unit_list.sign_for"}, None


def objected(road):
    matter = road.under_way()
    road.do(actions.hand_back, road.lead(matter), "water", reason="不归我局")
    return HandBack.objects.get().assignment, {"assignment.rule_hand_back"}, None


def referred(road):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.refer, road.lead(matter), "water", to=parks, reason="归园林中心管")
    return Referral.objects.get(), {"referral.rule", "referral.take_over"}, None


def consulted(road):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.consult, matter, "water", units=[parks], question="行道树怎么移")
    return Consultation.objects.get(), {"consultation.answer"}, None


def coordinated(road):
    matter = road.under_way()
    road.do(actions.ask_coordination, matter, "water", question="补偿由谁出")
    return Coordination.objects.get(), {"coordination.answer", "coordination.raise_to"}, None


def raised(road):
    asked, _verbs, _day = coordinated(road)
    road.do(actions.raise_coordination, asked, "vice", reason="涉及几家")
    row = Coordination.objects.exclude(pk=asked.pk).get()
    return row, {"coordination.answer"}, None


def report_asked(road):
    matter = road.under_way()
    due = clock.today() + timedelta(days=3)
    road.do(actions.ask_report, road.lead(matter), "office", reason="市长要听", due_on=due)
    return ReportRequest.objects.get().assignment, {"assignment.report_progress"}, None


def varied(road):
    road.extension_asked()
    return Variation.objects.get(), {"variation.decide"}, None


def varied_in_amount(road):
    """Decided by the leader who approved the batch, and not by the office."""
    matter = road.under_way(quantity=Decimal(80), quantity_unit="所")
    given = {"kind": "amount", "quantity": Decimal(60), "reason": "资金只够六十所"}
    road.do(actions.ask_adjustment, matter, "water", **given)
    return Variation.objects.get(), {"variation.decide"}, None


def suspended(road):
    matter = road.suspended()
    return matter, {"matter.resume"}, Suspension.objects.get().until_on


def submitted(road):
    return road.submitted(), {"matter.verify"}, None


def verified(road):
    matter = road.submitted()
    road.do(actions.verify, matter, "office", finding="两台泵运行正常")
    return matter, {"matter.accept"}, None


def accepted(road):
    matter, _verbs, _day = verified(road)
    road.do(actions.accept, matter, "office_head")
    return matter, {"matter.close_out"}, None


def closed(road):
    matter = road.closed()
    return matter.close_outs.get(), {"close_out.deliver"}, None


def worked(road):
    matter = road.closed()
    return matter, {"matter.check_effect"}, matter.effect_on


def drawn(road):
    road.under_way()
    road.do(actions.make_draw, road.cast.jurisdiction, "office", size=1)
    return DrawnCheck.objects.get(), {"drawn_check.record"}, None


def standing(road):
    matter = road.under_way(nature="standing", due_on=None, interval="month")
    return matter, {"matter.check"}, matter.next_check_on


def problem_checked(road):
    matter = road.submitted(nature="problem")
    road.do(actions.verify, matter, "office", finding="防护栏已装好")
    return StrikeOff.objects.get(), {"strike_off.sign"}, None


def problem_signed(road):
    row, _verbs, _day = problem_checked(road)
    road.do(actions.sign_strike_off, row, "vice")
    return row, {"strike_off.publish"}, None


def problem_published(road):
    row, _verbs, _day = problem_signed(road)
    road.do(actions.publish_strike_off, row, "office")
    row.refresh_from_db()
    return row.matter, {"matter.close_out"}, row.published_until + timedelta(days=1)


def office_s_problem_signed(road):
    matter = road.of_the_office()
    road.do(actions.verify, matter, "mayor", finding="台账补齐了")
    row = StrikeOff.objects.get()
    road.do(actions.sign_strike_off, row, "mayor")
    return row, {"strike_off.publish"}, None


SCENES: tuple[Scene, ...] = (
    proposed,
    approved,
    registered,
    sent,
    objected,
    referred,
    consulted,
    coordinated,
    raised,
    report_asked,
    varied,
    varied_in_amount,
    suspended,
    submitted,
    verified,
    accepted,
    closed,
    worked,
    drawn,
    standing,
    problem_checked,
    problem_signed,
    problem_published,
    office_s_problem_signed,
)


def stays(_road: Road, _subject: Any) -> None:
    """Nothing has changed."""


def leader_leaves(road: Road, _subject: Any) -> None:
    post = Post.objects.get(user=road.cast.users["vice"], role="leader_in_charge")
    road.do(people.end_post, post, "secadmin")


def leader_joins_the_bureau(road: Road, _subject: Any) -> None:
    water = road.cast.units["water"].pk
    road.do(people.appoint, road.cast.users["vice"], "secadmin", unit_id=water, role="unit_head")


def leader_lends_to_the_bureau(road: Road, _subject: Any) -> None:
    """Somebody of the bureau acts for the leader, and stands back."""
    post = Post.objects.get(user=road.cast.users["vice"], role="leader_in_charge")
    given = {"started_on": clock.today(), "ended_on": clock.today() + timedelta(days=30)}
    road.do(people.set_delegation, post, "office", to_id=road.cast.users["water"].pk, **given)


def places(subject: Any) -> set[str]:
    """Where a desk leads that shows the subject."""
    kind = subject._meta.model_name
    if kind == "supervisionnotice":
        return {f"/notices/{subject.pk}/"}
    if kind == "unitlist":
        return {f"/lists/{subject.pk}/"}
    if kind == "closeout":
        return {"/verification/"}
    matter = subject if isinstance(subject, Matter) else subject.matter
    if matter.state == "registered":
        return {"/dispatch/"}
    return {f"/matters/{matter.pk}/"}


def finds(road: Road, key: str, subject: Any) -> bool:
    desk = desk_of(road.actor(key), today=clock.today())
    urls = [entry.url for section in desk.sections for entry in section.entries]
    return any(url.endswith(place) for url in urls for place in places(subject))


def may(road: Road, key: str, subject: Any, verbs: set[str]) -> bool:
    offered = options(subject, by=road.actor(key))
    return any(one.allowed and one.name in verbs for one in offered)


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.__name__)
def test_what_waits_stands_on_the_desk_of_somebody_who_may_do_it(road, scene):
    subject, verbs, day = scene(road)
    subject = type(subject).objects.get(pk=subject.pk)
    with at_noon(day or clock.today()):
        who = [key for key in PEOPLE if may(road, key, subject, verbs)]
        assert who, "nobody may"
        assert any(finds(road, key, subject) for key in who), who


@pytest.mark.parametrize(
    "change",
    [leader_leaves, leader_joins_the_bureau, leader_lends_to_the_bureau],
    ids=lambda one: one.__name__,
)
@pytest.mark.parametrize(
    "scene",
    [
        proposed,
        coordinated,
        varied,
        varied_in_amount,
        problem_checked,
        referred,
        submitted,
        verified,
    ],
    ids=lambda one: one.__name__,
)
def test_also_when_the_leader_who_was_named_is_gone_or_stands_back(road, scene, change):
    subject, verbs, _day = scene(road)
    change(road, subject)
    subject = type(subject).objects.get(pk=subject.pk)
    who = [key for key in PEOPLE if may(road, key, subject, verbs)]
    assert who, "nobody may"
    on = {key for key in PEOPLE if finds(road, key, subject)}
    assert on & set(who) or on & {"office", "office_head"}, (who, on)


def test_a_strike_off_passes_to_the_principal_leader_and_comes_off_the_other_s_desk(road):
    row, _verbs, _day = problem_checked(road)
    assert finds(road, "vice", row)
    assert not finds(road, "mayor", row)
    leader_joins_the_bureau(road, row)
    assert finds(road, "mayor", row)
    road.do(actions.sign_strike_off, row, "mayor")


def test_a_request_passes_to_the_principal_leader_and_comes_off_the_other_s_desk(road):
    row, _verbs, _day = varied_in_amount(road)
    assert finds(road, "vice", row)
    assert not finds(road, "mayor", row)
    leader_joins_the_bureau(road, row)
    assert finds(road, "mayor", row)
    [said] = [
        entry.why
        for section in desk_of(road.actor("mayor"), today=clock.today()).sections
        for entry in section.entries
        if entry.tag == "调整数量"
    ]
    assert said.startswith("原定由沈岚决定，须回避或已离任，由您决定。")
    assert not finds(road, "office", row)
    road.do(actions.decide_variation, row, "mayor", granted=False, decision="资金已追加")


def test_what_no_leader_may_decide_is_the_office_s_to_settle(road):
    row, _verbs, _day = varied_in_amount(road)
    water = road.cast.units["water"].pk
    leader_joins_the_bureau(road, row)
    road.do(people.appoint, road.cast.users["mayor"], "secadmin", unit_id=water, role="unit_head")
    assert not may(road, "mayor", row, {"variation.decide"})
    assert finds(road, "office", row)


def test_what_no_leader_may_sign_is_the_office_s_to_settle(road):
    row, _verbs, _day = problem_checked(road)
    water = road.cast.units["water"].pk
    leader_joins_the_bureau(road, row)
    road.do(people.appoint, road.cast.users["mayor"], "secadmin", unit_id=water, role="unit_head")
    assert not may(road, "mayor", row, {"strike_off.sign"})
    assert finds(road, "office", row)


def test_a_batch_whose_approver_leads_a_unit_of_it_by_now_goes_back_through_the_office(road):
    notice, _verbs, _day = proposed(road)
    assert not finds(road, "office", notice)
    leader_joins_the_bureau(road, notice)
    assert finds(road, "office", notice) != finds(road, "vice", notice)
    assert may(road, "office", notice, {"notice.return_to_office"})


def test_what_the_office_has_a_part_in_is_checked_by_a_leader(road):
    """The office's people stand back, so it is on no desk of theirs."""
    office = road.cast.units["office"].pk
    matter = road.submitted(supporting=[office])
    assert not finds(road, "office", matter)
    assert finds(road, "vice", matter)
    road.do(actions.verify, matter, "vice", finding="两台泵运行正常")
    assert finds(road, "vice", matter)


def test_who_acts_for_a_leader_still_has_the_own_desk(road):
    road.dispatched(supporting=[])
    leader_lends_to_the_bureau(road, None)
    [row] = UnitList.objects.all()
    assert finds(road, "water", row)


def test_a_look_back_at_effect_stands_among_the_checks_that_are_due(road):
    matter = road.closed(title="泵站试运行")
    assert matter.effect_on is not None
    with at_noon(matter.effect_on, later=-1):
        assert not finds(road, "office", matter)
    with at_noon(matter.effect_on):
        desk = desk_of(road.actor("office"), today=clock.today())
        [section] = [one for one in desk.sections if one.heading == "该去看的"]
        [entry] = section.entries
        assert (entry.tag, entry.acts[0].label) == ("见效", "回头看")
        assert entry.acts[0].url.endswith(f"/matters/{matter.pk}/do/check-effect/")
        road.do(actions.check_effect, matter, "office", finding="在用", outcome="lasting")
        assert not finds(road, "office", matter)
