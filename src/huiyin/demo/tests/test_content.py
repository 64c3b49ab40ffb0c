"""The demo's content holds together: words, units, days, figures and states agree."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from huiyin.actors import OFFICE, Role
from huiyin.demo.data import load
from huiyin.demo.dates import resolve
from huiyin.matters.rules import Light, shown
from huiyin.matters.rules.turning import Known, turning
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.rules import HOLIDAYS, LIGHT_SCHEME

TODAY = date(2026, 11, 21)
DAYS = [
    TODAY,
    date(2026, 1, 1),
    date(2026, 2, 28),
    date(2028, 2, 29),
    date(2026, 6, 14),
    date(2026, 12, 31),
]
CONTENT = load()
STORIES = {story.title: story for story in CONTENT.stories}
ISSUED = {notice.label: notice.issued for notice in CONTENT.notices} | {
    one.id: one.on for one in CONTENT.instructions
}
SCHEME = LIGHT_SCHEME.parse(shipped("lights").body)
CALENDAR = HOLIDAYS.parse(shipped("holidays").body)
LIGHTS = {
    "overdue": Light.OVERDUE,
    "near": Light.NEAR,
    "behind": Light.BEHIND,
    "on_time": Light.ONTIME,
}


@pytest.fixture(scope="module")
def content():
    return CONTENT


def each(stories=STORIES):
    return pytest.mark.parametrize("story", stories.values(), ids=stories.keys())


def test_the_office_is_as_large_as_promised(content):
    assert len(content.units) >= 30
    assert len(content.people) >= 25
    assert len(content.papers) == 8
    assert len(content.instructions) >= 12
    assert 145 <= len(content.stories) <= 165
    assert len(STORIES) == len(content.stories), "two matters share a title"


def test_every_role_state_and_light_occurs(content):
    roles = {post.role for person in content.people for post in person.posts}
    assert roles == {role.value for role in Role} - {Role.MACHINE.value}
    assert {story.state for story in content.stories} == {
        *("registered", "proposed", "approved", "sent", "under_way", "submitted", "sent_back"),
        *("verified", "closed", "standing", "handed_back"),
    }
    assert {story.light for story in content.stories} >= {*LIGHTS, "checked", "check_due"}
    assert {passage.fate for passage in content.passages} == {"unclaimed", "set_aside", "rejected"}
    rulings = {
        (s.ruling is None, s.ruling and s.ruling.unit == s.lead)
        for s in content.stories
        if s.handed_back
    }
    assert rulings == {(True, None), (False, True), (False, False)}


def test_units_hang_together_and_names_are_no_ones_else(content):
    codes = {unit.code for unit in content.units}
    assert all(unit.parent in codes for unit in content.units if unit.code != "gov")
    assert {unit.line for unit in content.units} <= codes | {""}
    assert any(unit.line for unit in content.units)
    names = Counter(name for u in content.units for name in {u.name, u.short_name, *u.aliases})
    assert not [name for name, times in names.items() if times > 1]
    assert {post.unit for person in content.people for post in person.posts} <= codes
    in_charge = [unit for portfolio in content.portfolios for unit in portfolio.in_charge]
    assert len(in_charge) == len(set(in_charge)), "a unit has two leaders in charge"


def test_a_deputy_leader_heads_a_bureau_and_somebody_acts_for_somebody(content):
    posts = {person.login: {post.role for post in person.posts} for person in content.people}
    assert {"leader_in_charge", "unit_head"} in posts.values()
    logins = set(posts)
    assert content.delegations
    assert all(
        {lent.giver, lent.to} <= logins and lent.starts < 0 < lent.ends
        for lent in content.delegations
    )


@pytest.mark.parametrize("paper", CONTENT.papers, ids=lambda paper: paper.id)
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_paper_reads_well_on_any_day_and_each_demand_is_found_in_it_once(paper, today):
    text = paper.text(today)
    assert "{{" not in text
    assert "}}" not in text
    assert 800 <= len(text) <= 4000
    wanted = [s.quote for s in CONTENT.stories if s.document == paper.id]
    wanted += [p.quote for p in CONTENT.passages if p.document == paper.id]
    assert wanted
    assert [quote for quote in wanted if text.count(quote) != 1] == []
    assert len(set(wanted)) == len(wanted)


@each()
def test_a_story_names_units_that_exist_and_can_answer(story):
    codes = {unit.code for unit in CONTENT.units}
    acting = {
        post.unit
        for person in CONTENT.people
        for post in person.posts
        if post.role in {"liaison_officer", "unit_head"}
    }
    named = {story.lead, *story.supporting, *([story.ruling.unit] if story.ruling else [])}
    assert named <= codes
    assert named <= acting, "nobody could sign for it"
    assert story.lead not in story.supporting
    assert {part.unit for part in story.supporting_reports} <= set(story.supporting)


@each()
def test_a_story_has_one_source_and_a_due_day_or_a_rhythm(story):
    sources = (story.quote, story.instruction, story.why)
    assert sum(map(bool, sources)) == 1
    assert (story.due is None) == (story.kind == "standing")
    assert bool(story.every) == (story.kind == "standing")
    assert story.every in {"", "monthly", "quarterly", "half-yearly"}
    assert not story.instruction or story.instruction in {one.id for one in CONTENT.instructions}
    waits = story.state == "registered"
    assert (
        waits or story.instruction or story.notice in {notice.label for notice in CONTENT.notices}
    )


@each()
def test_the_days_of_a_story_follow_one_another(story):
    issued = ISSUED.get(story.instruction or story.notice)
    if issued is None:
        assert (story.reports, story.checks, story.submitted) == ((), (), None)
        return
    said = [report.on for report in story.reports]
    assert said == sorted(said)
    days = [issued + 1, *said, *([story.submitted.on] if story.submitted else [])]
    if story.submitted:
        assert [on for on in said if on > story.submitted.on] == [] or story.state == "under_way"
        assert all(check.on >= story.submitted.on for check in story.checks)
    assert min(days) == issued + 1
    assert max([*days, *(check.on for check in story.checks)]) <= 0
    steps = [on for on, _what in story.plan.steps] if story.plan else []
    assert steps == sorted(steps)


@each()
def test_reported_progress_never_falls_and_ends_where_the_claim_says(story):
    said = [report.percent for report in story.reports if story.kind != "standing"]
    assert all(before <= after for before, after in pairwise(said))
    assert all(0 <= percent < 100 for percent in said)
    found = [check.percent for check in story.checks if not check.passed]
    assert all(percent < 100 for percent in found), "sent back although all was there"


@each()
def test_nobody_checks_what_their_own_unit_does(story):
    units = {person.login: {post.unit for post in person.posts} for person in CONTENT.people}
    roles = {person.login: {post.role for post in person.posts} for person in CONTENT.people}
    judges = [check.by for check in story.checks] + ([story.closing.by] if story.closing else [])
    judges += [story.ruling.by] if story.ruling else []
    for login in judges:
        assert roles[login] & {role.value for role in OFFICE}
        assert units[login].isdisjoint({story.lead, *story.supporting})


@each(
    {
        t: s
        for t, s in STORIES.items()
        if s.state in {"closed", "verified", "submitted", "sent_back"}
    }
)
def test_what_is_claimed_has_a_plan_and_evidence(story):
    assert story.plan
    assert story.plan.goal
    assert story.plan.measures
    assert story.submitted
    assert story.submitted.evidence


@each({t: s for t, s in STORIES.items() if s.state == "closed"})
def test_what_is_closed_was_checked_summarised_and_answered_in_time(story):
    assert story.checks[-1].passed
    assert story.closing
    assert story.closing.on >= story.checks[-1].on
    assert story.closing.summary
    assert story.closing.answer
    if not story.checks[0].passed:
        assert story.checks[0].on < story.resubmitted.on < story.checks[-1].on
    assert story.submitted.on <= (resolve(story.due, TODAY) - TODAY).days


def steps_of(story):
    """The plan's steps with whether the reports have reached them: their share of the percentage."""
    steps = story.plan.steps if story.plan else ()
    said = max((report.percent for report in story.reports), default=0)
    done = len(steps) * (said + 8) // 100
    return [(resolve(on, TODAY), place < done) for place, (on, _what) in enumerate(steps)]


@each({t: s for t, s in STORIES.items() if s.state == "under_way"})
def test_the_light_follows_from_the_figures(story):
    issued = ISSUED[story.instruction or story.notice]
    due = resolve(story.due, TODAY)
    percent = story.reports[-1].percent if story.reports else None
    if story.checks and story.checks[-1].on > story.reports[-1].on:
        percent = story.checks[-1].percent
    known = Known(
        start=resolve(issued, TODAY), due_on=due, percent=percent, milestones=steps_of(story)
    )
    turns = turning(known, SCHEME, CALENDAR)
    light = shown(
        state="under_way",
        nature=story.kind,
        due_on=due,
        turning=turns,
        next_check_on=None,
        today=TODAY,
    )
    assert light.light is LIGHTS[story.light]


def test_no_two_reports_findings_or_answers_use_the_same_words(content):
    words = [report.text for story in content.stories for report in story.reports]
    words += [part.text for story in content.stories for part in story.supporting_reports]
    words += [story.submitted.text for story in content.stories if story.submitted]
    words += [check.finding for story in content.stories for check in story.checks]
    words += [story.closing.summary for story in content.stories if story.closing]
    words += [story.closing.answer for story in content.stories if story.closing]
    words += [story.plan.measures for story in content.stories if story.plan]
    assert len(words) > 450
    assert [text for text, times in Counter(words).items() if times > 1] == []


def test_what_becomes_no_matter_says_why(content):
    leaders = {
        p.login
        for p in content.people
        for q in p.posts
        if q.role.endswith(("_leader", "in_charge"))
    }
    for passage in content.passages:
        if passage.fate == "set_aside":
            assert passage.reason
            assert passage.approver in leaders
        if passage.fate == "rejected":
            assert passage.reason
