"""A light scheme is tried on history before it takes effect; trying saves nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.forms.models import model_to_dict

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.trying import try_lights
from huiyin.rulebook.defaults import light_set
from huiyin.rulebook.rules import LIGHT_SCHEME

BEFORE = LIGHT_SCHEME.parse(light_set("all_round").body)
ONLY_DAYS = LIGHT_SCHEME.parse(light_set("deadline").body)
ONTIME, NEAR, BEHIND, GRAVE, OVERDUE = range(5)


def test_it_shows_how_many_would_be_each_colour_and_which_change(road: Road):
    with at_noon(clock.today(), later=-50):
        matter = road.under_way(due_on=clock.today() + timedelta(days=100))
    before = model_to_dict(Matter.objects.get(pk=matter.pk))
    trial = try_lights(road.cast.jurisdiction.pk, BEFORE, ONLY_DAYS, clock.today())
    today = trial.lines[0].pairs
    assert (today[GRAVE].was, today[GRAVE].becomes) == (1, 0)
    assert (today[ONTIME].was, today[ONTIME].becomes) == (0, 1)
    assert [(m.title, m.was, m.becomes) for m in trial.moved] == [
        (matter.title, "严重滞后", "按期")
    ]
    assert model_to_dict(Matter.objects.get(pk=matter.pk)) == before


def test_past_months_know_the_progress_of_their_day(road: Road):
    today = clock.today()
    with at_noon(today, later=-120):
        matter = road.under_way(due_on=clock.today() + timedelta(days=200))
    with at_noon(today, later=-3):
        road.do(actions.report_progress, road.lead(matter), "water", text="到位", percent=90)
    trial = try_lights(road.cast.jurisdiction.pk, BEFORE, BEFORE, today)
    assert [pair.was for pair in trial.lines[0].pairs] == [1, 0, 0, 0, 0]
    # at the end of the month before last it had 0 % and the line stood at 30 % or more
    assert sum(pair.was for pair in trial.lines[2].pairs) == 1
    assert trial.lines[2].pairs[ONTIME].was == 0
    assert trial.moved_total == 0


def test_the_settings_try_a_shipped_set_without_saving(road: Road, signed_in):
    with at_noon(clock.today(), later=-50):
        road.under_way(due_on=clock.today() + timedelta(days=100))
    client = signed_in("secadmin")
    page = client.get("/settings/rules/lights/?set=deadline").content.decode()
    assert "临期提醒制" in page
    body = light_set("deadline").body
    data: dict[str, Any] = {name: str(v) for name, v in body.items() if name != "rows"}
    data |= {
        f"rows-{n}-{name}": value if isinstance(value, list) else str(value)
        for n, row in enumerate(body["rows"])
        for name, value in row.items()
    }
    tried = client.post("/settings/rules/lights/", data | {"try": "1"}).content.decode()
    assert "今天会变灯的有 1 件" in tried
    assert "结果不变" not in tried
    assert "严重滞后" in tried
    assert "第1版" in client.get("/settings/rules/lights/").content.decode()
