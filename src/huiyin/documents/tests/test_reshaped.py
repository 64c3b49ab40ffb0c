"""A demand whose matter was merged, split or opened again has the fate of what carries it on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin import clock
from huiyin.desk.queries.words import unclaimed
from huiyin.documents import actions, queries
from huiyin.documents.models import Document
from huiyin.documents.queries.counts import fates
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.matters import actions as matters
from huiyin.matters.actions.splitting import Share
from huiyin.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(speech, road, office):
    row = papers.passage(speech, "水利局")
    done = perform(actions.register, row.pk, office, Ask(), supporting=[])
    road.issued(Matter.objects.get(pk=done.facts["matter"]))
    return Matter.objects.get(pk=done.facts["matter"])


def told(speech: Document, office: Any) -> tuple[str, dict[str, int]]:
    """The demand's fate in the echo view, and the document's counts; they must agree."""
    fresh = Document.objects.get(pk=speech.pk)
    echo = queries.echo(fresh, viewer=office, today=clock.today())
    counts = fates([speech.pk], clock.today())[speech.pk]
    assert counts == echo.counts
    return next(d.fate for d in echo.demands if d.number or d.fate != "unclaimed"), counts


def test_merged_it_follows_the_one_that_carries_on(speech, matter, road, office):
    other = road.under_way(due_on=clock.today() + timedelta(days=5), supporting=[])
    road.do(matters.merge, matter, "office", into=other.pk, reason="是一回事")
    fate, counts = told(speech, office)
    assert (fate, counts["unclaimed"]) == ("ontime", 0)
    with clock.at(clock.now() + timedelta(days=9)):
        assert told(speech, office)[0] == "overdue"
    road.do(matters.withdraw, other, "office", reason="不办了")
    assert fates([speech.pk], clock.today())[speech.pk]["unclaimed"] == 1


def test_split_and_merged_again_it_is_still_answered(speech, matter, road, office):
    water = road.cast.units["water"].pk
    shares = [Share(lead=water, title=name, quantity=Decimal(20)) for name in ("东片", "西片")]
    done = road.do(matters.split, matter, "office", shares=shares, reason="分片办")
    one, other = Matter.objects.filter(pk__in=done.facts["into"]).order_by("row")
    road.do(matters.merge, one, "office", into=other.pk, reason="还是合起来")
    fate, counts = told(speech, office)
    assert (fate, counts["unclaimed"]) == ("ontime", 0)
    assert not unclaimed(office, clock.today()).entries


def test_what_is_opened_again_is_open_in_the_echo(speech, matter, road, office):
    for lst in matter.notice.lists.all():
        road.do(matters.sign_list, lst, lst.unit.code)
    road.do(matters.set_plan, matter, "water", goal="加固", measures="分段")
    evidence = [road.evidence("water")]
    road.do(matters.submit_completion, road.lead(matter), "water", text="完成", evidence=evidence)
    words = {"finding": "看过", "summary": "完成", "addressee": "市长", "answer": "已加固"}
    road.do(matters.settle, matter, "office", **words)
    assert told(speech, office)[0] == "closed"
    road.do(matters.reopen, matter, "office", reason="又有渗漏")
    assert told(speech, office)[0] == "ontime"


def test_nothing_is_linked_to_a_matter_that_was_merged(speech, matter, road, office):
    other = road.under_way(due_on=clock.today() + timedelta(days=5), supporting=[])
    road.do(matters.merge, matter, "office", into=other.pk, reason="是一回事")
    row = papers.passage(speech, "教育局")
    with pytest.raises(Refusal, match="并入"):
        perform(actions.link, row.pk, office, Ask(), matter=matter.pk)
