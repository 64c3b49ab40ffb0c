"""What was given to a unit in which nobody works stands on the office's desk, with what has to be done."""

from __future__ import annotations

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.desk.rules import Entry
from huiyin.matters import actions
from huiyin.people import actions as people
from huiyin.people.models import Post

HEADING = "暂无人员的单位"


def leave(road, *who: str) -> None:
    """Their posts have ended."""
    for post in Post.objects.filter(user__in=[road.cast.users[key] for key in who], ended_on=None):
        road.do(people.end_post, post, "secadmin")


def found(road, key: str) -> list[Entry]:
    desk = desk_of(road.actor(key), today=clock.today())
    return [e for one in desk.sections if one.heading == HEADING for e in one.entries]


def test_the_list_of_a_unit_whose_last_person_left_stands_on_the_office_s_desk(road, signed_in):
    matter = road.dispatched(supporting=[])
    leave(road, "water")
    assert found(road, "office") == []
    leave(road, "water_head")
    [entry] = found(road, "office")
    assert entry.title == "云溪市水利局"
    assert entry.why.startswith(f"该单位暂无人员，“{matter.title}”等 1 件事没有人看到")
    assert "请安全管理员任命联络员" in entry.why
    page = signed_in("office").get(entry.acts[0].url).content.decode()
    assert matter.title in page
    assert "该单位暂无人员" in signed_in("office").get("/desk/").content.decode()


def test_it_comes_off_the_desk_when_somebody_is_appointed(road):
    road.dispatched(supporting=[])
    leave(road, "water", "water_head")
    unit = {"unit_id": road.cast.units["water"].pk, "role": "liaison_officer"}
    road.do(people.appoint, road.cast.users["outsider"], "secadmin", **unit)
    assert found(road, "office") == []


def test_who_appoints_is_told_too_and_not_what_it_is_about(road):
    matter = road.dispatched(supporting=[])
    leave(road, "water", "water_head")
    [entry] = found(road, "secadmin")
    assert entry.title == "云溪市水利局"
    assert matter.title not in entry.why
    assert found(road, "sysadmin") == []


def test_a_unit_that_only_supports_or_is_asked_stands_there_too(road):
    road.under_way()
    leave(road, "schools")
    [entry] = found(road, "office")
    assert (entry.title, entry.acts[0].url[:9]) == ("云溪市教育局", "/matters/")


def test_an_opinion_asked_of_nobody_stands_there_too(road):
    matter = road.under_way(supporting=[])
    parks = road.cast.units["parks"].pk
    road.do(actions.consult, matter, "water", units=[parks], question="行道树怎么移")
    leave(road, "outsider")
    [entry] = found(road, "office")
    assert "有 1 件事等它答复" in entry.why


def test_a_unit_without_people_and_without_matters_is_nobody_s_worry(road):
    leave(road, "outsider")
    assert found(road, "office") == []


def test_what_is_over_waits_for_nobody(road):
    matter = road.under_way(supporting=[])
    road.do(actions.withdraw, matter, "office", reason="上级收回")
    leave(road, "water", "water_head")
    assert found(road, "office") == []
