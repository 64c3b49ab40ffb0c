"""How far a matter is behind is said alike wherever it is said: against the plan with its steps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.documents.queries import cards
from huiyin.documents.rules import Fate
from huiyin.ledger import followers
from huiyin.matters import actions
from huiyin.matters.actions.doing import Step
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import at_noon
from huiyin.notices import followers as _inbox  # noqa: F401 - it follows

POINTS = re.compile(r"滞后\s*(\d+)\s*点")


@pytest.fixture
def late_steps(road):
    """Dispatched 37 days ago, due in three: the line asks 92 % today, the plan with its steps 32 %."""

    def make(title: str = "泵站更新改造") -> Matter:
        today = clock.today()
        with at_noon(today, later=-37):
            matter = road.under_way(title=title, due_on=today + timedelta(days=3))
            steps = [Step(due_on=today + timedelta(days=n), what="一步") for n in (1, 2)]
            plan = {"goal": "按期完工", "measures": "分三步办", "milestones": steps}
            road.do(actions.set_plan, matter, "water", **plan)
        road.do(actions.report_progress, road.lead(matter), "water", text="正在备料", percent=17)
        road.do(actions.ask_coordination, matter, "water", question="补偿由谁出")
        followers.catch_up()
        return Matter.objects.get(pk=matter.pk)

    return make


def test_every_page_tells_the_same_points(late_steps, signed_in):
    matter = late_steps()
    pages = {
        "mayor": ("/desk/", "/matters/"),
        "vice": ("/desk/", "/inbox/", f"/matters/{matter.pk}/"),
    }
    for who, places in pages.items():
        client = signed_in(who)
        for place in places:
            page = client.get(place).content.decode()
            assert set(POINTS.findall(page)) == {"15"}, place
    words = cards.words(Fate.ONTIME, matter, clock.today())
    assert set(POINTS.findall(words)) == {"15"}


@pytest.mark.parametrize("place", ["/desk/", "/inbox/"])
def test_more_matters_behind_cost_no_more_queries(late_steps, signed_in, place):
    client, asked = signed_in("vice"), []
    for titles in (("一号泵站",), ("二号泵站", "三号泵站")):
        for title in titles:
            late_steps(title)
        with CaptureQueriesContext(connection) as now:
            client.get(place)
        asked.append(len(now))
    assert asked[0] == asked[1]
