"""A paper comes in once, is described, opened and withdrawn; the secret one is never stored."""

from __future__ import annotations

import io

import pytest
from django.conf import settings

from huiyin import files
from huiyin.documents import actions, screening
from huiyin.documents.models import Document, Passage
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.errors import Forbidden, NotFound, Refusal
from huiyin.ledger.models import EventText, WantedWork


def test_the_same_bytes_are_one_document(office, office_head):
    first = papers.taken_in(office)
    assert papers.taken_in(office_head, name="另一个名字.txt").pk == first.pk


def test_a_paper_taken_in_wants_to_be_read(office):
    document = papers.taken_in(office)
    wanted = WantedWork.objects.get(kind="read_document", subject_id=document.pk)
    assert wanted.state == WantedWork.State.WANTED


def test_a_hash_gives_no_way_to_bytes_somebody_else_brought(office):
    stored = files.store("别人的材料".encode())
    with pytest.raises(Refusal, match="没有收到"):
        perform(
            actions.take_in, office.jurisdiction_id, office, Ask(),
            name="a.txt", sha256=stored.sha256, size=stored.size,
        )  # fmt: skip


def test_a_unit_takes_in_nothing(water):
    with pytest.raises(Forbidden):
        papers.taken_in(water)


def test_what_a_person_says_the_paper_is_outlives_the_reader(office):
    document = papers.taken_in(office)
    perform(actions.describe, document.pk, office, Ask(), title="更正后的标题", doc_type="minutes")
    document = papers.read(Document.objects.get(pk=document.pk))
    assert (document.title, document.doc_type) == ("更正后的标题", "minutes")
    assert document.given_on.isoformat() == "2026-03-02"


def test_a_withdrawn_paper_leaves_its_hash_and_nothing_of_its_words(office):
    document = papers.paper(office)
    perform(actions.withdraw_text, document.pk, office, Ask(), reason="误传")
    document = Document.objects.get(pk=document.pk)
    assert document.state == "withdrawn"
    assert not papers.is_stored(document)
    assert document.text == ""
    assert set(Passage.objects.values_list("quote", flat=True)) == {""}
    texts = EventText.objects.filter(event__trail_kind="document", text__contains="山塘")
    assert not texts.exists()


def test_withdrawing_names_the_matters_that_still_hold_its_words(office):
    document = papers.paper(office)
    row = papers.decide(actions.confirm, papers.passage(document, "水利局"), office)
    matter = perform(actions.register, row.pk, office, Ask()).facts["matter"]
    done = perform(actions.withdraw_text, document.pk, office, Ask(), reason="误传")
    assert done.facts["matters"] == [matter]


def test_after_a_withdrawal_the_same_paper_can_come_in_again(office):
    document = papers.paper(office)
    perform(actions.withdraw_text, document.pk, office, Ask(), reason="误传")
    assert papers.taken_in(office).pk != document.pk


def test_a_unit_reads_the_whole_paper_only_when_it_was_opened_to_it(office, water, outsider):
    document = papers.paper(office)
    row = papers.decide(actions.confirm, papers.passage(document, "水利局"), office)
    _dispatched(office, perform(actions.register, row.pk, office, Ask()).facts["matter"])
    assert not Document.objects.visible_to(water).exists()
    assert Passage.objects.visible_to(water).count() == 1
    perform(actions.open_to_units, document.pk, office, Ask())
    assert Document.objects.visible_to(water).get() == document
    assert not Document.objects.visible_to(outsider).exists()


def test_the_leader_in_charge_reads_the_papers_behind_the_portfolio(office, vice):
    document = papers.paper(office)
    assert not Document.objects.visible_to(vice).exists()
    row = papers.decide(actions.confirm, papers.passage(document, "水利局"), office)
    perform(actions.register, row.pk, office, Ask())
    assert Document.objects.visible_to(vice).get() == document


def _dispatched(office, matter):
    from huiyin.matters import actions as matters

    notice = perform(
        matters.propose, office.jurisdiction_id, office, Ask(), matters=[matter]
    ).facts["notice"]
    perform(matters.rest_on, notice, office, Ask(), basis="市长批示")
    perform(matters.issue_notice, notice, office, Ask())


@pytest.mark.parametrize("mark", ["机密★1年", "秘密", "绝  密", "密级：机密"])
def test_a_marked_paper_is_refused_before_it_is_stored(db, mark):
    with pytest.raises(Refusal, match="不得存入"):
        screening.screen_text(f"{mark}\n关于有关事项的通知\n各单位要抓好落实。")


def test_words_about_secrecy_are_no_mark(db):
    screening.screen_text("会议要求，各单位要保守国家秘密，严防泄密。")


def test_an_oversized_file_is_refused_without_being_read(db):
    with pytest.raises(Refusal, match="没有收下"):
        screening.screen_file(io.BytesIO(b""), "大.pdf", settings.MAX_UPLOAD + 1)


def test_an_unknown_passage_is_not_found(office):
    with pytest.raises(NotFound):
        perform(actions.confirm, 999, office, Ask())
