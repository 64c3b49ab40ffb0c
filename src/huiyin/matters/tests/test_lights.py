"""A colour is a comparison with today; a new rule moves the days on which it turns."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.door.running import open_performance
from huiyin.ledger import followers, work
from huiyin.matters import work as _registered  # noqa: F401 - the follower and the work
from huiyin.matters.clocks import set_turning
from huiyin.matters.models import Baseline, Matter
from huiyin.matters.queries.lights import GROUPS, group_of, light_of, rank, slip_of
from huiyin.matters.rules import Known, Light, MatterState, shown, turning
from huiyin.matters.tests.road import Road, at_noon
from huiyin.rulebook.actions import amend
from huiyin.rulebook.defaults import LIGHT_SETS, light_set, shipped
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import HOLIDAYS, LIGHT_SCHEME, LightScheme

ORDER = [Light.ONTIME, Light.NEAR, Light.BEHIND, Light.GRAVE, Light.OVERDUE]
SCHEMES = [LIGHT_SCHEME.parse(light_set(name).body) for name in LIGHT_SETS]
CALENDAR = HOLIDAYS.parse(shipped("holidays").body)
START = date(2026, 1, 5)


def days(most: int) -> Any:
    """Days after the dispatch, or none."""
    return st.one_of(st.none(), st.integers(0, most).map(lambda n: START + timedelta(days=n)))


@st.composite
def matters(draw: Any) -> Known:
    """Anything that may be known of a dated matter."""
    length = draw(st.integers(1, 400))
    steps = st.tuples(st.integers(0, length), st.booleans())
    return Known(
        start=START,
        due_on=START + timedelta(days=length),
        percent=draw(st.one_of(st.none(), st.integers(0, 100))),
        urgent=draw(st.booleans()),
        milestones=[(START + timedelta(days=n), done) for n, done in draw(st.lists(steps))],
        next_report_on=draw(days(500)),
        last_reported_on=draw(days(500)),
        unchanged=draw(st.integers(0, 5)),
        returned=draw(st.booleans()),
        with_unit=draw(st.booleans()),
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a loaded machine is slow
@given(
    known=matters(),
    scheme=st.sampled_from(SCHEMES),
    seen=st.lists(st.integers(0, 800), min_size=2, max_size=6),
)
def test_a_light_never_improves_as_days_pass_with_nothing_done(
    known: Known, scheme: LightScheme, seen: list[int]
):
    turns = turning(known, scheme, CALENDAR)
    lights = [
        shown(
            state="under_way",
            nature="task",
            due_on=known.due_on,
            turning=turns,
            next_check_on=None,
            today=START + timedelta(days=day),
        )
        for day in sorted(seen)
    ]
    places = [ORDER.index(one.light) for one in lights]
    assert places == sorted(places)
    assert all(one.why and one.word for one in lights)


DUE = START + timedelta(days=100)
BY_THE_RULE: list[tuple[str, dict[str, Any], int, str]] = [
    # what is known besides a due day 100 days on, day, light under the default scheme
    ("nothing reported yet", {}, 9, "ontime"),
    ("ten points behind the line", {}, 10, "behind"),
    ("thirty points behind", {}, 30, "grave"),
    ("half done", {"percent": 50}, 59, "ontime"),
    ("half done and the line leads by ten", {"percent": 50}, 60, "behind"),
    ("nearly done a week before", {"percent": 95}, 93, "near"),
    ("done, as it says", {"percent": 100}, 100, "near"),
    ("not closed the day after", {"percent": 100}, 101, "overdue"),
    ("urgent, three days before", {"percent": 100, "urgent": True}, 96, "ontime"),
    ("urgent, three days left", {"percent": 100, "urgent": True}, 97, "near"),
    ("report due today", {"percent": 100, "next_report_on": date(2026, 3, 2)}, 56, "ontime"),
    ("a working day late", {"percent": 100, "next_report_on": date(2026, 3, 2)}, 57, "behind"),
    ("five working days late", {"percent": 100, "next_report_on": date(2026, 3, 2)}, 63, "behind"),
    ("six working days late", {"percent": 100, "next_report_on": date(2026, 3, 2)}, 64, "grave"),
    ("due before the spring festival, still the holiday", {"percent": 100, "next_report_on": date(2026, 2, 14)}, 49, "ontime"),
    ("due before the spring festival, work has begun", {"percent": 100, "next_report_on": date(2026, 2, 14)}, 50, "behind"),
    ("waiting for the office", {"percent": 100, "next_report_on": date(2026, 3, 2), "with_unit": False}, 80, "ontime"),
    ("two reports without news", {"percent": 100, "unchanged": 2}, 20, "ontime"),
    ("three reports without news", {"percent": 100, "unchanged": 3}, 20, "behind"),
    ("sent back", {"percent": 100, "returned": True}, 20, "behind"),
    ("a milestone that is done", {"percent": 50, "milestones": [(START + timedelta(days=20), True)]}, 21, "ontime"),
    ("a milestone that is not", {"percent": 50, "milestones": [(START + timedelta(days=20), False)]}, 21, "behind"),
    ("half of the plan was due early", {"percent": 30, "milestones": [(START + timedelta(days=20), True)]}, 20, "behind"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "given", "day", "light"), BY_THE_RULE)
def test_the_default_scheme_by_example(what: str, given: dict[str, Any], day: int, light: str):
    turns = turning(Known(start=START, due_on=DUE, **given), SCHEMES[0], CALENDAR)
    today = START + timedelta(days=day)
    found = shown(
        state="under_way",
        nature="task",
        due_on=DUE,
        turning=turns,
        next_check_on=None,
        today=today,
    )
    assert found.light == light, what


@pytest.mark.parametrize("nature", ["task", "standing"])
@pytest.mark.parametrize("state", MatterState.values)
def test_every_state_has_a_light_with_its_reason(state: str, nature: str):
    turns = turning(Known(start=START, due_on=DUE), SCHEMES[0], CALENDAR)
    due = DUE if nature == "task" else None
    found = shown(
        state=state, nature=nature, due_on=due, turning=turns, next_check_on=None, today=START
    )
    assert found.word
    assert found.why


def test_the_database_groups_as_the_page_shows(road: Road):
    """The register sorts by the database, the page shows by Python: they agree on every day."""
    matter = road.under_way()
    chance = random.Random(4)
    for _n in range(150):
        _set_anything(matter, chance)
        with open_performance("test"):
            matter.save()
        today = START + timedelta(days=chance.randrange(500))
        place = Matter.objects.annotate(place=rank(today)).values_list("place", flat=True).get()
        assert GROUPS[place][0] == group_of(matter, today), (matter.state, matter.nature)


def _set_anything(matter: Matter, chance: random.Random) -> None:
    """The row holds any state and any turning dates that the database allows."""

    def day() -> date | None:
        return chance.choice([None, START + timedelta(days=chance.randrange(400))])

    known = Known(
        start=START,
        due_on=START + timedelta(days=chance.randrange(1, 400)),
        percent=chance.choice([None, 0, 40, 100]),
        milestones=[(START + timedelta(days=chance.randrange(400)), chance.random() < 0.5)],
        next_report_on=day(),
        last_reported_on=day(),
        unchanged=chance.randrange(5),
        returned=chance.random() < 0.2,
    )
    matter.nature = chance.choice(["task", "problem", "standing"])
    states = ["dispatched", "under_way", "suspended", "withdrawn", "split", "approved"]
    dated = ["submitted", "verified", "accepted", "closed"]
    matter.state = chance.choice(states if matter.nature == "standing" else states + dated)
    matter.closed_on, matter.suspended_from = START, "under_way"
    matter.due_on, matter.next_report_on = known.due_on, known.next_report_on
    set_turning(matter, turning(known, chance.choice(SCHEMES), CALENDAR))


def test_it_is_late_from_the_next_midnight(road: Road):
    matter = road.under_way(due_on=clock.today())
    assert matter.late_on == clock.today() + timedelta(days=1)


def test_an_amended_light_rule_moves_the_turning_dates(road: Road):
    matter = road.under_way()
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    first = rule.versions.get(number=1)
    perform(
        amend,
        rule.pk,
        road.actor("secadmin"),
        Ask(),
        body=dict(first.body) | {"near_days": 14},
        source="本市督查办法",
        reason="提前两周提醒",
        effective_on=clock.today(),
    )
    followers.catch_up()
    while work.do_next():
        pass
    again = Matter.objects.get(pk=matter.pk)
    assert matter.attention_on is not None
    assert again.attention_on is not None
    assert matter.attention_on - again.attention_on == timedelta(days=7)


def test_the_database_itself_refuses_to_change_a_baseline(road: Road, stray_writes: Any):
    matter = road.dispatched()
    stray_writes.lifted = True  # past the test's own guard, so that only the database can refuse
    with pytest.raises(DatabaseError), transaction.atomic():
        Baseline.objects.filter(matter=matter).update(acceptance="差不多就行")


def test_a_light_says_which_slip_goes_with_it_and_who_signs(road: Road, signed_in: Any):
    matter = road.under_way(due_on=clock.today() + timedelta(days=3))
    office = signed_in("office")
    assert "发催办单" not in office.get(f"/matters/{matter.pk}/").content.decode()
    late = road.under_way(title="已经到期的一件", due_on=clock.today())
    with at_noon(clock.today(), later=2):
        shown = light_of(late, clock.today())
        words = slip_of(late, shown, clock.today())
    assert words == "按亮灯规则发督办单，由分管领导签发"
