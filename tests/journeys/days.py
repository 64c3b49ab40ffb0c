"""The office in which the ten days are lived: what took weeks before has happened, everything else is clicked.

Run beside the server's data, never in the tests' process. Titles of matters are shared with the tests.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock
from uuid import uuid4

from huiyin import clock
from huiyin.door import Ask, outermost, perform
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import SETTLED, Road
from huiyin.notices.work import urge_all
from huiyin.people import actions as people
from huiyin.people.models import Unit, User
from tests import cast as stage

EXTENDED, EXTENDED_BY_PHONE = "城东排涝站扩容", "城西排涝站扩容"
HANDED, HANDED_PLAINLY = "滨河行道树倒伏清理", "环湖行道树倒伏清理"
WHOLE = "新增普惠性幼儿园学位"
JOINT = "饮用水水源地保护"
OVERDUE, DUE_NOW, FRESH = "老旧供水管网改造", "水库除险加固", "农村饮水管道维修"
SHOWN, PUBLISHED, RELAPSED = "东沟排污口整治", "西沟排污口整治", "南沟排污口整治"
STANDING = ("河道日常保洁", "水质每季监测")
TWIN, KEPT = "泵站围栏修补", "泵站围栏更换"
SPLIT, STOPPED = "水务大厅和学校直饮水改造", "取水口迁建"
KINDERGARTENS = {"k1": "云溪市第一幼儿园", "k2": "云溪市第二幼儿园", "k3": "云溪市第三幼儿园"}
STOOD, HELD = 14, 2
"""Days for which the clock of the stopped matter has stood, and a matter lain in the hands of the first unit."""
ALONE: dict[str, Any] = {"supporting": []}


def build() -> None:
    """Half a year of the office, up to this morning."""
    with mock.patch.object(outermost, "_check_clock"):  # what is past has happened in the past
        with _ago(200):
            road = Road(stage.build(is_demo=False))
            _kindergartens(road)
        with _ago(130):
            _struck_off(road, RELAPSED)
        with _ago(20):
            _struck_off(road, PUBLISHED, record=False)
            road.planned(title=OVERDUE, due_on=_day(-10), **ALONE)
        with _ago(STOOD):
            stopped = road.planned(title=STOPPED, due_on=_day(40), **ALONE)
            until = _day(20)
            road.do(actions.suspend, stopped, "office", reason="等待环评批复", until=until)
        with _ago(10):
            _joint(road)
        with _ago(HELD):
            for title in (HANDED, HANDED_PLAINLY):
                road.under_way(title=title, **ALONE)
        _the_clock_ran(road)
    _this_morning(road)


def _ago(days: int, hour: int = 10) -> AbstractContextManager[None]:
    day = _day(-days)
    return clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=clock.zone()))


def _day(days: int) -> date:
    """Counted from the day on which the tests run, wherever the clock stands."""
    return clock.day_of(datetime.now(clock.zone())) + timedelta(days=days)


def _kindergartens(road: Road) -> None:
    """Three of them below the education bureau, each with its liaison officer."""
    office, schools = road.cast.jurisdiction.pk, road.cast.units["schools"].pk
    for key, name in KINDERGARTENS.items():
        given = {"name": name, "kind": "station", "parent_id": schools, "code": key}
        unit = Unit.objects.get(pk=_done(road, "office", people.create_unit, office, **given))
        word = people.hashed(stage.PASSWORD)
        account = {"username": key, "name": f"{name}联络员", "password": word, "must_change": False}
        user = User.objects.get(pk=_done(road, "sysadmin", people.create_user, office, **account))
        post = {"unit_id": unit.pk, "role": "liaison_officer"}
        _done(road, "secadmin", people.appoint, user.pk, **post)
        road.cast.units[key], road.cast.users[key] = unit, user


def _done(road: Road, by: str, verb: Any, subject: int, **given: Any) -> int:
    return int(perform(verb, subject, road.actor(by), Ask(uuid4().hex), **given).subject[1])


def _struck_off(road: Road, title: str, *, record: bool = True) -> None:
    """A problem whose rectification was checked, signed, published; and recorded twelve days later."""
    matter = road.submitted(title=title, nature="problem", **ALONE)
    road.do(actions.verify, matter, "office", finding="现场查看，排污口已封堵")
    row = matter.strike_offs.get()
    road.do(actions.sign_strike_off, row, "vice", opinion="同意")
    road.do(actions.publish_strike_off, row, "office")
    if record:
        answer = {name: SETTLED[name] for name in ("summary", "addressee", "answer")}
        with _ago(110):
            road.do(actions.close_out, matter, "office", **answer)


def _joint(road: Road) -> None:
    """The part of the education bureau was due two days ago."""
    matter: Matter = road.planned(title=JOINT, due_on=_day(20))
    part = matter.assignments.get(role="supporting")
    task = {"task": "管好取水口周边的学校", "due_on": _day(-2)}
    road.do(actions.set_part, part, "office", **task)


def _the_clock_ran(road: Road) -> None:
    """Every morning until yesterday, as it does by itself."""
    for days in range(10, 0, -1):
        with _ago(days, hour=9):
            urge_all(0, road.cast.jurisdiction.pk)


def _this_morning(road: Road) -> None:
    """What is under way today."""
    schools = road.cast.units["schools"].pk
    for title in (EXTENDED, EXTENDED_BY_PHONE, FRESH, KEPT, SPLIT):
        road.planned(title=title, **ALONE)
    road.planned(title=TWIN, due_on=_day(35), **ALONE)
    road.planned(title=DUE_NOW, due_on=_day(0), **ALONE)
    places = {"quantity": Decimal(500), "quantity_unit": "个"}
    whole = road.under_way(title=WHOLE, lead=schools, **places, **ALONE)
    plan = {"goal": "五百个学位年内可用", "measures": "各园腾出教室"}
    road.do(actions.set_plan, whole, "schools", **plan)
    road.submitted(title=SHOWN, nature="problem", **ALONE)
    for title in STANDING:
        given = {"nature": "standing", "due_on": None, "interval": "quarterly"}
        road.under_way(title=title, **given, **ALONE)
