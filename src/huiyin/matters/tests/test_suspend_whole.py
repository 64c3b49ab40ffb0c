"""A whole stops and runs with its parts: what stopped on its own stays, and no part runs under a whole that stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.door import options
from huiyin.errors import Conflict
from huiyin.ledger import followers
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Assignment, Matter, Suspension, UnitList
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.trail import trail
from huiyin.notices import followers as _told  # noqa: F401 - registers the follower
from huiyin.notices.queries.inbox import inbox
from huiyin.people import actions as people
from huiyin.rulebook import queries as rulebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(road: Road, whole: Matter, stations) -> list[Matter]:
    """Three parts: the first two signed for and under way, the third not signed for yet."""
    rows = [PartRow(unit=unit.pk) for unit in stations]
    done = road.do(actions.break_down, whole, "schools", rows=rows)
    made = [Matter.objects.get(pk=pk) for pk in done.facts["parts"]]
    for part in made[:2]:
        signed(road, part)
    return [fresh(part) for part in made]


def signed(road: Road, part: Matter) -> None:
    assert part.lead_unit is not None
    for lst in UnitList.objects.filter(unit=part.lead_unit, state="sent"):
        road.do(actions.sign_list, lst, part.lead_unit.code)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def stop(road: Road, matter: Matter, by: str = "office", n: int = 10):
    until = clock.today() + timedelta(days=n)
    return road.do(
        actions.suspend, fresh(matter), by, reason="等待上级资金", until=until, basis="市长办公会议"
    )


def run(road: Road, matter: Matter, by: str = "office"):
    return road.do(actions.resume, fresh(matter), by, reason="资金已到")


def states(*matters: Matter) -> list[str]:
    return [fresh(matter).state for matter in matters]


def test_the_open_parts_stop_with_their_whole(road, whole, parts):
    before = Event.objects.count()
    done = stop(road, whole)
    assert done.facts["parts"] == 3
    assert states(whole, *parts) == ["suspended"] * 4
    assert Event.objects.count() == before + 4
    own = Suspension.objects.get(matter=whole)
    for part in parts:
        row = Suspension.objects.get(matter=part)
        assert (row.with_whole, row.reason, row.until_on) == (own, "等待上级资金", own.until_on)


def test_resumed_they_run_again_where_they_stood_and_get_the_days_back(road, whole, parts):
    due = [part.due_on for part in parts]
    reports = [part.next_report_on for part in parts]
    stop(road, whole)
    before = Event.objects.count()
    with at_noon(clock.today(), later=17):
        done = run(road, whole)
    shift = timedelta(days=17)
    assert (done.facts["days"], done.facts["parts"]) == (17, 3)
    assert Event.objects.count() == before + 4
    assert states(whole, *parts) == ["under_way", "under_way", "under_way", "dispatched"]
    assert [fresh(part).due_on for part in parts] == [day + shift for day in due]
    assert [fresh(part).next_report_on for part in parts] == [
        day + shift if day else None for day in reports
    ]
    assert set(Suspension.objects.values_list("days", flat=True)) == {17}


def test_a_part_that_stood_on_its_own_goes_on_standing(road, whole, parts):
    stop(road, parts[0], "schools", n=30)
    assert stop(road, whole).facts["parts"] == 2
    assert Suspension.objects.get(matter=parts[0]).with_whole is None
    with at_noon(clock.today(), later=5):
        assert run(road, whole).facts["parts"] == 2
        assert states(whole, *parts) == ["under_way", "suspended", "under_way", "dispatched"]
        run(road, parts[0], "schools")
    assert fresh(parts[0]).state == "under_way"


@pytest.mark.parametrize("who", ["office", "schools"])
def test_a_part_is_not_resumed_alone(road, whole, parts, who):
    stop(road, whole)
    with pytest.raises(Conflict) as refused:
        run(road, parts[0], who)
    assert refused.value.code == "whole_stands"
    assert whole.title in refused.value.sentence
    assert "不能单独恢复" in refused.value.sentence


def test_nor_is_one_that_stood_before_its_whole_did(road, whole, parts):
    stop(road, parts[0], "schools")
    stop(road, whole)
    with pytest.raises(Conflict, match="请先恢复那一件") as refused:
        run(road, parts[0], "schools")
    assert refused.value.code == "whole_stands"


def test_what_is_closed_or_withdrawn_has_no_clock(road, whole, parts):
    road.do(actions.withdraw, parts[0], "schools", reason="不再新建")
    assert stop(road, whole).facts["parts"] == 2
    assert fresh(parts[0]).state == "withdrawn"


def test_a_part_withdrawn_meanwhile_does_not_come_back(road, whole, parts):
    stop(road, whole)
    road.do(actions.withdraw, fresh(parts[0]), "schools", reason="不再新建")
    assert run(road, whole).facts["parts"] == 2
    assert fresh(parts[0]).state == "withdrawn"


def test_what_was_given_to_a_county_stops_down_to_its_bureaus(road, whole, county):
    top, bureau = county
    done = road.do(actions.break_down, whole, "schools", rows=[PartRow(unit=top.pk)])
    part = Matter.objects.get(pk=done.facts["parts"][0])
    signed(road, part)
    done = road.do(actions.break_down, part, "county", rows=[PartRow(unit=bureau.pk)])
    below = Matter.objects.get(pk=done.facts["parts"][0])
    stop(road, whole, "vice")
    assert states(whole, part, below) == ["suspended"] * 3
    with pytest.raises(Conflict) as refused:
        run(road, below, "county")
    assert refused.value.code == "whole_stands"
    run(road, whole, "vice")
    assert states(whole, part, below) == ["under_way", "under_way", "dispatched"]


def test_a_part_said_to_be_done_waits_too_and_is_verified_afterwards(road, whole, parts):
    part = parts[0]
    road.do(actions.set_plan, part, "k1", goal="年内招生", measures="改造教室")
    road.do(
        actions.submit_completion,
        road.lead(part),
        "k1",
        text="学位已全部建成并招生",
        evidence=[road.evidence("k1")],
    )
    stop(road, whole)
    with pytest.raises(Conflict, match="已中止"):
        road.do(actions.verify, fresh(part), "schools", finding="属实")
    with pytest.raises(Conflict) as refused:
        road.do(actions.merge, fresh(part), "office", into=parts[1].pk, reason="一回事")
    assert refused.value.code == "was_said_to_be_done"
    run(road, whole)
    assert fresh(part).state == "submitted"


def test_a_list_is_signed_for_while_the_clock_stands_and_starts_with_it(road, whole, parts):
    stop(road, whole)
    signed(road, parts[2])
    part = fresh(parts[2])
    assert (part.state, part.suspended_from) == ("suspended", "under_way")
    run(road, whole)
    assert fresh(part).state == "under_way"


def test_the_time_to_object_does_not_run_out_while_the_clock_stands(road, whole, parts):
    calendar = rulebook.calendar(whole.jurisdiction_id, on=clock.today())
    left = calendar.working_days_between(clock.today(), road.lead(parts[0]).objection_until)
    stop(road, whole)
    with at_noon(clock.today(), later=20):
        run(road, whole)
        window = road.lead(parts[0]).objection_until
        assert calendar.working_days_between(clock.today(), window) == left
        road.do(actions.hand_back, road.lead(parts[0]), "k1", reason="应由第二幼儿园承办")


def test_whose_part_it_is_comes_first(road, whole, parts):
    road.do(actions.hand_back, road.lead(parts[1]), "k2", reason="应由第一幼儿园承办")
    with pytest.raises(Conflict) as refused:
        stop(road, whole)
    assert refused.value.code == "part_objection_waits"
    assert "第二幼儿园" in refused.value.sentence
    assert states(whole) == ["under_way"]


def test_nobody_stops_the_whole_of_what_their_own_unit_does_in_part(road, whole, parts, cast):
    office, station = cast.users["office"], parts[0].lead_unit
    road.do(people.appoint, office.pk, "secadmin", unit_id=station.pk, role="unit_head")
    with pytest.raises(Conflict) as refused:
        stop(road, whole)
    assert refused.value.code == "suspends_own_part"
    offered = {o.name: o.code for o in options(fresh(whole), by=road.actor("office"))}
    assert offered["matter.suspend"] == "suspends_own_part"
    stop(road, whole, "vice")
    with pytest.raises(Conflict) as refused:
        run(road, whole)
    assert refused.value.code == "suspends_own_part"


def test_asked_for_by_the_lead_and_granted_it_stops_the_parts_too(road, whole, parts):
    until = clock.today() + timedelta(days=20)
    done = road.do(actions.ask_suspension, whole, "schools", until=until, reason="等待上级资金")
    row = whole.variations.get(pk=done.facts["variation"])
    road.do(actions.decide_variation, row, decider(row), granted=True, decision="情况属实")
    assert states(whole, *parts) == ["suspended"] * 4


def decider(row) -> str:
    return row.decider_post.user.username if row.decider_post else "office"


def test_the_story_says_with_what_it_stopped_and_ran_again(road, whole, parts):
    stop(road, whole)
    with at_noon(clock.today(), later=5):
        run(road, whole)
        told = trail(whole, today=clock.today())
        of_part = trail(parts[0], today=clock.today())
    assert "分解的 3 件一并中止" in next(e.rest for e in told if "中止办理" in e.lead)
    assert "分解的 3 件一并恢复" in next(e.rest for e in told if "恢复办理" in e.lead)
    stopped = next(e for e in of_part if "中止办理" in e.lead)
    assert stopped.lead == f"随“{whole.title}”中止办理"
    assert "等待上级资金" in stopped.quote
    assert any(e.lead == f"随“{whole.title}”恢复办理" for e in of_part)


def test_the_page_of_a_part_says_why_it_stands_and_does_not_offer_to_start_it(
    road, whole, parts, signed_in
):
    stop(road, whole)
    page = signed_in("office").get(f"/matters/{parts[0].pk}/").content.decode()
    assert f"随“{whole.title}”中止" in page
    assert "不能单独恢复" in page
    above = signed_in("office").get(f"/matters/{whole.pk}/").content.decode()
    assert "共 3 件，办结 0 件，中止 3 件" in above
    form = signed_in("office").get(f"/matters/{whole.pk}/do/resume/").content.decode()
    assert "一并恢复" in form


def test_the_office_is_told_of_the_whole_only_when_it_stands_too_long(road, whole, parts):
    stop(road, whole)
    with at_noon(clock.today(), later=11):
        listed = str(desk_of(road.actor("office"), today=clock.today()).sections)
    assert listed.count("中止到期") == 1


def test_the_unit_of_each_part_is_told_once(road, whole, parts, cast: Cast):
    stop(road, whole)
    followers.catch_up()
    box = inbox(cast.actor("k1"), today=clock.today())
    items = [item for item in box.today if item.message.matter_id == parts[0].pk]
    assert [line.what for item in items for line in item.lines if "中止" in line.what] == [
        "市政府督查室周明中止了办理，恢复以前不计时限"
    ]


def test_supporting_units_of_a_part_get_their_days_back(road, whole, parts):
    office = road.cast.units["parks"].pk
    road.do(actions.add_supporting, parts[0], "office", unit=office, task="移栽行道树")
    row = Assignment.objects.get(matter=parts[0], role="supporting")
    due = row.due_on
    stop(road, whole)
    with at_noon(clock.today(), later=4):
        run(road, whole)
    row.refresh_from_db()
    assert row.due_on == due + timedelta(days=4)


def test_many_parts_cost_a_few_queries_each(road, whole, stations, django_assert_max_num_queries):
    rows = [PartRow(unit=stations[0].pk, title=f"第{n}所") for n in range(40)]
    road.do(actions.break_down, whole, "schools", rows=rows)
    with django_assert_max_num_queries(40 * 9 + 40):
        stop(road, whole)
    with django_assert_max_num_queries(40 * 11 + 40):
        run(road, whole)
