"""The ladder as a pure function: tables of days and steps, the cool-down, what is never urged."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.matters.rules import MatterState
from huiyin.notices.rules import URGED, Addressee, Case, Clock, Told, plan
from huiyin.notices.rules.ladder import mark_of
from huiyin.notices.said import step_words, why
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.rules import HOLIDAYS, URGING, URGING_SCOPE, clean
from huiyin.rulebook.rules.urging import RUNGS

LADDER = URGING.parse(shipped("urging").body)
SCOPE = URGING_SCOPE.parse(shipped("urging_scope").body)
DAYS = HOLIDAYS.parse(shipped("holidays").body)
UNIT = 7
MONDAY = date(2026, 11, 23)


def person(user, rung="liaison"):
    return Addressee(
        post=user * 10, user=user, name=f"{rung}{user}", title="", unit="局", unit_id=UNIT
    )


PEOPLE = {(rung, UNIT): (person(place + 1, rung),) for place, rung in enumerate(RUNGS)}


def case(kind="due", base=MONDAY, **more):
    given = {
        "kind": "matter",
        "pk": 1,
        "title": "修渠",
        "number": "",
        "state": MatterState.UNDER_WAY,
        "urgency": "normal",
        "source": "minutes",
        "healthy": False,
        "clocks": (Clock(kind=kind, base_on=base, unit=UNIT),),
        "people": PEOPLE,
    }
    return Case(**(given | more))


def on(day, *cases, ladder=LADDER):
    return plan(cases, ladder=ladder, scope=SCOPE, days=DAYS, on=day)


def rungs(found):
    return sorted((s.step.days, s.step.to) for s in found.sendings)


@pytest.mark.parametrize(
    ("kind", "urgency", "day", "sent"),
    [
        # due on Monday the 23rd of November 2026
        ("due", "normal", date(2026, 11, 13), []),
        ("due", "normal", date(2026, 11, 16), [(-7, "liaison")]),
        ("due", "urgent", date(2026, 11, 16), []),
        ("due", "urgent", date(2026, 11, 20), [(-3, "liaison")]),
        ("due", "extra_urgent", date(2026, 11, 20), [(-3, "liaison")]),
        ("due", "normal", date(2026, 11, 23), [(0, "liaison")]),
        ("due", "normal", date(2026, 11, 24), [(0, "liaison"), (1, "head")]),
        ("due", "normal", date(2026, 11, 30), [(5, "head"), (5, "leader")]),
        ("due", "normal", date(2026, 12, 7), [(10, "principal")]),
        ("due", "normal", date(2026, 12, 21), []),
        ("report", "normal", date(2026, 11, 23), []),
        ("report", "normal", date(2026, 11, 24), [(1, "liaison")]),
        ("report", "normal", date(2026, 11, 30), [(5, "head")]),
        ("sign", "normal", date(2026, 11, 24), [(1, "liaison")]),
        ("sign", "normal", date(2026, 11, 26), [(1, "liaison"), (3, "head")]),
        ("consult", "normal", date(2026, 11, 23), [(0, "liaison")]),
        ("consult", "normal", date(2026, 11, 26), [(0, "liaison"), (3, "head")]),
        ("check", "normal", date(2026, 11, 23), [(0, "office")]),
        ("check", "normal", date(2026, 11, 30), [(5, "office")]),
    ],
)
def test_steps_by_day(kind, urgency, day, sent):
    assert rungs(on(day, case(kind, urgency=urgency))) == sent


def test_a_step_already_sent_is_not_sent_again_nor_the_one_it_overtook():
    clock = Clock(kind="due", base_on=MONDAY, unit=UNIT)
    by = {(step.days, step.to): step for step in LADDER.steps if step.clock == "due"}
    sent = frozenset({mark_of(clock, by[0, "liaison"]), mark_of(clock, by[5, "head"])})
    assert rungs(on(date(2026, 11, 30), case(sent=sent))) == [(5, "leader")]


def test_on_holidays_nobody_is_urged_and_the_step_comes_on_the_next_working_day():
    saturday = date(2026, 11, 21)
    assert on(saturday, case(base=saturday)).rests
    assert rungs(on(MONDAY, case(base=saturday))) == [(0, "liaison"), (1, "head")]


def test_a_place_may_urge_on_every_day():
    every_day = replace(LADDER, workdays_only=False)
    assert rungs(on(date(2026, 11, 21), case(base=date(2026, 11, 21)), ladder=every_day)) == [
        (0, "liaison")
    ]


def test_what_goes_well_is_left_alone_until_it_is_due():
    week_before = date(2026, 11, 16)
    assert rungs(on(week_before, case(healthy=True))) == []
    assert rungs(on(week_before, case(healthy=True), ladder=replace(LADDER, healthy=True))) == [
        (-7, "liaison")
    ]
    assert rungs(on(MONDAY, case(healthy=True))) == [(0, "liaison")]


def test_a_kind_of_source_left_to_people_is_not_urged_by_the_clock():
    assert rungs(on(MONDAY, case(source="appeal"))) == []


def test_somebody_urged_a_short_while_ago_is_held_back_and_the_page_can_say_why():
    last = Told(on=date(2026, 11, 20), how="周明电话催办")
    found = on(MONDAY, case(base=MONDAY, urged={1: last}))
    assert rungs(found) == [(0, "liaison")]  # the cool-down of three days is over
    found = on(date(2026, 11, 20), case(base=date(2026, 11, 20), urged={1: last}))
    assert found.sendings == ()
    assert (found.held[0].last, found.held[0].until) == (last, MONDAY)


def test_what_was_held_back_is_made_up_for_within_a_few_days():
    last = Told(on=date(2026, 11, 20), how="")
    assert rungs(on(MONDAY, case(base=date(2026, 11, 20), urged={1: last}))) == [
        (0, "liaison"),
        (1, "head"),
    ]


def test_two_clocks_of_one_matter_give_a_person_one_message_the_gravest():
    late = case(
        clocks=(
            Clock(kind="report", base_on=MONDAY - timedelta(days=3), unit=UNIT),
            Clock(kind="due", base_on=MONDAY - timedelta(days=1), unit=UNIT),
        ),
        people={
            ("liaison", UNIT): (person(1),),
            ("head", UNIT): (person(1), person(2)),
        },
    )
    found = on(MONDAY, late)
    assert [(s.step.clock, s.step.to, [p.user for p in s.to]) for s in found.sendings] == [
        ("due", "head", [1, 2])
    ]


@pytest.mark.parametrize("state", [s for s in MatterState if s not in URGED])
@given(day=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_never_for_what_has_ended_stands_still_or_waits_for_the_office(state, day):
    for kind in ("due", "report", "sign", "consult", "check"):
        assert on(day, case(kind, state=state)).sendings == ()


@given(
    data=st.data(),
    lags=st.lists(st.integers(-12, 30), min_size=1, max_size=6),
    day=st.dates(min_value=date(2026, 3, 1), max_value=date(2026, 12, 1)),
)
def test_killed_anywhere_and_planned_anew_the_rest_follows_and_nothing_twice(data, lags, day):
    kinds = data.draw(
        st.lists(
            st.sampled_from(["due", "report", "consult"]),
            min_size=len(lags),
            max_size=len(lags),
        )
    )
    clocks = tuple(
        Clock(kind=kind, base_on=day - timedelta(days=lag), unit=UNIT)
        for kind, lag in dict(zip(kinds, lags, strict=True)).items()
    )
    whole = on(day, case(clocks=clocks))
    done = whole.sendings[: data.draw(st.integers(0, len(whole.sendings)))]
    sent = frozenset(mark_of(s.clock, s.step) for s in done)
    urged = {p.user: Told(on=day, how="") for s in done for p in s.to}
    rest = on(day, case(clocks=clocks, sent=sent, urged=urged))
    assert [*done, *rest.sendings] == [
        replace(s, case=w.case)
        for s, w in zip(whole.sendings, [*done, *rest.sendings], strict=True)
    ]
    users = [p.user for s in whole.sendings for p in s.to]
    assert len(users) == len(set(users))


def test_every_shipped_step_can_be_said():
    for step in LADDER.steps:
        assert step_words(step.clock, step.days, working=step.unit == "working")


def test_a_step_made_up_for_says_how_late_it_is_then():
    found = on(date(2026, 11, 24), case())
    assert sorted(why(sending) for sending in found.sendings) == ["逾期1天，仍未办结"] * 2
    assert why(on(MONDAY, case()).sendings[0]) == "今天到期"


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"clock": "report", "days": -2}, "days"),
        ({"days": -2, "unit": "working"}, "unit"),
        ({"to": "office"}, "to"),
        ({"clock": "check", "to": "head"}, "to"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(change, cell):
    from huiyin.errors import Refusal

    body = tomllib.loads(
        files("huiyin.rulebook.defaults").joinpath("urging.toml").read_text("utf-8")
    )["body"]
    body["rows"][2] = body["rows"][2] | {"days": 2} | change
    with pytest.raises(Refusal) as refused:
        clean(URGING, body)
    assert f"rows-2-{cell}" in refused.value.fields
