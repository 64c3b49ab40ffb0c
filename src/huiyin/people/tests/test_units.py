"""unit.create, unit.change, unit.end, unit.import_rows: who keeps the directory, and what it refuses."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.people import actions, queries
from huiyin.people.models import Portfolio, Post, Unit


def create(cast, actor, ask=None, **given):
    done = perform(actions.create_unit, cast.jurisdiction.pk, actor, ask or Ask(), **given)
    return Unit.objects.get(pk=done.subject[1])


@pytest.mark.parametrize("who", ["office", "sysadmin"])
def test_the_office_and_the_system_administrator_add_units(cast, who):
    unit = create(cast, cast.actor(who), name="云溪市林业局", aliases=["林草局", "林草局", " "])
    assert (unit.parent, unit.aliases) == (cast.units["city"], ["林草局"])
    assert unit.path == f"/{cast.units['city'].pk}/{unit.pk}/"


@pytest.mark.parametrize("who", ["water", "mayor", "secadmin", "auditor", "outsider"])
def test_nobody_else_adds_units(cast, who):
    with pytest.raises(Forbidden):
        create(cast, cast.actor(who), name="云溪市林业局")


def test_a_new_unit_comes_last_in_the_directory(cast, office):
    unit = create(cast, office, name="云溪市林业局", parent_id=cast.units["water"].pk)
    assert unit.position == max(Unit.objects.values_list("position", flat=True))
    assert unit.parent == cast.units["water"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "云溪市水利局"}, "name"),
        ({"name": "水务局"}, "name"),
        ({"name": "云溪市林业局", "short_name": "市水利局"}, "short_name"),
        ({"name": "云溪市林业局", "aliases": ["教体局"]}, "aliases"),
        ({"name": "林"}, "name"),
        ({"name": "云溪市林业局", "kind": "palace"}, "kind"),
    ],
)
def test_a_name_that_means_another_unit_is_refused_at_its_field(cast, office, given, field):
    with pytest.raises(Refusal) as refused:
        create(cast, office, **given)
    assert field in refused.value.fields


def test_a_changed_unit_keeps_what_was_left_out(cast, office):
    water = cast.units["water"]
    perform(actions.change_unit, water.pk, office, Ask(), aliases=["水务局", "水利水务局"])
    water.refresh_from_db()
    assert (water.name, water.aliases) == ("云溪市水利局", ["水务局", "水利水务局"])


def test_a_unit_moves_with_everything_below_it(cast, office):
    station = create(cast, office, name="云溪水文站", parent_id=cast.units["water"].pk)
    perform(
        actions.change_unit,
        cast.units["water"].pk,
        office,
        Ask(),
        parent_id=cast.units["schools"].pk,
    )
    station.refresh_from_db()
    assert station.path.startswith(f"/{cast.units['city'].pk}/{cast.units['schools'].pk}/")


def test_a_unit_cannot_hang_under_itself(cast, office):
    station = create(cast, office, name="云溪水文站", parent_id=cast.units["water"].pk)
    with pytest.raises(Refusal, match="自己"):
        perform(actions.change_unit, cast.units["water"].pk, office, Ask(), parent_id=station.pk)


def end(cast, actor, key="parks", successor="water"):
    successor_id = cast.units[successor].pk if successor else None
    return perform(
        actions.end_unit,
        cast.units[key].pk,
        actor,
        Ask(),
        on=clock.today(),
        successor_id=successor_id,
    )


def test_a_merged_units_posts_end_and_its_names_lead_to_the_successor(cast, office):
    end(cast, office)
    parks, water = Unit.objects.get(code="parks"), Unit.objects.get(code="water")
    assert (parks.ended_on, parks.successor) == (clock.today(), water)
    assert "园林局" in water.aliases
    assert not Post.objects.filter(unit=parks, ended_on=None).exists()
    index = queries.directory_index(cast.jurisdiction.pk, today=clock.today())
    assert index.match("园林局").unit_ids == (water.pk,)


def test_the_portfolio_of_an_ended_unit_ends(cast, office):
    end(cast, office, "schools")
    assert not Portfolio.objects.filter(unit=cast.units["schools"], ended_on=None).exists()


def test_the_root_or_a_unit_with_others_below_cannot_end(cast, office):
    with pytest.raises(Conflict, match="本级政府"):
        end(cast, office, "city", None)
    create(cast, office, name="云溪水文站", parent_id=cast.units["water"].pk)
    with pytest.raises(Conflict, match="下级单位"):
        end(cast, office, "water", None)


def test_a_unit_ends_once_and_not_into_itself(cast, office):
    with pytest.raises(Refusal, match="继任"):
        end(cast, office, "parks", "parks")
    end(cast, office)
    with pytest.raises(Conflict, match="已经撤并"):
        end(cast, office)


def test_a_unit_does_not_end_itself(cast, outsider):
    with pytest.raises(Forbidden):
        end(cast, outsider)


def test_a_table_adds_and_updates_with_one_event_per_unit(cast, sysadmin):
    rows = [
        {"name": "云溪市水利局", "short_name": "市水利局", "aliases": ["水务局"], "kind": "bureau"},
        {"name": "云溪市林业局", "short_name": "", "aliases": [], "kind": "bureau", "parent": ""},
        {"name": "林业站", "aliases": [], "kind": "station", "parent": "云溪市林业局"},
    ]
    before = Event.objects.count()
    done = perform(actions.import_rows, cast.jurisdiction.pk, sysadmin, Ask(), rows=rows)
    assert done.facts == {"created": 2, "changed": 1}
    assert Event.objects.count() == before + 4
    assert Unit.objects.get(name="林业站").parent.name == "云溪市林业局"


def test_a_row_that_fails_takes_the_whole_table_back(cast, sysadmin):
    rows = [{"name": "云溪市林业局"}, {"name": "云溪市农业局", "aliases": ["水利局"]}]
    with pytest.raises(Refusal):
        perform(actions.import_rows, cast.jurisdiction.pk, sysadmin, Ask(), rows=rows)
    assert not Unit.objects.filter(name="云溪市林业局").exists()
