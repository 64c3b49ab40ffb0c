"""The reader works in a child process; whatever a file holds, the document says what came of it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.documents import actions, pictures
from huiyin.documents.models import Document
from huiyin.documents.reader import read_document
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.ledger import work
from huiyin.web import uploads

pytestmark = pytest.mark.slow


def taken(actor, data, name):
    kept = uploads.keep(data, name, owner_id=actor.user_id)
    done = perform(
        actions.take_in, actor.jurisdiction_id, actor, Ask(),
        name=name, sha256=kept.sha256, size=kept.size,
    )  # fmt: skip
    return done.facts["document"]


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return file.getvalue()


def test_a_speech_is_read_with_its_title_day_and_demands(office):
    document = papers.taken_in(office)
    work.do_all()
    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.given_on.isoformat()) == ("read", "2026-03-02")
    assert document.title == "在全市工作会议上的讲话"
    found = papers.passage(document, "各部门要坚持")
    assert found.quote == document.text[found.start : found.end]
    assert (found.kind, found.freq) == ("standing", "weekly")


def test_reading_twice_comes_to_the_same(office):
    document = papers.taken_in(office)
    read_document(document.pk)
    count = document.passages.count()
    read_document(document.pk)
    assert (document.passages.count(), document.readings.count()) == (count, 1)


def test_a_marked_paper_that_slipped_in_is_withdrawn_by_the_reader(office):
    pk = taken(office, "机密★5年\n关于某事的通知\n请抓好落实。".encode(), "通知.txt")
    work.do_all()
    document = Document.objects.get(pk=pk)
    assert document.state == "withdrawn"
    assert "机密" in document.reading_error
    assert not papers.is_stored(document)


def pictured_pdf() -> bytes:
    from reportlab.pdfgen import canvas

    file = BytesIO()
    pages = canvas.Canvas(file)
    for _number in range(2):
        pages.rect(100, 100, 300, 400)
        pages.showPage()
    pages.save()
    return file.getvalue()


def test_a_pdf_without_words_is_a_scan_with_its_pages_to_look_at(office, signed_in):
    pk = taken(office, pictured_pdf(), "扫描.pdf")
    work.do_all()
    document = Document.objects.get(pk=pk)
    assert (document.state, document.pages) == ("scan", 2)
    client = signed_in("office")
    picture = client.get(f"/documents/{pk}/pages/2.png")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(f"/documents/{pk}/pages/3.png").status_code == 404
    assert pictures.place(document.sha256, 2).exists()
    perform(actions.withdraw_text, pk, office, Ask(), reason="误传")
    assert not pictures.place(document.sha256, 2).exists()


def test_an_internal_paper_is_read_and_warned_about(office):
    pk = taken(
        office, "内部资料 注意保存\n关于某事的通知\n水利局年底前完成工程。".encode(), "通知.txt"
    )
    work.do_all()
    document = Document.objects.get(pk=pk)
    assert document.state == "read"
    assert any("知悉范围" in line for line in document.told_warnings)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [(b"PK\x03\x04broken", "坏.docx", "损坏"), (b"", "空.txt", "空")],
)
def test_an_unreadable_file_says_why_in_a_sentence(office, data, name, words):
    pk = taken(office, data, name)
    work.do_all()
    document = Document.objects.get(pk=pk)
    assert (document.state, words in document.reading_error) == ("unreadable", True)


def test_of_a_batch_each_bad_file_is_refused_by_itself_and_the_good_one_goes_on(signed_in):
    client = signed_in("office")
    batch = [
        SimpleUploadedFile("炸弹.docx", bomb()),
        SimpleUploadedFile("密件.txt", "绝密\n通知\n请抓好落实。".encode()),
        SimpleUploadedFile("讲话.txt", papers.SPEECH.encode()),
    ]
    answer = client.post("/documents/upload/", {"file": batch, "request_key": "batch"}, follow=True)
    said = [str(line) for line in answer.context["messages"]]
    assert ["炸弹" in said[0], "不得存入" in said[1], "已收下" in said[2]] == [True, True, True]
    assert Document.objects.count() == 1


def test_one_file_sent_by_the_script_is_answered_as_json(signed_in):
    client = signed_in("office")
    file = SimpleUploadedFile("密件.txt", "机密★\n通知".encode())
    answer = client.post(
        "/documents/upload/", {"file": file}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "classified")
