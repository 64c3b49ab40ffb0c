"""Supervision notices: decided on one screen, issued with a number, seen by each unit as its own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin.matters import actions
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.queries.notices import chinese


def _do(client, notice, what, **fields):
    return client.post(f"/notices/{notice.pk}/do/{what}/", {"request_key": uuid4().hex, **fields})


def _page(client, notice):
    answer = client.get(f"/notices/{notice.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def _again(notice):
    return SupervisionNotice.objects.get(pk=notice.pk)


def test_the_approver_decides_on_one_screen(road, signed_in):
    notice = road.proposed()
    client = signed_in("vice")
    page = _page(client, notice)
    assert "批准这 1 项" in page
    assert "退回修改" in page
    assert _do(client, notice, "approve", opinion="同意，抓紧办").status_code == 302
    assert (_again(notice).state, _again(notice).opinion) == ("approved", "同意，抓紧办")


def test_only_the_approver_is_asked_to_approve(road, signed_in):
    notice = road.proposed()
    assert "批准这" not in _page(signed_in("office"), notice)
    assert _do(signed_in("office"), notice, "approve").status_code == 403
    assert _again(notice).state == "proposed"


def test_a_batch_is_returned_with_its_reason_and_can_be_filled_again(road, signed_in):
    notice = road.proposed()
    matter = notice.matters.get()
    assert _do(signed_in("vice"), notice, "return", reason="时限太松").status_code == 302
    assert "时限太松" in _page(signed_in("office"), notice)
    assert Matter.objects.get(pk=matter.pk).state == "registered"


def test_a_return_without_reason_is_refused(road, signed_in):
    notice = road.proposed()
    assert _do(signed_in("vice"), notice, "return", reason="  ").status_code == 422
    assert _again(notice).state == "proposed"


def test_a_decision_on_paper_stands_for_approval_and_the_number_is_shown_before_issue(
    road, signed_in
):
    notice, client = road.proposed(), signed_in("office")
    assert _do(client, notice, "rest-on", basis="市长 11月3日批示").status_code == 302
    assert "印发 云督〔" in _page(client, notice)
    assert _do(client, notice, "issue").status_code == 302
    assert _again(notice).number == 1


def test_the_office_takes_its_own_proposal_back(road, signed_in):
    notice = road.proposed()
    assert "撤回这一批" in _page(signed_in("office"), notice)
    assert _do(signed_in("office"), notice, "return", reason="还要补一项").status_code == 302


def test_issuing_needs_approval(road, signed_in):
    notice = road.proposed()
    assert _do(signed_in("office"), notice, "issue").status_code == 409


def test_there_is_no_such_thing_to_do(road, signed_in):
    assert _do(signed_in("office"), road.proposed(), "shred").status_code == 404


def test_the_list_counts_each_state(road, signed_in):
    road.proposed()
    road.issued()
    client = signed_in("office")
    page = client.get("/notices/").content.decode()
    assert "待审批 1，待印发 0，已印发 1" in page
    issued = client.get("/notices/?view=issued").content.decode()
    assert "2 个单位已签 0" in issued


@pytest.mark.parametrize("query", ["?page=0", "?view=nonsense", "?page=99999999999999999999"])
def test_a_senseless_address_is_no_error(road, signed_in, query):
    road.issued()
    assert signed_in("office").get(f"/notices/{query}").status_code == 200


def test_each_unit_sees_its_own_part_only(road, cast, signed_in):
    ours = road.registered(title="水利的事", supporting=[])
    theirs = road.registered(title="教育的事", lead=cast.units["schools"].pk, supporting=[])
    notice = road.issued(ours, theirs)
    page = _page(signed_in("water"), notice)
    assert "水利的事" in page
    assert "教育的事" not in page
    paper = signed_in("water").get(f"/notices/{notice.pk}/print/").content.decode()
    assert "云溪市水利局" in paper
    assert "云溪市教育局" not in paper


def test_before_issue_a_unit_knows_of_no_notice(road, signed_in):
    notice = road.proposed()
    assert signed_in("water").get(f"/notices/{notice.pk}/").status_code == 404
    assert signed_in("water").get(f"/notices/{notice.pk}/print/").status_code == 404


def test_an_outsider_is_told_nothing(road, signed_in):
    notice = road.issued()
    for address in ("", "print/"):
        assert signed_in("outsider").get(f"/notices/{notice.pk}/{address}").status_code == 404


def test_the_leader_in_charge_sees_what_was_sent_to_the_portfolio(road, signed_in):
    notice = road.proposed()
    road.do(actions.rest_on, notice, "office", basis="市长 11月3日批示")
    road.do(actions.issue_notice, notice, "office")
    assert "2 个单位已签 0" in _page(signed_in("vice"), notice)


def test_the_paper_has_number_units_and_the_objection_window(road, signed_in):
    notice = road.issued()
    page = signed_in("office").get(f"/notices/{notice.pk}/print/").content.decode()
    for words in (
        notice.paper_number,
        "（一）云溪市水利局",
        "（二）云溪市教育局",
        "3个工作日",
        "城北提升泵站要尽快试运行",
    ):
        assert words in page


def test_one_unit_s_sheet_is_printed_alone(road, cast, signed_in):
    notice = road.issued()
    unit = cast.units["schools"].pk
    page = signed_in("office").get(f"/notices/{notice.pk}/print/?unit={unit}").content.decode()
    assert "云溪市教育局" in page
    assert "云溪市水利局</h3>" not in page


def test_signing_shows_on_the_notice(road, signed_in):
    notice = road.issued()
    row = notice.lists.get(unit__code="water")
    road.do(actions.sign_list, row, "water")
    assert "2 个单位已签 1" in _page(signed_in("office"), notice)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (100, "100")],
)
def test_parts_are_numbered_as_papers_number_them(number, words):
    assert chinese(number) == words
