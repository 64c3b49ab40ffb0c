"""A supporting unit that is named has its part, or the refusal names it; none is left out in silence."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.people import actions as people
from huiyin.people.models import Unit

GONE = 10**6


def supporting(matter: Matter) -> list[Unit]:
    return [row.unit for row in matter.assignments.filter(role="supporting")]


@pytest.fixture
def merged(road) -> Unit:
    """The parks centre, merged away yesterday."""
    parks: Unit = road.cast.units["parks"]
    road.do(people.end_unit, parks, "office", on=clock.today(), successor_id=None)
    return parks


@pytest.mark.parametrize("way", ["register", "fill", "fill_many", "volunteer"])
def test_one_that_is_not_in_the_directory_is_named_and_nothing_is_saved(road, merged, way):
    matter = road.registered()
    before = Event.objects.count()
    named = [road.cast.units["schools"].pk, GONE, merged.pk]
    ways = {
        "register": lambda: road.registered(supporting=named),
        "fill": lambda: road.do(actions.fill, matter, "office", supporting=named),
        "fill_many": lambda: road.do(
            actions.fill_many,
            road.cast.jurisdiction,
            "office",
            matters=[matter.pk],
            supporting=named,
        ),
        "volunteer": lambda: road.do(
            actions.volunteer, road.cast.jurisdiction, "water", title="清淤", supporting=named
        ),
    }
    with pytest.raises(Refusal) as refused:
        ways[way]()
    assert refused.value.code == "no_such_unit"
    said = "配合单位里，编号 1000000、市园林中心不在名录中，或者已经撤并。"
    assert refused.value.sentence == said
    assert "从名录中另选" in str(refused.value.next_step)
    assert list(refused.value.fields) == ["supporting"]
    assert Event.objects.count() == before
    assert supporting(matter) == [road.cast.units["schools"]]


def test_the_lead_named_among_them_leads(road):
    units = road.cast.units
    matter = road.registered(supporting=[units["water"].pk, units["schools"].pk])
    assert supporting(matter) == [units["schools"]]


def test_a_new_instruction_goes_to_the_heirs_of_the_units_that_helped_before(road):
    units, mayor = road.cast.units, road.cast.users["mayor"].posts.get()
    matter = road.closed()
    road.do(people.end_unit, units["schools"], "office", on=clock.today(), successor_id=units["parks"].pk)  # fmt: skip
    done = road.do(
        actions.follow_on,
        matter,
        "office",
        leader_post=mayor.pk,
        given_on=clock.today(),
        words="请把经验推开",
    )
    assert supporting(Matter.objects.get(pk=done.facts["matter"])) == [units["parks"]]
