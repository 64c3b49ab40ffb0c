"""The review page: one finding in hand, every decision a small POST that moves on."""

from __future__ import annotations

import pytest

from huiyin.documents import actions
from huiyin.documents.models import Passage
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform


@pytest.fixture
def speech(office):
    return papers.paper(office)


@pytest.fixture
def half(speech, office, mayor):
    """Two demands registered, one set aside, one confirmed only, the fact undecided."""
    for words in ("水利局", "各部门", "教育局"):
        papers.decide(actions.confirm, papers.passage(speech, words), office)
    post = mayor.posts[0].post_id
    papers.decide(
        actions.set_aside,
        papers.passage(speech, "北门"),
        office,
        reason="已有规定",
        approver_post=post,
    )
    for words in ("水利局", "各部门"):
        perform(actions.register, papers.passage(speech, words).pk, office, Ask())
    return speech


def do(client, document, **data):
    return client.post(
        f"/documents/{document.pk}/review/do/", data, headers={"X-Requested-With": "fetch"}
    )


def test_enter_confirms_and_the_answer_holds_the_next_doubtful_one(speech, signed_in):
    row = papers.passage(speech, "各部门")
    page = signed_in("office").get(f"/documents/{speech.pk}/review/").content.decode()
    assert f'data-finding-pk="{row.pk}"' in page
    answer = do(signed_in("office"), speech, passage=row.pk, verb="confirm", seen=row.version)
    assert f'data-finding-pk="{row.pk}"' not in answer.content.decode()
    assert Passage.objects.get(pk=row.pk).decision == "confirmed"


def test_a_field_changed_before_enter_is_a_change(speech, signed_in):
    row = papers.passage(speech, "水利局")
    do(
        signed_in("office"),
        speech,
        passage=row.pk,
        verb="confirm",
        lead="水务局、教育局",
        due_on="2026-07-15",
    )
    row = Passage.objects.get(pk=row.pk)
    assert (row.lead_names, row.due_on.isoformat(), row.changed) == (
        ["水务局", "教育局"],
        "2026-07-15",
        True,
    )
    assert row.deadline["text"] == "六月底前"


def test_without_a_script_the_review_goes_on_by_plain_forms(speech, signed_in):
    row = papers.passage(speech, "各部门")
    data = {"passage": row.pk, "verb": "reject"}
    answer = signed_in("office").post(f"/documents/{speech.pk}/review/do/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{speech.pk}/review/")


def test_a_stale_page_is_answered_with_what_changed(speech, signed_in, office_head):
    row = papers.passage(speech, "各部门")
    papers.decide(actions.confirm, row, office_head)
    answer = do(signed_in("office"), speech, passage=row.pk, verb="reject", seen=row.version)
    assert answer.status_code == 409
    assert office_head.name in answer.content.decode()


def test_the_missed_words_are_added_by_pasting_them(speech, signed_in):
    do(signed_in("office"), speech, verb="add", kind="task", quote="一所都不能少")
    assert papers.passage(speech, "一所都不能少").decision == "confirmed"


def test_words_that_are_not_in_the_paper_are_not_added(speech, signed_in):
    answer = do(signed_in("office"), speech, verb="add", kind="task", quote="纸上没有的话")
    assert answer.status_code == 422


@pytest.mark.parametrize("verb", ["", "drop", "confirm"])
def test_a_crooked_request_is_refused_and_breaks_nothing(speech, signed_in, verb):
    answer = do(signed_in("office"), speech, verb=verb, passage="x", start="-1")
    assert answer.status_code in (404, 422)


def test_a_likely_matter_is_offered(half, office, signed_in):
    text = "水利局要在六月底前完成二十座山塘加固工程。"
    items = [papers.item(text, text[:-1])]
    other = papers.read(papers.taken_in(office, text), text, items=items, outline=[])
    page = signed_in("office").get(f"/documents/{other.pk}/review/").content.decode()
    assert "台账里有一件相近" in page


def test_one_requirement_is_registered_from_the_review(half, signed_in):
    row = papers.passage(half, "教育局")
    do(signed_in("office"), half, passage=row.pk, verb="register", seen=row.version)
    assert row.links.count() == 1
