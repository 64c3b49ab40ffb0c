"""拆分: several carry on what one asked, and no less in sum."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.matters import actions
from huiyin.matters.actions.splitting import Share
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.trail import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def pumps(road) -> Matter:
    matter: Matter = road.under_way(quantity=Decimal(10), quantity_unit="台")
    return matter


def shares(road, first: int, second: int, **more) -> list[Share]:
    water, parks = road.cast.units["water"], road.cast.units["parks"]
    return [
        Share(lead=water.pk, title="城北泵站", quantity=Decimal(first)),
        Share(lead=parks.pk, title="园区泵站", quantity=Decimal(second), **more),
    ]


def split(road, matter: Matter, rows: list[Share]) -> list[Matter]:
    done = road.do(actions.split, matter, "office", shares=rows, reason="两处分开办")
    return list(Matter.objects.filter(pk__in=done.facts["into"]).order_by("row"))


def test_the_new_ones_take_the_next_rows_under_the_same_approval(road, pumps):
    one, other = split(road, pumps, shares(road, 6, 4))
    pumps.refresh_from_db()
    assert pumps.state == "split"
    assert (one.notice, one.row, other.row) == (pumps.notice, 2, 3)
    assert {one.split_from, other.split_from} == {pumps}
    assert (one.state, one.baseline.quantity, one.due_on) == ("dispatched", 6, pumps.due_on)
    assert set(pumps.assignments.values_list("state", flat=True)) == {"ended"}


def test_each_lead_signs_and_supporting_units_support_each(road, pumps):
    one, other = split(road, pumps, shares(road, 6, 4))
    roles = set(other.assignments.values_list("unit__code", "role"))
    assert roles == {("parks", "lead"), ("schools", "supporting")}
    lists = UnitList.objects.filter(notice=pumps.notice, state="sent")
    assert set(lists.values_list("unit__code", flat=True)) == {"water", "parks", "schools"}
    assert one.assignments.count() == 2


def test_less_in_sum_is_a_variation(road, pumps):
    with pytest.raises(Refusal) as refused:
        split(road, pumps, shares(road, 6, 3))
    assert refused.value.code == "less_than_asked"
    assert not Matter.objects.filter(split_from=pumps).exists()


def test_a_later_date_is_a_variation(road, pumps):
    late = pumps.due_on + timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        split(road, pumps, shares(road, 6, 4, due_on=late))
    assert set(refused.value.fields) == {"shares.2"}


def test_one_is_no_split(road, pumps):
    with pytest.raises(Refusal):
        split(road, pumps, shares(road, 10, 1)[:1])


def test_both_stories_name_the_other(road, pumps):
    one, _other = split(road, pumps, shares(road, 6, 4))
    assert "拆分" in trail(Matter.objects.get(pk=pumps.pk), today=clock.today())[0].lead
    assert any(pumps.number in entry.rest for entry in trail(one, today=clock.today()))
