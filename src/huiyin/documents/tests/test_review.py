"""The reviewer decides what the findings are, and nothing typed or decided is lost."""

from __future__ import annotations

import pytest

from huiyin.documents import actions
from huiyin.documents.models import Passage
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal, Stale
from huiyin.ledger.models import Event


@pytest.fixture
def speech(office):
    return papers.paper(office)


@pytest.fixture
def ponds(speech):
    return papers.passage(speech, "水利局")


def test_every_finding_quotes_its_words(speech):
    for row in speech.passages.all():
        assert speech.text[row.start : row.end] == row.quote


def test_a_confirmed_demand_is_a_requirement(speech, ponds, office):
    papers.decide(actions.confirm, ponds, office)
    assert list(Passage.objects.requirements()) == [ponds]


def test_a_confirmed_fact_is_no_requirement(speech, office):
    papers.decide(actions.confirm, papers.passage(speech, "去年新增"), office)
    assert not Passage.objects.requirements().exists()


def test_one_decision_is_one_event_on_the_documents_trail(speech, ponds, office):
    papers.decide(actions.confirm, ponds, office)
    event = Event.objects.order_by("-position").first()
    assert (event.action, event.trail_kind, event.trail_id) == (
        "passage.confirm",
        "document",
        speech.pk,
    )


def test_another_units_officer_does_not_know_of_it(ponds, water):
    with pytest.raises(NotFound):
        perform(actions.confirm, ponds.pk, water, Ask())


def test_the_auditor_reads_and_decides_nothing(ponds, auditor):
    with pytest.raises(Forbidden):
        perform(actions.confirm, ponds.pk, auditor, Ask())


def test_two_reviewers_the_second_is_told_what_the_first_did(ponds, office, office_head):
    perform(actions.confirm, ponds.pk, office, Ask(seen=ponds.version))
    with pytest.raises(Stale) as stale:
        perform(actions.reject, ponds.pk, office_head, Ask(seen=ponds.version))
    assert stale.value.changes[0]["who"] == office.name


def test_a_double_click_decides_once(ponds, office):
    ask = Ask(key="twice", seen=ponds.version)
    perform(actions.confirm, ponds.pk, office, ask)
    assert perform(actions.confirm, ponds.pk, office, ask).repeated


def test_a_change_keeps_what_the_reader_said_beside_it(ponds, office):
    row = papers.decide(actions.change, ponds, office, kind="standing", lead=["教育局"])
    assert (row.kind, row.lead_names, row.decision, row.changed) == (
        "standing",
        ["教育局"],
        "confirmed",
        True,
    )
    assert (row.found["kind"], row.found["lead"]) == ("task", ["水利局"])


def test_the_extent_moves_and_drops_stops_at_its_ends(ponds, office):
    row = papers.decide(actions.change, ponds, office, end=ponds.start + 17, decide=False)
    assert row.quote == "水利局六月底前完成二十座山塘加固"
    assert row.decision == "undecided"


def test_two_findings_never_overlap(speech, ponds, office):
    with pytest.raises(Refusal, match="重叠"):
        perform(actions.change, ponds.pk, office, Ask(), end=ponds.end + 6)


def test_a_split_gives_each_half_the_words_it_holds(speech, ponds, office):
    papers.decide(actions.split, ponds, office, at=ponds.start + 17)
    first, second = papers.passage(speech, "水利局六月"), papers.passage(speech, "教育局配合")
    assert first.deadline["text"] == "六月底前"
    assert second.deadline == {}
    assert {first.decision, second.decision} == {"undecided"}


def test_a_merge_reaches_to_the_end_of_the_next_one(speech, ponds, office):
    row = papers.decide(actions.merge, ponds, office)
    assert row.quote.startswith("水利局")
    assert row.quote.endswith("看一看")
    assert row.freq == "weekly"
    assert papers.passage(speech, "各部门").decision == "merged"


def test_setting_aside_needs_a_reason_and_an_approver(ponds, office, mayor):
    with pytest.raises(Refusal, match="理由"):
        perform(actions.set_aside, ponds.pk, office, Ask(), reason=" ", approver_post=None)
    with pytest.raises(Refusal, match="批准"):
        perform(actions.set_aside, ponds.pk, office, Ask(), reason="已有规定", approver_post=None)
    post = mayor.posts[0].post_id
    row = papers.decide(actions.set_aside, ponds, office, reason="已有规定", approver_post=post)
    assert (row.decision, row.approver_name) == ("set_aside", mayor.name)


def test_a_decision_is_taken_back(ponds, office):
    row = papers.decide(actions.reject, ponds, office)
    row = papers.decide(actions.reopen, row, office)
    assert (row.decision, row.decided_at) == ("undecided", None)


def test_what_the_reader_missed_is_added_from_a_selection(speech, office):
    start = speech.text.index("一所都不能少")
    done = perform(actions.add, speech.pk, office, Ask(), kind="task", start=start, end=start + 7)
    row = Passage.objects.get(pk=done.facts["passage"])
    assert (row.quote, row.decision, row.confidence) == ("一所都不能少", "confirmed", None)


def test_an_astral_character_counts_as_one(office):
    text = "𠮷水村六月底前通路。随后验收。"
    document = papers.read(papers.taken_in(office, text), text, items=[], outline=[])
    start = text.index("随后")
    done = perform(actions.add, document.pk, office, Ask(), kind="task", start=start, end=start + 4)
    assert Passage.objects.get(pk=done.facts["passage"]).quote == "随后验收"


def test_a_second_reading_keeps_what_people_decided(speech, ponds, office):
    papers.decide(actions.confirm, ponds, office)
    perform(actions.read_again, speech.pk, office, Ask())
    longer = "（送审稿）\n" + papers.SPEECH
    papers.read(speech, longer, items=[papers.item(longer, "北门泵站老化", "problem")], outline=[])
    row = Passage.objects.get(pk=ponds.pk)
    assert (row.decision, row.start, row.text_version) == ("confirmed", ponds.start + 6, 2)
    assert speech.passages.count() == 2


def test_words_a_new_text_lacks_are_listed_not_dropped(speech, ponds, office):
    papers.decide(actions.confirm, ponds, office)
    perform(actions.read_again, speech.pk, office, Ask())
    papers.read(speech, "全文另行印发。", items=[], outline=[])
    assert Passage.objects.get(pk=ponds.pk).adrift


def test_nothing_is_recorded_twice_by_a_reader_run_twice(speech):
    with pytest.raises(Conflict):
        papers.read(speech)
