"""The pages of documents: what they show, whom they refuse, what they cost."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.documents import actions, queries
from huiyin.documents.models import Document
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.matters.models import Matter


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


def dispatched(office):
    from huiyin.matters import actions as matters

    ids = list(Matter.objects.filter(lead_unit__isnull=False).values_list("pk", flat=True))
    notice = perform(matters.propose, office.jurisdiction_id, office, Ask(), matters=ids).facts[
        "notice"
    ]
    perform(matters.rest_on, notice, office, Ask(), basis="市长批示")
    perform(matters.issue_notice, notice, office, Ask())


def seen(document, actor, wanted=""):
    fresh = queries.get(document.pk, viewer=actor)
    return queries.echo(fresh, viewer=actor, today=clock.today(), fate_wanted=wanted)


def test_the_echo_counts_every_demand_once(half, office):
    dispatched(office)
    echo = seen(half, office)
    assert echo.counts == {
        "closed": 0, "ontime": 1, "overdue": 0, "standing": 0, "aside": 1, "unclaimed": 2,
    }  # fmt: skip
    assert echo.undecided == 1
    assert [d.n for d in echo.demands] == [1, 2, 3, 4]


def test_the_echo_costs_the_same_whatever_the_number_of_demands(
    half, office, django_assert_max_num_queries
):
    dispatched(office)
    document = queries.get(half.pk, viewer=office)
    with django_assert_max_num_queries(8):
        queries.echo(document, viewer=office, today=clock.today())


def test_the_list_costs_the_same_whatever_the_number_of_documents(
    half, office, django_assert_num_queries
):
    with django_assert_num_queries(6):
        queries.documents(viewer=office, today=clock.today())
    for n in range(6):
        papers.read(papers.taken_in(office, papers.SPEECH + f"\n附{n}"), papers.SPEECH + f"\n附{n}")
    with django_assert_num_queries(6):
        page = queries.documents(viewer=office, today=clock.today())
    assert page.total == 7


def test_the_list_and_the_echo_agree(half, office):
    dispatched(office)
    [row] = queries.documents(viewer=office, today=clock.today()).rows
    assert dict(row.counts) == seen(half, office).counts


def test_a_filter_shows_only_such_demands_and_keeps_their_numbers(half, office):
    echo = seen(half, office, "aside")
    marks = [m.payload.n for p in echo.paragraphs for piece in p.pieces for m in piece.opens]
    assert marks == [3]
    assert sum(echo.counts.values()) == 4


def test_the_echo_page_holds_every_word(half, signed_in):
    page = signed_in("office").get(f"/documents/{half.pk}/").content.decode()
    assert "水利局六月底前完成二十座山塘加固" in page
    assert 'id="d1"' in page
    assert "还有 1 处待核对" in page


@pytest.mark.parametrize("who", ["water", "outsider", "sysadmin"])
def test_who_may_not_see_the_paper_is_told_there_is_none(half, signed_in, who):
    client = signed_in(who)
    for address in ("", "review/", "original/", "about/", "pages/"):
        assert client.get(f"/documents/{half.pk}/{address}").status_code == 404


def test_the_auditor_reads_the_review_and_is_offered_nothing(half, signed_in):
    page = signed_in("auditor").get(f"/documents/{half.pk}/review/").content.decode()
    assert 'value="confirm"' not in page


def test_the_original_is_saved_and_never_shown(office, signed_in):
    html = "<script>alert(1)</script><p>水利局年底前完成工程。</p>"
    document = papers.taken_in(office, html, "页面.html")
    answer = signed_in("office").get(f"/documents/{document.pk}/original/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == html.encode()


def test_a_script_in_the_words_is_shown_as_words(office, signed_in):
    text = "<script>alert(1)</script>水利局年底前完成工程。"
    document = papers.read(papers.taken_in(office, text), text, items=[], outline=[])
    page = signed_in("office").get(f"/documents/{document.pk}/").content.decode()
    assert "<script>alert" not in page


def test_pasted_words_become_a_document(signed_in):
    data = {"title": "口头传达", "text": "水利局年底前完成工程。\r\n", "request_key": "p1"}
    answer = signed_in("office").post("/documents/paste/", data)
    document = Document.objects.get()
    assert (answer["Location"], document.pasted) == (f"/documents/{document.pk}/", True)


def test_a_scan_is_registered_page_by_page(office, signed_in):
    document = papers.read(
        papers.taken_in(office, "%PDF", "扫描.pdf"), "", items=[], outline=[], pages=3
    )
    assert document.state == "scan"
    data = {"verb": "add", "page": 2, "back": "pages", "kind": "task", "quote": "年底前修好码头"}
    answer = signed_in("office").post(f"/documents/{document.pk}/review/do/", data)
    assert answer["Location"] == f"/documents/{document.pk}/pages/?page=2"
    page = signed_in("office").get(f"/documents/{document.pk}/").content.decode()
    assert "第2页" in page
    assert "年底前修好码头" in page


def test_the_instruction_form_dispatches(signed_in, mayor, cast):
    data = {
        "leader_post": mayor.posts[0].post_id,
        "given_on": clock.today().isoformat(),
        "words": "请水利局抓紧。",
        "lead": cast.units["water"].pk,
        "nature": "task",
        "urgency": "normal",
        "request_key": "i1",
    }
    client = signed_in("office")
    assert client.post("/instructions/new/", data | {"lead": ""}).status_code == 422
    assert client.post("/instructions/new/", data).status_code == 302
    assert "请水利局抓紧" in client.get("/instructions/").content.decode()


def test_what_waits_is_polled_until_it_is_read(office, signed_in):
    document = papers.taken_in(office)
    client = signed_in("office")
    assert "data-poll" in client.get(f"/documents/{document.pk}/").content.decode()
    assert "data-poll" in client.get("/documents/rows/").content.decode()
    papers.read(document)
    assert "data-poll" not in client.get(f"/documents/{document.pk}/progress/").content.decode()


def test_programs_read_the_same(half, signed_in):
    client = signed_in("office")
    assert client.get("/api/documents").json()["total"] == 1
    assert client.get(f"/api/documents/{half.pk}/echo").json()["counts"]["aside"] == 1
    assert client.get(f"/api/documents/{half.pk}/passages").json()["total"] == 5
    assert client.get(f"/api/documents/{half.pk}/text").json()["text"] == papers.SPEECH
    assert signed_in("outsider").get(f"/api/documents/{half.pk}").status_code == 404


@pytest.mark.parametrize("address", ["", "review/", "about/"])
def test_no_page_asks_the_database_more_than_fifteen_times(
    half, office, signed_in, address, django_assert_max_num_queries
):
    dispatched(office)
    client = signed_in("office")
    with django_assert_max_num_queries(15):
        client.get(f"/documents/{half.pk}/{address}")


def test_the_proposals_of_one_document_are_its_own(half, office):
    from huiyin.matters.sources import of_document

    other = papers.read(papers.taken_in(office, papers.SPEECH + "附"), papers.SPEECH + "附")
    row = papers.decide(actions.confirm, papers.passage(other, "水利局"), office)
    perform(actions.register, row.pk, office, Ask())
    assert Matter.objects.filter(**of_document(half.pk)).count() == 2


def test_a_whole_group_named_gives_no_lead_and_says_why(half):
    matter = Matter.objects.get(quote__startswith="各部门")
    assert matter.lead_unit is None
    assert "各部门" in matter.filled["lead"]["why"]


def test_all_are_registered_and_the_table_of_proposals_opens(half, signed_in):
    answer = signed_in("office").post(
        f"/documents/{half.pk}/do/", {"verb": "register_all", "request_key": "a"}
    )
    assert answer["Location"] == f"/dispatch/?document={half.pk}"


def test_a_leader_reads_the_fate_of_all_and_the_matters_of_the_portfolio_only(
    half, office, vice, cast
):
    dispatched(office)
    row = papers.passage(half, "教育局")
    lead = cast.units["parks"].pk
    perform(actions.register, row.pk, office, Ask(), lead=lead)
    own, other = seen(half, vice).demands[0], seen(half, vice).demands[-1]
    assert own.number
    assert own.card
    assert (other.fate, other.number, other.card) == ("unclaimed", "", None)
    assert all("打开事项" not in label for label, _url in other.links)


def test_a_finding_says_on_which_page_it_stands(office):
    from huiyin.documents.queries.review import place_of

    places = [{"start": 0, "end": 60, "page": 1}, {"start": 60, "end": 999, "page": 2}]
    document = papers.read(papers.taken_in(office), places=places)
    assert place_of(document, papers.passage(document, "教育局")) == "第2页"


def test_a_unit_reads_the_words_behind_its_matter_and_not_the_paper(half, office, signed_in):
    dispatched(office)
    row = papers.passage(half, "水利局")
    page = signed_in("water").get(f"/documents/passages/{row.pk}/").content.decode()
    assert row.quote in page
    assert "北门泵站" not in page
    assert signed_in("outsider").get(f"/documents/passages/{row.pk}/").status_code == 404
    other = papers.passage(half, "教育局")
    assert signed_in("water").get(f"/documents/passages/{other.pk}/").status_code == 404


def test_a_picture_among_pages_of_text_is_typed_and_has_its_fate(office, signed_in):
    document = papers.read(papers.taken_in(office), pages=2)
    perform(actions.add, document.pk, office, Ask(), kind="task", page=2, quote="年底前修好码头")
    echo = seen(document, office)
    assert [d.n for d in echo.demands] == [1]
    words = [piece.text for p in echo.paragraphs for piece in p.pieces if piece.mark]
    assert words == ["年底前修好码头"]
    assert signed_in("office").get(f"/documents/{document.pk}/pages/").status_code == 200
