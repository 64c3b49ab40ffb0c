"""An extended or suspended matter in the echo view: the first due day stays in sight, a stopped clock is said."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from huiyin import clock
from huiyin.documents import actions, queries
from huiyin.documents.models import Document
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.tests.road import at_noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(speech, road, office):
    """A demand's matter under way, due in ten days."""
    row = papers.passage(speech, "水利局")
    due = clock.today() + timedelta(days=10)
    done = perform(actions.register, row.pk, office, Ask(uuid4().hex), supporting=[], due_on=due)
    road.issued(Matter.objects.get(pk=done.facts["matter"]))
    for lst in UnitList.objects.filter(state="sent"):
        road.do(matters.sign_list, lst, lst.unit.code)
    return Matter.objects.get(pk=done.facts["matter"])


def note(speech, office):
    """The note beside the demand, today."""
    found = queries.echo(
        Document.objects.get(pk=speech.pk), viewer=office, today=clock.today()
    ).demands
    return next(demand for demand in found if demand.number)


def test_an_extended_matter_is_on_time_and_shows_its_first_day(speech, matter, road, office):
    until = matter.due_on + timedelta(days=20)
    asked = road.do(matters.ask_extension, matter, "water", until=until, reason="汛期")
    road.do(
        matters.decide_variation, asked.facts["variation"], "office", granted=True, decision="属实"
    )
    with at_noon(matter.due_on, later=5):
        demand = note(speech, office)
    assert demand.fate == "ontime"
    assert "原定" in demand.line
    assert "延至" in demand.line


def test_a_suspended_matter_is_not_late_and_says_so(speech, matter, road, office):
    until = clock.today() + timedelta(days=5)
    road.do(matters.suspend, matter, "office", reason="等待批复", until=until)
    with at_noon(matter.due_on, later=5):
        demand = note(speech, office)
    assert (demand.fate, demand.words) == ("ontime", "已中止")
