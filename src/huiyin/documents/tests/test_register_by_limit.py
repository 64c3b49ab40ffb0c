"""A requirement registered straight from its words may go by a legal limit, as in the dispatch table."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.documents import actions
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import at_noon

MONDAY = date(2026, 11, 23)
EARLIER = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def on_monday():
    with at_noon(MONDAY):
        yield


@pytest.fixture
def paper(office):
    """A speech: a problem without a day, a task due at the end of the year, both confirmed."""
    found = papers.paper(office)
    for words in ("北门", "教育局", "各部门"):
        papers.decide(actions.confirm, papers.passage(found, words), office)
    return found


def registered(paper, words, actor, **given) -> Matter:
    row = papers.passage(paper, words)
    done = perform(actions.register, row.pk, actor, Ask(), **given)
    return Matter.objects.get(pk=done.facts["matter"])


def do(client, document, **data):
    return client.post(
        f"/documents/{document.pk}/review/do/", data, headers={"X-Requested-With": "fetch"}
    )


def page(client, document, row) -> str:
    html = client.get(f"/documents/{document.pk}/review/?at={row.pk}").content
    return str(html.decode())


def test_a_limit_chosen_sets_the_day_with_its_article(paper, office):
    matter = registered(paper, "北门", office, limit="petition_finish", counted_from=EARLIER)
    cell = matter.filled["due"]
    assert (matter.due_on, cell["limit"]) == (date(2027, 1, 11), "petition_finish")
    assert cell["why"].startswith("自2026年11月10日起，信访事项办结60天")


def test_it_goes_before_the_words_and_says_what_they_said(paper, office):
    matter = registered(paper, "教育局", office, limit="hotline_question")
    assert matter.due_on == date(2026, 11, 25)
    assert "原话写明“年底前”，是2026年12月31日" in matter.filled["due"]["why"]


def test_a_day_given_goes_before_the_limit(paper, office):
    day = date(2026, 12, 3)
    matter = registered(paper, "北门", office, limit="petition_finish", due_on=day)
    assert (matter.due_on, matter.filled["due"]["from"]) == (day, "hand")


def test_a_standing_demand_has_no_due_day_whatever_was_chosen(paper, office):
    matter = registered(paper, "各部门", office, limit="petition_finish")
    assert (matter.due_on, matter.interval) == (None, "weekly")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"limit": "moon"}, "limit"), ({"counted_from": date(2026, 11, 24)}, "counted_from")],
)
def test_what_no_rule_knows_and_what_begins_tomorrow_is_refused(paper, office, given, field):
    with pytest.raises(Refusal) as refused:
        registered(paper, "北门", office, **given)
    assert list(refused.value.fields) == [field]
    assert not Matter.objects.exists()


def test_the_review_offers_the_limits_and_says_what_holds_without_one(paper, signed_in):
    html = page(signed_in("office"), paper, papers.passage(paper, "北门"))
    assert '<optgroup label="信访">' in html
    assert "不选的，就是2026年12月23日：领导讲话事项30天" in html
    html = page(signed_in("office"), paper, papers.passage(paper, "教育局"))
    assert "不选的，照原话，2026年12月31日" in html
    html = page(signed_in("office"), paper, papers.passage(paper, "各部门"))
    assert 'id="by-limit"' not in html


def test_a_reply_to_a_suggestion_has_the_limit_of_its_kind_chosen_already(paper, office, signed_in):
    text = "请市水利局对代表反映的北渠断流问题作出答复。"
    header = papers.HEADER | {"doc_type": "reply"}
    items = [papers.item(text, text[:-1])]
    reply = papers.taken_in(office, text)
    reply = papers.read(reply, text, items=items, outline=[], header=header)
    row = papers.decide(actions.confirm, papers.passage(reply, "请市水利局"), office)
    html = page(signed_in("office"), reply, row)
    assert '<option value="suggestion_answer" selected>' in html
    assert html.index('<optgroup label="建议提案">') < html.index('<optgroup label="信访">')
    given = {"passage": row.pk, "verb": "register", "limit": "suggestion_answer"}
    do(signed_in("office"), reply, **given, counted_from="")
    cell = Matter.objects.get().filled["due"]
    assert (cell["limit"], cell["from"]) == ("suggestion_answer", "rule")
    assert not cell["why"].startswith("自"), "the rule gives it anyhow: it is the rule's"


def test_from_the_review_it_is_registered_by_the_limit_and_says_its_day(paper, signed_in):
    row, client = papers.passage(paper, "北门"), signed_in("office")
    given = {"limit": "petition_finish", "counted_from": "2026-11-10"}
    answer = do(client, paper, passage=row.pk, verb="register", seen=row.version, **given)
    assert Matter.objects.get().due_on == date(2027, 1, 11)
    assert "2027年1月11日到期" in answer.content.decode()


@pytest.mark.parametrize("typed", [{"limit": "moon"}, {"counted_from": "昨天"}, {"counted_from": "2026-11-24"}])  # fmt: skip
def test_what_is_typed_wrong_is_said_and_nothing_is_registered(paper, signed_in, typed):
    row = papers.passage(paper, "北门")
    answer = do(signed_in("office"), paper, passage=row.pk, verb="register", **typed)
    assert answer.status_code == 422
    assert not Matter.objects.exists()


def test_a_program_names_a_limit_by_its_code(paper, signed_in):
    row = papers.passage(paper, "北门")
    sent = {"limit": "petition_finish", "counted_from": "2026-11-10"}
    answer = signed_in("office").post(
        f"/api/passage/{row.pk}/register", sent, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    assert Matter.objects.get().due_on == date(2027, 1, 11)
