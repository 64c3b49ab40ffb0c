"""The dispatch table 拟办: where each value comes from, filled one or many at a time, proposed."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter, SupervisionNotice

MOST_QUERIES = 15


def _table(client, query=""):
    answer = client.get(f"/dispatch/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _batch(client, do, *matters, **fields):
    sent = {"request_key": uuid4().hex, "do": do, "pick": [m.pk for m in matters], **fields}
    return client.post("/dispatch/batch/", sent)


def test_every_cell_says_where_its_value_comes_from(road, signed_in):
    words = {"from": "words", "why": "并列点名3家，取首位：水利、教育、园林", "several": 3}
    road.registered(filled={"lead": words, "due": {"from": "words", "why": ""}})
    road.registered(lead=None)
    page = _table(signed_in("office"))
    assert '<span class="v w"><span>市水利局</span></span>' in page
    assert "<b>并列点名3家</b>，取首位" in page
    assert '<span class="v df">' in page
    assert '<span class="v no">待填<small>原话没有点名</small></span>' in page


@pytest.mark.parametrize("who", ["water", "mayor", "vice", "outsider", "auditor"])
def test_the_table_is_the_office_s_own(road, signed_in, who):
    road.registered()
    assert signed_in(who).get("/dispatch/").status_code == 403


def test_the_table_costs_the_same_for_one_row_and_for_many(road, signed_in):
    client = signed_in("office")
    road.registered()
    few = _queries(client)
    for n in range(8):
        road.registered(title=f"事项{n}")
    assert _queries(client) == few <= MOST_QUERIES


def _queries(client):
    with CaptureQueriesContext(connection) as caught:
        _table(client)
    return len(caught)


def test_a_row_opens_in_place_and_saves_only_what_changed(road, signed_in, cast):
    matter = road.registered(filled={"due": {"from": "words", "why": ""}})
    client = signed_in("office")
    assert "保存这一行" in _table(client, f"?edit={matter.pk}")
    sent = _cells(matter) | {"acceptance": "连续运行三十天", "seen": matter.version}
    answer = client.post(f"/dispatch/{matter.pk}/", sent | {"request_key": uuid4().hex})
    assert answer.status_code == 302
    after = Matter.objects.get(pk=matter.pk)
    assert after.acceptance == "连续运行三十天"
    assert after.filled["acceptance"] == {"from": "hand", "why": "周明 填"}
    assert after.filled["due"]["from"] == "words"


def _cells(matter):
    return {
        "title": matter.title,
        "lead": matter.lead_unit_id or "",
        "supporting": [a.unit_id for a in matter.assignments.filter(role="supporting")],
        "due_on": matter.due_on.isoformat(),
        "acceptance": matter.acceptance,
        "check_method": matter.check_method,
        "leader_post": matter.leader_post_id or "",
    }


def test_a_script_gets_the_row_and_the_counts_alone(road, signed_in):
    matter = road.registered(lead=None)
    client = signed_in("office")
    opened = client.get(
        f"/dispatch/{matter.pk}/?edit=1&n=4", HTTP_HX_REQUEST="true"
    ).content.decode()
    assert opened.lstrip().startswith("<tr")
    sent = _cells(matter) | {
        "lead": road.cast.units["water"].pk,
        "request_key": uuid4().hex,
        "n": 4,
    }
    saved = client.post(f"/dispatch/{matter.pk}/", sent, HTTP_HX_REQUEST="true").content.decode()
    assert "data-complete" in saved
    assert 'id="legend" hx-swap-oob="true"' in saved
    assert "<html" not in saved


def test_a_stale_row_shows_what_changed_and_keeps_what_was_typed(road, signed_in):
    matter = road.registered()
    client = signed_in("office_head")
    client.post(
        f"/dispatch/{matter.pk}/",
        _cells(matter) | {"title": "别人改的", "request_key": uuid4().hex},
    )
    sent = _cells(matter) | {
        "acceptance": "我填的标准",
        "seen": matter.version,
        "request_key": uuid4().hex,
    }
    answer = signed_in("office").post(f"/dispatch/{matter.pk}/", sent)
    assert answer.status_code == 409
    assert "我填的标准" in answer.content.decode()


def test_one_cell_is_filled_for_all_chosen_in_one_act(road, signed_in):
    day = clock.today() + timedelta(days=77)
    one, two, other = road.registered(), road.registered(), road.registered()
    before = Event.objects.filter(action="matter.fill_many").count()
    assert _batch(signed_in("office"), "due", one, two, due_on=day.isoformat()).status_code == 302
    assert [Matter.objects.get(pk=m.pk).due_on == day for m in (one, two, other)] == [
        True,
        True,
        False,
    ]
    assert Event.objects.filter(action="matter.fill_many").count() == before + 1


def test_a_due_day_goes_to_dated_matters_and_an_interval_to_standing_ones(road, signed_in):
    day = clock.today() + timedelta(days=77)
    task, standing = road.registered(), road.registered(nature="standing", due_on=None)
    _batch(signed_in("office"), "due", task, standing, due_on=day.isoformat(), interval="monthly")
    assert Matter.objects.get(pk=task.pk).due_on == day
    after = Matter.objects.get(pk=standing.pk)
    assert (after.due_on, after.interval) == (None, "monthly")


def test_lead_supporting_and_check_are_filled_in_bulk(road, cast, signed_in):
    matter, client = road.registered(lead=None), signed_in("office")
    _batch(client, "lead", matter, lead=cast.units["schools"].pk)
    _batch(
        client, "supporting", matter, supporting=[cast.units["parks"].pk, cast.units["water"].pk]
    )
    _batch(client, "check", matter, check_method="phone")
    after = Matter.objects.get(pk=matter.pk)
    assert (after.lead_unit, after.check_method) == (cast.units["schools"], "phone")
    assert after.assignments.filter(role="supporting").count() == 2


def test_defaults_come_back_with_their_rule(road, signed_in):
    matter, client = road.registered(acceptance="手填的"), signed_in("office")
    _batch(client, "restore", matter)
    after = Matter.objects.get(pk=matter.pk)
    assert after.acceptance == matter.quote
    assert after.filled["acceptance"]["from"] == "rule"


@pytest.mark.parametrize("do", ["due", "lead", "check", "nonsense"])
def test_filling_nothing_is_refused(road, signed_in, do):
    assert _batch(signed_in("office"), do, road.registered()).status_code == 422


def test_filling_no_row_is_refused(road, signed_in):
    road.registered()
    assert _batch(signed_in("office"), "check", check_method="phone").status_code == 422


def test_complete_ones_are_proposed_and_incomplete_ones_stay(road, signed_in):
    ready, lacking = road.registered(), road.registered(lead=None)
    client = signed_in("office")
    page = _table(client)
    assert "1 项齐备，报沈岚副市长审批" in page
    assert "留在本表，不耽误其余" in page
    answer = _batch(client, "propose")
    notice = SupervisionNotice.objects.get()
    assert answer["Location"] == f"/notices/{notice.pk}/"
    assert list(notice.matters.all()) == [ready]
    assert Matter.objects.get(pk=lacking.pk).state == "registered"


def test_only_the_chosen_are_proposed(road, signed_in):
    one, two = road.registered(), road.registered()
    _batch(signed_in("office"), "propose", one)
    assert [Matter.objects.get(pk=m.pk).state for m in (one, two)] == ["proposed", "registered"]


def test_proposing_incomplete_rows_alone_is_refused(road, signed_in):
    assert _batch(signed_in("office"), "propose", road.registered(lead=None)).status_code == 422


def test_the_notice_can_be_seen_before_it_is_proposed(road, signed_in):
    road.registered()
    page = signed_in("office").get("/dispatch/preview/").content.decode()
    assert "预览，未印发" in page
    assert "云溪市水利局" in page


def test_the_table_is_exported_as_it_is(road, signed_in):
    road.registered(title="@危险")
    answer = signed_in("office").post("/dispatch/export/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet["C2"].value == "@危险"
    assert sheet["C2"].data_type == "s"
    assert sheet["E2"].value == "市水利局"


def test_the_table_can_be_kept_to_one_source(road, signed_in):
    road.registered(title="会议的", quote="会议的", source_label="第三十四次常务会议纪要")
    road.registered(title="自己的", quote="自己的")
    page = _table(signed_in("office"), "?label=第三十四次常务会议纪要")
    assert "会议的" in page
    assert "自己的</a>" not in page


def test_the_office_registers_a_matter_of_its_own(road, cast, signed_in):
    client = signed_in("office")
    fields = {
        "title": "梳理老旧泵站台账",
        "nature": "task",
        "source_kind": "own",
        "urgency": "normal",
        "lead": cast.units["water"].pk,
        "request_key": uuid4().hex,
    }
    assert client.get("/matters/new/").status_code == 200
    assert client.post("/matters/new/", fields).status_code == 302
    matter = Matter.objects.get()
    assert matter.filled["lead"] == {"from": "hand", "why": "周明 填"}
    assert matter.filled["check"]["from"] == "rule"
    assert matter.due_on is not None


def test_a_matter_without_a_name_is_refused_and_kept(cast, signed_in):
    answer = signed_in("office").post(
        "/matters/new/",
        {
            "title": " ",
            "nature": "task",
            "source_kind": "own",
            "urgency": "normal",
            "quote": "写了一半",
        },
    )
    assert answer.status_code == 422
    assert "写了一半" in answer.content.decode()
